/// A value that was had, or the reason why not.
public enum Known<Value> {
    /// The value.
    case known(Value)
    /// Why there is none: apart, for it is rare and large, and every fact is handed on many times.
    indirect case unknown(Unknown)

    /// The value, when there is one.
    public var value: Value? {
        switch self {
        case .known(let value): value
        case .unknown: nil
        }
    }

    /// The same, with the value changed.
    public func map<Other>(_ transform: (Value) -> Other) -> Known<Other> {
        switch self {
        case .known(let value): .known(transform(value))
        case .unknown(let unknown): .unknown(unknown)
        }
    }
}

extension Known: Equatable where Value: Equatable {}
extension Known: Hashable where Value: Hashable {}
extension Known: Sendable where Value: Sendable {}

extension Known: Codable where Value: Codable {
    private enum CodingKeys: String, CodingKey {
        case known, unknown
    }

    /// `{"known": …}` or `{"unknown": …}`; both or neither is refused.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        switch (container.contains(.known), container.contains(.unknown)) {
        case (true, false): self = .known(try container.decode(Value.self, forKey: .known))
        case (false, true): self = .unknown(try container.decode(Unknown.self, forKey: .unknown))
        default:
            throw DecodingError.dataCorrupted(
                .init(codingPath: container.codingPath, debugDescription: "expected either `known` or `unknown`"))
        }
    }

    /// Writes `{"known": …}` or `{"unknown": …}`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .known(let value): try container.encode(value, forKey: .known)
        case .unknown(let unknown): try container.encode(unknown, forKey: .unknown)
        }
    }
}
