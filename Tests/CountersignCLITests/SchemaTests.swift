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

    @Test(arguments: ["policy", "facts"]) func isPrinted(_ kind: String) async throws {
        let ended = await Desk().run("schema", kind)
        let object = try JSONSerialization.jsonObject(with: Data(ended.output.utf8)) as? [String: Any]
        #expect(object?["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
        #expect(ended.status == 0)
    }

    private static func words(_ text: String) -> Set<String> {
        Set(text.matches(of: /`([a-z_]+)`/).map { String($0.output.1) })
    }
}
