#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// How values that only we read stand in the store.
enum StoredValue {
    static func data<Value: Encodable>(_ value: Value) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return try encoder.encode(value)
    }

    /// The value; nil for one of an earlier version that cannot be read any more, which is then had anew.
    static func value<Value: Decodable>(_ type: Value.Type, from data: Data?) -> Value? {
        // Losing a value is no error here: everything that matters is read from the forge again.
        data.flatMap { try? JSONDecoder().decode(type, from: $0) }
    }
}
