/// A set that JSON writes as a list in order, so that the same set is the same bytes.
@propertyWrapper
public struct Listed<Element: Hashable & Comparable & Sendable & Codable>: Hashable, Sendable {
    /// The set.
    public var wrappedValue: Set<Element>

    /// A set.
    public init(wrappedValue: Set<Element>) { self.wrappedValue = wrappedValue }
}

extension Listed: Codable {
    /// Reads the list.
    public init(from decoder: any Decoder) throws {
        wrappedValue = Set(try decoder.singleValueContainer().decode([Element].self))
    }

    /// Writes the elements in their order.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(wrappedValue.sorted())
    }
}
