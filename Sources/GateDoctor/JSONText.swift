#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// JSON for people and programs: sorted keys, so that the same value is the same bytes.
public enum JSONText {
    /// On one line: a body of a call to the forge.
    static func of(_ value: some Encodable) -> String {
        // Texts, lists of texts and flags can always be written.
        (try? text(value, [])) ?? "{}"
    }

    /// On many lines.
    public static func pretty(_ value: some Encodable) throws -> String { try text(value, .prettyPrinted) }

    /// A value; nil when the text is not one.
    public static func read<Value: Decodable>(_ type: Value.Type, _ text: String) -> Value? {
        try? JSONDecoder().decode(type, from: Data(text.utf8))
    }

    private static func text(_ value: some Encodable, _ more: JSONEncoder.OutputFormatting) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = more.union([.sortedKeys, .withoutEscapingSlashes])
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
