/// A table that JSON writes as a list of rows, in the order of its keys, so that the same table is the same bytes.
@propertyWrapper
public struct Rows<Key: Hashable & Comparable & Sendable & Codable, Value: Hashable & Sendable & Codable>:
    Hashable, Sendable
{
    /// The table.
    public var wrappedValue: [Key: Value]

    /// A table.
    public init(wrappedValue: [Key: Value]) { self.wrappedValue = wrappedValue }
}

extension Rows: Codable {
    private struct Row: Codable {
        var key: Key
        var value: Value
    }

    /// Reads the rows; a key that comes twice is refused.
    public init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        wrappedValue = [:]
        while !container.isAtEnd {
            let row = try container.decode(Row.self)
            guard wrappedValue.updateValue(row.value, forKey: row.key) == nil else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "a key comes twice")
            }
        }
    }

    /// Writes the rows in the order of their keys.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        for (key, value) in wrappedValue.sorted(by: { $0.key < $1.key }) {
            try container.encode(Row(key: key, value: value))
        }
    }
}
