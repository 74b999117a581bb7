/// `< 10`, `>= 2`: a comparison with a number.
public struct Comparison: Hashable, Sendable, CustomStringConvertible {
    /// The six comparisons.
    public enum Sign: String, Hashable, Sendable, CaseIterable {
        case less = "<"
        case lessOrEqual = "<="
        case equal = "="
        case notEqual = "!="
        case greaterOrEqual = ">="
        case greater = ">"

        /// The same seen from the other side: `200 < lines` is `lines > 200`.
        var turned: Sign {
            switch self {
            case .less: .greater
            case .lessOrEqual: .greaterOrEqual
            case .greater: .less
            case .greaterOrEqual: .lessOrEqual
            case .equal, .notEqual: self
            }
        }
    }

    /// The comparison.
    public var sign: Sign
    /// The number it compares with.
    public var number: Int

    /// Whether a number satisfies it.
    public func holds(for value: Int) -> Bool {
        switch sign {
        case .less: value < number
        case .lessOrEqual: value <= number
        case .equal: value == number
        case .notEqual: value != number
        case .greaterOrEqual: value >= number
        case .greater: value > number
        }
    }

    /// Its truth when it is the same for all that can be counted; nil when it depends on the count.
    var constantValue: Bool? {
        switch (sign, number) {
        case (.greaterOrEqual, 0): true
        case (.less, 0): false
        default: nil
        }
    }

    /// `< 10`.
    public var description: String { "\(sign.rawValue) \(number)" }
}
