/// A key that every server sends, be it with null: where it is left out, the answer is not the forge's.
@propertyWrapper struct Told<Value: Decodable & Sendable>: Decodable, Sendable {
    var wrappedValue: Value?

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        wrappedValue = container.decodeNil() ? nil : try container.decode(Value.self)
    }
}
