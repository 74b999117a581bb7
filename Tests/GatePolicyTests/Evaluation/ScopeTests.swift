import Testing

@testable import GatePolicy

/// Where no gate can be needed on a base, a branch that is named and not there makes it doubtful.
@Suite struct ScopeTests {
    private func summary(_ when: String, branches: [ExactText: Known<Bool>], more: String = "") throws -> SummaryVerdict
    {
        var story = Story()
        story.facts.branches = branches
        return try story.verdict(
            "version: 1\nblock: none\ngates:\n  a: { when: '\(when)', require: qa }\n\(more)"
        ).summary
    }

    @Test(arguments: [
        "base(\"master\")", "base(\"master\") and changes(\"src/**\")", "base(\"master\", \"release/*\")",
        "base(\"master\") and not base(\"main\")", "base(\"master\") and repository(\"acme/*\")",
    ]) func aBranchThatIsGoneMayBeThisOne(_ when: String) throws {
        let gone = try summary(when, branches: ["master": .known(false)])
        #expect(gone.outcome == .undecided)
        #expect(gone.unknowns.first?.reason.contains("was it renamed?") == true)
        #expect(try summary(when, branches: ["master": .known(true)]).outcome == .notNeeded)
        #expect(try summary(when, branches: ["master": .unknown(Story.unknown("it"))]).outcome == .undecided)
    }

    @Test(arguments: [
        "base(\"release/*\")", "base(\"re:^master$\")", "changes(\"docs/**\")",
        "base(\"main\") and changes(\"docs/**\")",
        "base(\"master\") or changes(\"docs/**\")",
    ]) func elsewhereNobodyAsks(_ when: String) throws {
        #expect(try summary(when, branches: ["master": .known(false)]).outcome == .notNeeded)
    }

    @Test func anotherGateForThisBaseIsEnough() throws {
        let other = "  b: { when: 'base(\"main\") and fork', require: qa }\n"
        #expect(try summary("base(\"master\")", branches: ["master": .known(false)], more: other).outcome == .notNeeded)
        let shown = "  b: { mode: advisory, require: qa }\n"
        #expect(try summary("base(\"master\")", branches: ["master": .known(false)], more: shown).outcome == .undecided)
    }

    @Test func branchesAreAskedForOnlyThen() throws {
        let story = Story()
        func needs(_ when: String) throws -> Set<Need> {
            try Story.policy("version: 1\nblock: none\ngates: { a: { when: '\(when)', require: qa } }")
                .needs(story.facts, asksWhoCanSign: false)
        }
        #expect(try needs("base(\"master\")") == [.branch("master")])
        #expect(try needs("base(\"main\")").isEmpty)
        #expect(try needs("base(\"master\") or fork").isEmpty)
    }
}
