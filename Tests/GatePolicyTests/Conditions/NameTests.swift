import Testing

@testable import GatePolicy

/// `base`, `head`, `repository`, `fork`, `title`, `body`: what the pull request itself says.
@Suite struct NameTests {
    @Test(arguments: [
        ("base(\"main\")", Explanation.Mark.met), ("base(\"ma*\")", .met), ("base(\"Main\")", .unmet),
        ("head(\"bob:topic\")", .met), ("head(\"topic\")", .unmet), ("head(\"*\")", .met),
        ("repository(\"acme/*\")", .met), ("repository(\"other/*\")", .unmet), ("fork", .met), ("not fork", .unmet),
        ("title(\"*faster\")", .met), ("title(\"faster\")", .unmet), ("title(\"re:fast\")", .met),
        ("body(\"*Fixes #1*\")", .met), ("body(\"\\\\n\")", .unmet), ("true", .met),
    ])
    func whatItSays(_ condition: String, _ mark: Explanation.Mark) throws {
        var story = Story()
        story.facts.pullRequest.forkOwner = "bob"
        story.facts.pullRequest.body = "Fixes #1"
        #expect(try story.mark(condition) == mark)
    }

    @Test func aDeletedFork() throws {
        var story = Story()
        story.facts.pullRequest.forkOwner = "?"
        #expect(try story.mark("head(\"?:topic\")") == .met)
        #expect(try story.mark("fork") == .met)
    }
}
