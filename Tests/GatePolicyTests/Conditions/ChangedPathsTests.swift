import Testing

@testable import GatePolicy

@Suite struct ChangedPathsTests {
    @Test(arguments: [
        ("changes(\"infra/**\")", Explanation.Mark.met), ("changes(\"docs/**\")", .unmet),
        ("changes(\"**\", \"!infra/**\", \"!src/**\", \"!old/**\")", .unmet), ("changes(\"old/**\")", .met),
        ("changes_only(\"infra/**\")", .unmet), ("changes_only(\"infra/**\", \"src/**\", \"old/**\")", .met),
        ("changes_only(\"**\", \"!src/**\")", .unmet), ("changes(\"re:^src/.*[.]swift$\")", .met),
        ("changes(\"SRC/**\")", .unmet), ("changes(\"src/*\") and changes(\"infra/*\")", .met),
    ])
    func paths(_ condition: String, _ mark: Explanation.Mark) throws {
        var story = Story()
        story.facts.files = .known([
            ChangedFile(path: "infra/a"), ChangedFile(path: "src/b.swift", previousPath: "old/b.swift"),
        ])
        #expect(try story.mark(condition) == mark)
        // The same beside other tests on paths, where one search answers all of them.
        #expect(try story.gate(["when: '(\(condition)) or changes(\"zzz/**\")'", "require: qa"]).when?.mark == mark)
    }

    @Test func noFiles() throws {
        var story = Story()
        story.facts.files = .known([])
        #expect(try story.mark("changes(\"**\")") == .unmet)
        #expect(try story.mark("changes_only(\"**\")") == .unmet)
        story.facts.files = .unknown(Story.unknown("which files changed"))
        #expect(try story.mark("changes(\"**\")") == .unknown)
    }

    /// A line break in a name takes a file out of no pattern.
    @Test(arguments: [
        ("changes(\"re:^infra/.*[.]tf$\")", Explanation.Mark.met),
        ("changes_only(\"re:^infra/.*[.]tf$\")", .met), ("changes(\"infra/*.tf\")", .met),
        ("changes(\"infra/**\", \"!re:^infra/.*$\")", .unmet),
    ])
    func aLineBreakInAName(_ condition: String, _ mark: Explanation.Mark) throws {
        var story = Story()
        story.facts.files = .known([ChangedFile(path: "infra/a\nb.tf")])
        #expect(try story.mark(condition) == mark)
        #expect(try story.gate(["when: '(\(condition)) or changes(\"zzz/**\")'", "require: qa"]).when?.mark == mark)
    }

    /// Words of bits: more paths than one holds.
    @Test(arguments: [1, 63, 64, 65, 128, 200])
    func manyPaths(_ count: Int) throws {
        var story = Story()
        story.facts.files = .known((0..<count).map { ChangedFile(path: "a/\($0)") })
        #expect(try story.mark("changes_only(\"a/*\") and not changes(\"b/*\")") == .met)
        #expect(try story.mark("changes(\"a/\(count - 1)\") and not changes(\"a/\(count)\")") == .met)
        #expect(try story.mark("changes_only(\"a/*\", \"!a/\(count - 1)\") or changes(\"b\")") == .unmet)
    }
}
