import Foundation
import GatePolicy
import Testing
import Yams

/// The policy reference: its table has every key of the schema, and its examples have every key and word.
@Suite struct PolicyReferenceTests {
    private static func reference() throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: "Documentation/policy-reference.md"), encoding: .utf8)
    }

    private static func examples() throws -> [String] {
        try reference().matches(of: /```yaml\n([\s\S]*?)```/).map { String($0.output.1) }
    }

    // MARK: Keys

    @Test func theTableHasEveryKeyAndNoOther() throws {
        let sections = try Self.reference().components(separatedBy: "\n## ")
        let table = try #require(sections.first { $0.hasPrefix("All keys\n") })
        var written: [String] = []
        for line in table.split(separator: "\n") where line.hasPrefix("| `") {
            let keys = line.dropFirst(2).prefix { $0 != "|" }.matches(of: /`([^`]+)`/).map { String($0.output.1) }
            let first = (keys.first ?? "").replacing("…", with: "gates.NAME.").replacing("WORD", with: "NAME")
            written.append(first)
            // `.require` behind `parts.NAME.when` is its neighbour.
            let parent = first.split(separator: ".").dropLast().joined(separator: ".")
            written += keys.dropFirst().map { parent + $0 }
        }
        #expect(Set(written).count == written.count, "a key stands twice")
        #expect(written.sorted() == SchemaKeys.all.sorted())
    }

    @Test func everyKeyIsInAnExample() throws {
        var found: Set<String> = []
        for example in try Self.examples() {
            SchemaKeys.collect(try #require(try Yams.compose(yaml: example)), "", &found)
        }
        #expect(SchemaKeys.all.filter { !found.contains($0) }.sorted() == [])
    }

    // MARK: Words

    @Test func everyWordIsInAnExample() throws {
        let text = try Self.examples().joined().split(separator: "\n").map { $0.prefix { $0 != "#" } }
            .joined(separator: "\n")
        #expect(PolicyVocabulary.conditionWords.count > 20 && PolicyVocabulary.peopleWords.count > 7)
        for word in PolicyVocabulary.conditionWords {
            let isBare = ["fork", "signed", "lines", "additions", "deletions", "files", "commits"].contains(word)
            let expression = try Regex("\\b\(word)\(isBare ? "\\b(?!\\()" : "\\(")")
            #expect(text.contains(expression), "no example has the condition `\(word)`")
        }
        for word in PolicyVocabulary.peopleWords {
            #expect(text.contains(try Regex("[ (:]\(word)\\b(?![(:])")), "no example has the people `\(word)`")
        }
        for word in PolicyVocabulary.requirementWords {
            #expect(text.contains(try Regex("\\b\(word)\\b")), "no example has the requirement `\(word)`")
        }
        for form in [" | ", " & ", " - ", " and ", " or ", "not ", " by ", " from ", ") in (", " < ", " >= "] {
            #expect(text.contains(form), "no example has `\(form)`")
        }
    }
}

/// The keys of a policy as the one table writes them: `gates.NAME.when`, `block.stale`.
private enum SchemaKeys {
    /// Where the keys of what has several places are listed; elsewhere it is one key.
    private static let homes = [
        "gate": "gates.NAME", "part": "parts.NAME", "item": "gates.NAME.checklist[]", "approvals": "approvals",
    ]

    static let all: Set<String> = keys(Schema.policy.json, "")

    private static func keys(_ form: JSONValue, _ path: String) -> Set<String> {
        guard case .object(let object) = form, path != "gates.NAME.block" else { return [path] }
        if case .text(let reference)? = object["$ref"] {
            let name = String(reference.split(separator: "/").last ?? "")
            guard homes[name] == path, case .object(let definitions)? = definitions else { return [path] }
            return definitions[name].map { keys($0, path) } ?? [path]
        }
        if case .list(let forms)? = object["anyOf"], object["properties"] == nil {
            return forms.reduce(into: [path]) { $0.formUnion(keys($1, path)) }
        }
        if case .object(let items)? = object["items"], items["$ref"] != nil {
            return keys(.object(items), "\(path)[]").union([path])
        }
        var found: Set<String> = []
        if case .object(let properties)? = object["properties"] {
            for (name, property) in properties {
                found.formUnion(keys(property, path.isEmpty ? name : "\(path).\(name)"))
            }
        }
        if case .object? = object["additionalProperties"], let others = object["additionalProperties"] {
            found.formUnion(keys(others, "\(path).NAME"))
        }
        return found.isEmpty ? [path] : found
    }

    private static var definitions: JSONValue? {
        guard case .object(let schema) = Schema.policy.json else { return nil }
        return schema["$defs"]
    }

    /// The keys that an example has, under the same names.
    static func collect(_ node: Node, _ path: String, _ found: inout Set<String>) {
        found.insert(path)
        switch node {
        case .mapping(let mapping):
            let isNamed = ["groups", "gates", "parts", "required", "commands.aliases"].contains(path)
            for (key, value) in mapping {
                let next = path.isEmpty ? key.string ?? "" : "\(path).\(isNamed ? "NAME" : key.string ?? "")"
                collect(value, next, &found)
                // What has several places is listed at one of them.
                for (place, home) in [
                    ("gates.NAME.approvals", "approvals"), ("parts.NAME.approvals", "approvals"),
                    ("gates.NAME.block", "block"), ("required.NAME", "gates.NAME"),
                ] where next == place { collect(value, home, &found) }
            }
        case .sequence(let sequence): for element in sequence { collect(element, "\(path)[]", &found) }
        case .scalar, .alias: break
        }
    }
}
