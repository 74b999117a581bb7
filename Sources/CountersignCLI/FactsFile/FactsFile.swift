import GateDoctor
import GateForge
import GatePolicy

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Facts as a file: written by `countersign facts` or by hand, in the form of `Schema.facts`.
enum FactsFile {
    private static let version: JSONValue = 1

    /// The facts as JSON; the same facts are the same bytes.
    static func text(_ facts: Facts) throws -> String {
        guard case .object(var object) = try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(facts))
        else { throw SettingsError("facts that are no object") }
        object["version"] = version
        return try JSONText.pretty(JSONValue.object(object)) + "\n"
    }

    /// The facts of a file; every mistake at once, each with its place.
    static func read(_ bytes: [UInt8], file: String) throws(SettingsError) -> Facts {
        let document: JSONValue
        do {
            document = try JSONDecoder().decode(JSONValue.self, from: Data(bytes))
        } catch {
            let place = JSONMistake.first(in: bytes).map { ":\($0.line):\($0.column)" } ?? ""
            throw SettingsError("`\(file)`\(place) is not JSON; `countersign facts OWNER/REPO#N` writes such a file")
        }
        if let mistake = JSONMistake.trailingComma(in: bytes) {
            throw SettingsError(
                "`\(file)`:\(mistake.line):\(mistake.column) is not JSON: a `,` stands before the end of a list or an object"
            )
        }
        if let key = RepeatedKey.first(in: bytes) {
            throw SettingsError(
                "`\(file)` has the key `\(key.name.oneLine)` twice in one object, also on line \(key.line)")
        }
        let (filled, violations) = Schema.facts.check(document)
        guard violations.isEmpty else {
            throw refusal(file, "does not hold facts (`countersign schema facts` prints their form)", violations)
        }
        let facts = try decoded(filled, file)
        let contradictions = Self.contradictions(in: facts, document)
        guard contradictions.isEmpty else { throw refusal(file, "contradicts itself", contradictions) }
        return facts
    }

    /// Every mistake on a line of its own.
    private static func refusal(_ file: String, _ what: String, _ mistakes: [some Any]) -> SettingsError {
        SettingsError("`\(file)` \(what):" + mistakes.prefix(50).map { "\n    \($0)" }.joined())
    }

    private static func decoded(_ document: JSONValue, _ file: String) throws(SettingsError) -> Facts {
        do {
            return try JSONDecoder().decode(Facts.self, from: JSONEncoder().encode(document))
        } catch let error as DecodingError {
            throw SettingsError("`\(file)` does not hold facts: \(Self.sentence(error))")
        } catch {
            throw SettingsError("`\(file)` does not hold facts")
        }
    }

    private static func sentence(_ error: DecodingError) -> String {
        switch error {
        case .dataCorrupted(let context), .keyNotFound(_, let context), .typeMismatch(_, let context),
            .valueNotFound(_, let context):
            let path = context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }
            return "`\(path.joined(separator: "."))`: \(context.debugDescription)"
        @unknown default: return "it cannot be read"
        }
    }
}
