import Testing

@testable import GatePolicy

@Suite struct SizeTests {
    @Test(arguments: [
        ("additions = 13", Explanation.Mark.met), ("deletions = 2", .met), ("lines = 15", .met), ("files = 2", .met),
        ("commits = 1", .met), ("lines < 15", .unmet), ("lines <= 15", .met), ("files != 2", .unmet),
        ("lines > 14", .met),
    ])
    func counts(_ condition: String, _ mark: Explanation.Mark) throws {
        var story = Story()
        story.facts.files = .known([
            ChangedFile(path: "a", additions: 3, deletions: 2), ChangedFile(path: "b", additions: 10),
        ])
        #expect(try story.mark(condition) == mark)
    }

    @Test func binaryFiles() throws {
        var story = Story()
        story.facts.files = .known([ChangedFile(path: "a.png", mayBeBinary: true)])
        #expect(try story.mark("lines < 10") == .met)
        #expect(try story.mark("lines < 10", helps: true) == .unknown)
        #expect(try story.mark("files < 10", helps: true) == .met)
    }

    /// A file whose lines the forge does not tell: the size is unknown either way, the number of files is not.
    @Test(arguments: [false, true]) func filesThatAreNotCounted(_ helps: Bool) throws {
        var story = Story()
        story.facts.files = .known([
            ChangedFile(path: "a", additions: 500), ChangedFile(path: "link", isCounted: false),
        ])
        for condition in ["lines < 10", "lines > 100", "additions >= 1", "deletions = 0"] {
            #expect(try story.mark(condition, helps: helps) == .unknown, "\(condition)")
        }
        #expect(try story.mark("files = 2", helps: helps) == .met)
    }

    @Test func hugeCountsDoNotTrap() throws {
        var story = Story()
        story.facts.files = .known([
            ChangedFile(path: "a", additions: .max, deletions: .max),
            ChangedFile(path: "b", additions: .max, deletions: 1),
        ])
        #expect(try story.mark("lines > 999999999") == .met)
    }

    @Test func whatCannotBeKnown() throws {
        var story = Story()
        story.facts.files = .unknown(Story.unknown("which files changed"))
        story.facts.commits = .unknown(Story.unknown("which commits it has"))
        #expect(try story.mark("files > 1") == .unknown)
        #expect(try story.mark("commits > 1") == .unknown)
    }
}
