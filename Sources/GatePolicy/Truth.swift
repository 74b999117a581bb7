/// Yes, no, or unknown with the reasons; connected as Kleene does.
public enum Truth: Hashable, Sendable {
    case yes, no
    /// Not known, and why; never empty.
    case unknown(Set<Unknown>)

    /// A certain truth.
    public init(_ value: Bool) { self = value ? .yes : .no }

    /// A truth that was had or not.
    public init(_ value: Known<Bool>) {
        switch value {
        case .known(let value): self.init(value)
        case .unknown(let unknown): self = .unknown([unknown])
        }
    }

    /// The reasons why it is not known; empty when it is.
    public var unknowns: Set<Unknown> {
        if case .unknown(let unknowns) = self { unknowns } else { [] }
    }

    /// Turns yes and no around; an unknown stays one.
    public static prefix func ! (truth: Truth) -> Truth {
        switch truth {
        case .yes: .no
        case .no: .yes
        case .unknown: truth
        }
    }

    /// Yes when both are, no when either is not.
    public static func && (left: Truth, right: Truth) -> Truth {
        switch (left, right) {
        case (.no, _), (_, .no): .no
        case (.yes, .yes): .yes
        default: .unknown(left.unknowns.union(right.unknowns))
        }
    }

    /// Yes when either is, no when neither is.
    public static func || (left: Truth, right: Truth) -> Truth { !(!left && !right) }
}
