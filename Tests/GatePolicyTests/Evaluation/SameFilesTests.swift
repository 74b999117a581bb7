import Testing

@testable import GatePolicy

/// `stale: same-files`: only the paths that the gate is about age an approval.
@Suite struct SameFilesTests {
    static let gate = [
        "when: 'changes(\"infra/**\", \"!infra/docs/**\")'", "require: qa", "block: none",
        "approvals: { stale: same-files }",
    ]

    static func story(then: [String: String], now: [String: String]) -> Story {
        func change(_ files: [String: String]) -> Known<EffectiveChange?> {
            .known(EffectiveChange(entries: Set(files.map { .init(path: $0.key, before: nil, after: $0.value) })))
        }
        var story = Story()
        story.facts.files = .known([ChangedFile(path: "infra/a")])
        story.facts.effectiveChanges[.init(commit: Story.old, baseBranch: "main")] = change(then)
        story.facts.effectiveChanges[.init(commit: Story.head, baseBranch: "main")] = change(now)
        story.review(Story.bob, at: Story.old)
        return story
    }

    @Test(arguments: [
        (["infra/a": "1"], ["infra/a": "1", "src/b": "2"], Outcome.approved),
        (["infra/a": "1"], ["infra/a": "1", "infra/docs/b": "2"], .approved),
        (["infra/a": "1"], ["infra/a": "2"], .waiting),
        (["infra/a": "1"], ["infra/a": "1", "infra/b": "2"], .waiting),
        (["infra/a": "1", "infra/b": "2"], ["infra/a": "1"], .waiting),
        (["infra/A": "1"], ["infra/a": "1"], .waiting),
    ]) func onlyTheGatesPaths(_ then: [String: String], _ now: [String: String], _ outcome: Outcome) throws {
        #expect(try Self.story(then: then, now: now).gate(Self.gate).outcome == outcome)
    }

    @Test func aLineBreakInAName() throws {
        let gate = Self.gate.map { $0.replacing("\"infra/**\", \"!infra/docs/**\"", with: "\"re:^infra/.*$\"") }
        let story = Self.story(then: ["infra/a": "1"], now: ["infra/a": "1", "infra/b\n": "2"])
        #expect(try story.gate(gate).outcome == .waiting)
    }

    @Test func aCommitThatIsGone() throws {
        var story = Self.story(then: ["infra/a": "1"], now: ["infra/a": "1"])
        story.facts.effectiveChanges[.init(commit: Story.old, baseBranch: "main")] = .known(nil)
        #expect(try story.gate(Self.gate).outcome == .waiting)
        story.facts.effectiveChanges[.init(commit: Story.old, baseBranch: "main")] = .unknown(
            Story.unknown("what it changes"))
        #expect(try story.gate(Self.gate).outcome == .undecided)
    }

    @Test(arguments: [
        "gates:\n  it: { require: qa, approvals: { stale: same-files } }",
        "gates:\n  it: { when: fork, require: qa, approvals: { stale: same-files } }",
        "gates:\n  it: { when: 'changes_only(\"a/**\")', require: qa, approvals: { stale: same-files } }",
        "gates:\n  it: { when: 'not changes(\"a/**\")', require: qa, approvals: { stale: same-files } }",
        "gates:\n  it: { when: 'changes(\"a\") and fork', require: qa, approvals: { stale: same-files } }",
        "approvals: { stale: same-files }\ngates:\n  it: { when: 'changes(\"a\")', require: qa }",
    ]) func whereItCannotStand(_ text: String) {
        let read = PolicyReader.read("version: 1\n\(text)\n", file: "countersign.yml", digest: "d")
        #expect(read.policy == nil)
        #expect(read.diagnostics.contains { $0.message.hasPrefix("`stale: same-files` is for a gate") })
    }
}
