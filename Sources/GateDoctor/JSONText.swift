#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A body of a call to the forge, as it is shown and sent.
enum JSONText {
    static func of(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Texts, lists of texts and flags can always be written.
        return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    static func read<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }
}

/// A new token.
struct NewToken: Encodable {
    var name: String
    var scopes: [String]
}

/// The contexts that a rule of protection shall ask for.
struct RequiredContexts: Encodable {
    var contexts: [String]

    private enum CodingKeys: String, CodingKey {
        case isEnabled = "enable_status_check"
        case contexts = "status_check_contexts"
        case name = "rule_name"
    }

    var name: String?

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(true, forKey: .isEnabled)
        try container.encode(contexts, forKey: .contexts)
        try container.encodeIfPresent(name, forKey: .name)
    }
}
