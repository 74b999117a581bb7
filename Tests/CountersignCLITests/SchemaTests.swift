import Foundation
import GatePolicy
import Testing
import Yams

@testable import CountersignCLI

/// The schemas are true: of policies that are valid, of the reader's keys, and of the facts that are written.
@Suite struct SchemaTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test func everyExampleFits() throws {
        let examples = try #require(
            FileManager.default.enumerator(at: Self.root.appending(path: "Examples"), includingPropertiesForKeys: nil))
        var count = 0
        for case let file as URL in examples where file.lastPathComponent == "countersign.yml" {
            let text = try String(contentsOf: file, encoding: .utf8)
            let node = try #require(try Yams.compose(yaml: text))
            #expect(Schema.policy.check(PolicyValue.asWritten(node)).violations.map(\.description) == [])
            count += 1
        }
        #expect(count >= 6)
    }

    /// The reader tells its keys when it meets one that it does not know.
    @Test(arguments: [
        ("zzqqzz: 1", ""), ("gates: { a: { zzqqzz: 1 } }", "gates.a"), ("parts: { a: { zzqqzz: 1 } }", "parts.a"),
        ("approvals: { zzqqzz: 1 }", "approvals"), ("gates: { a: { waive: { zzqqzz: 1 } } }", "gates.a.waive"),
        ("block: { zzqqzz: 1 }", "block"), ("zzqqzz: {}\ngroups: {}", ""),
        ("gates: { a: { approvals: { zzqqzz: 1 } } }", "gates.a.approvals"),
        ("gates: { a: { block: { by: qa, zzqqzz: 1 } } }", "gates.a.block"),
        ("gates: { a: { checklist: [ { item: x, by: qa, zzqqzz: 1 } ] } }", "gates.a.checklist[0]"),
        ("parts: { a: { approvals: { zzqqzz: 1 } } }", "parts.a.approvals"),
        ("block: { by: qa, revoke: { zzqqzz: 1 } }", "block.revoke"), ("policy: { zzqqzz: 1 }", "policy"),
        ("commands: { zzqqzz: {} }", "commands"),
    ]) func keysAreTheReaders(_ text: String, _ path: String) throws {
        let reader = PolicyReader.read(text, file: "p.yml", digest: "").diagnostics
        let told = try #require(reader.first { $0.message.contains("zzqqzz") }?.hint)
        let node = try #require(try Yams.compose(yaml: text))
        let violation = Schema.policy.check(PolicyValue.asWritten(node)).violations.first {
            $0.path == path && $0.message.contains("zzqqzz")
        }
        #expect(Self.words(told) == Self.words(try #require(violation?.hint)))
    }

    /// What YAML calls a number the reader takes as it is written.
    @Test func textsMayLookLikeNumbers() throws {
        let text = "version: 1\ngates: { a: { description: 2026, checklist: [ { item: x, ask: 5, by: qa } ] } }\n"
        #expect(PolicyReader.read(text, file: "p.yml", digest: "").policy != nil)
        let node = try #require(try Yams.compose(yaml: text))
        #expect(Schema.policy.check(PolicyValue.asWritten(node)).violations.map(\.description) == [])
    }

    /// As above, of each place where a text may stand: numbers and flags are the likeliest words of some.
    @Test(
        arguments: [
            "approvals: { comments: [VALUE] }", "approvals: { comments: VALUE }", "approvals: { reviews: [VALUE] }",
            "block: { by: qa, comments: [VALUE] }", "block: { by: qa, reviews: [VALUE] }",
            "block: { by: qa, revoke: { comments: [VALUE] } }", "block: { by: qa, revoke: { reviews: [VALUE] } }",
            "context: VALUE", "description: VALUE",
        ], ["+1", "-1", "404", "1.5", "2.0", "1e3", "0x1F", ".5", "looks good"])
    func textsOfAnyKind(_ key: String, _ value: String) throws {
        let text = "version: 1\ngates: { a: { require: qa, \(key.replacing("VALUE", with: value)) } }\n"
        let read = PolicyReader.read(text, file: "p.yml", digest: "")
        #expect(read.policy != nil, "\(read.diagnostics.rendered)")
        let node = try #require(try Yams.compose(yaml: text))
        #expect(Schema.policy.check(Self.value(node)).violations.map(\.description) == [])
    }

    /// Names that look like flags to editors of YAML 1.1, and an ask that looks like a decimal.
    @Test(arguments: ["item: yes, ask: 2.0", "item: 2fa, ask: 1e3", "item: off, ask: no"])
    func itemsOfAnyKind(_ keys: String) throws {
        let text = "version: 1\ngates: { a: { checklist: [ { \(keys), by: qa } ] } }\n"
        #expect(PolicyReader.read(text, file: "p.yml", digest: "").policy != nil)
        let node = try #require(try Yams.compose(yaml: text))
        for flags in [[:], ["yes": true, "no": false, "on": true, "off": false]] {
            #expect(Schema.policy.check(Self.value(node, flags: flags)).violations.map(\.description) == [])
        }
    }

    /// What the reader takes the schema takes, and what it refuses for its form alone the schema refuses.
    @Test(arguments: [
        ("gates: { a: { when: true, require: qa } }", true),
        ("gates: { a: { when: false, require: qa } }", true),
        ("gates: { a: { checklist: [ { item: x, when: true, by: qa } ] } }", true),
        ("gates: { 2fa: { require: qa } }", true), ("gates: { a: { description: no gate } }", false),
        ("gates: {}", false), ("gates: { a: { checklist: [] } }", false), ("gates: { a b: { require: qa } }", false),
        ("gates: { 1: { require: qa } }", false), ("gates: { a: { require: qa } }\ndistinct: [a]", false),
        ("gates: { a: { require: qa, approvals: { reviews: [] } } }", false),
        ("gates: { a: { require: qa, mode: off, until: 1.12.2026 } }", false),
        ("gates: { a: { checklist: [ { item: x y, by: qa } ] } }", false),
        ("gates: { a: { checklist: [ { item: x, number: one, by: qa } ] } }", false),
        ("gates: { a: { checklist: [ { item: x, number: -1, by: qa } ] } }", false),
        ("gates: { a: { checklist: [ { item: x, number: 0, by: qa } ] } }", false),
        ("gates: { a: { checklist: [ { item: x, number: 1234567890, by: qa } ] } }", false),
    ]) func theFormIsTheReaders(_ text: String, _ isValid: Bool) throws {
        let text = "version: 1\n\(text)\n"
        #expect((PolicyReader.read(text, file: "p.yml", digest: "").policy != nil) == isValid)
        let node = try #require(try Yams.compose(yaml: text))
        #expect(Schema.policy.check(PolicyValue.asWritten(node)).violations.isEmpty == isValid)
    }

    /// Where nothing stands, whether it is written so or not, nothing is meant: both refuse it, wherever it is.
    @Test(
        arguments: [
            "version: %", "groups: %", "groups: { g: % }", "gates: %", "gates: { b: % }",
            "parts: %", "parts: { p: % }", "distinct: %", "distinct: [a, %]", "distinct: [[a, b], %]", "approvals: %",
            "approvals: { stale: % }", "approvals: { author: % }", "approvals: { committers: % }",
            "approvals: { ignore_commits_by: [%] }", "approvals: { reviews: [%] }", "approvals: { reviews: % }",
            "approvals: { comments: [%] }", "approvals: { comments: % }", "block: %", "block: { by: % }",
            "block: { by: qa, reviews: % }", "block: { by: qa, revoke: % }", "commands: %", "commands: { aliases: % }",
            "commands: { aliases: { x: % } }", "policy: %", "policy: { require: % }", "include: %", "include: [%]",
            "required: %", "required: { r: % }", "gates: { b: { require: qa, description: % } }",
            "gates: { b: { require: qa, context: % } }", "gates: { b: { require: qa, when: % } }",
            "gates: { b: { require: qa, advisory: % } }", "gates: { b: { require: qa, checklist: % } }",
            "gates: { b: { require: qa, checklist: [%] } }", "gates: { b: { checklist: [{ item: %, by: qa }] } }",
            "gates: { b: { checklist: [{ item: x, ask: %, by: qa }] } }", "gates: { b: { require: qa, waive: % } }",
            "gates: { b: { require: qa, waive: { by: % } } }", "gates: { b: { require: qa, mode: % } }",
            "gates: { b: { require: qa, mode: advisory, until: % } }", "gates: { b: { require: qa, open: % } }",
            "gates: { b: { require: qa, locked: % } }", "gates: { b: { require: qa, approvals: % } }",
            "gates: { b: { require: qa, override: % } }", "gates: { b: { require: qa, distinct: % } }",
        ], ["null", "Null", "NULL", "~", ""])
    func nullIsNoValue(_ place: String, _ value: String) throws {
        // Nothing in a list is no element of it.
        if value.isEmpty, place.contains("%]") { return }
        let text = "version: 1\ngates: { a: { require: qa } }\n\(place.replacing("%", with: value))\n"
            .replacing(place.hasPrefix("gates: ") ? "gates: { a: { require: qa } }\n" : "\n\n", with: "")
            .replacing(place.hasPrefix("version: ") ? "version: 1\n" : "\n\n", with: "")
        #expect(PolicyReader.read(text, file: "p.yml", digest: "").policy == nil, "\(text)")
        guard let node = try Yams.compose(yaml: text) else { return }
        #expect(!Schema.policy.check(PolicyValue.asWritten(node)).violations.isEmpty, "\(text)")
    }

    @Test(arguments: ["policy", "facts"]) func isPrinted(_ kind: String) async throws {
        let ended = await Desk().run("schema", kind)
        let object = try JSONSerialization.jsonObject(with: Data(ended.output.utf8)) as? [String: Any]
        #expect(object?["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
        #expect(ended.status == 0)
    }

    private static func words(_ text: String) -> Set<String> {
        Set(text.matches(of: /`([a-z_]+)`/).map { String($0.output.1) })
    }

    /// A node as an editor's YAML 1.2 sees it.
    /// - Parameter more: words that are flags besides, as in YAML 1.1
    private static func value(_ node: Node, flags more: [String: Bool] = [:]) -> JSONValue {
        switch node {
        case .scalar(let scalar) where scalar.style == .plain:
            if let flag = ["true": true, "false": false][scalar.string] ?? more[scalar.string] { return .flag(flag) }
            if scalar.string.hasPrefix("0x"), let number = Int64(scalar.string.dropFirst(2), radix: 16) {
                return .integer(number)
            }
            if let number = Int64(scalar.string) { return .integer(number) }
            let isNumber = scalar.string.wholeMatch(of: /[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?/) != nil
            // JSON has no other kind: `2.0` is a whole number to a schema, and is written as one.
            if isNumber, let number = Double(scalar.string) { return .number(number) }
            return .text(scalar.string)
        case .scalar(let scalar): return .text(scalar.string)
        case .mapping(let mapping):
            return .object(
                Dictionary(mapping.map { ($0.key.string ?? "", value($0.value, flags: more)) }) { $1 })
        case .sequence(let sequence): return .list(sequence.map { value($0, flags: more) })
        case .alias: return .null
        }
    }
}
