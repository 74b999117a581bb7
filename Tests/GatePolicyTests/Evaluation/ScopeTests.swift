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

    /// From its day on an advisory gate blocks, and one that is off, too.
    @Test(
        arguments: [
            ("advisory", 1, .notNeeded), ("advisory", 0, .undecided), ("'off'", 1, .notNeeded),
            ("'off'", 0, .undecided),
        ] as [(String, Int64, Outcome)])
    func theModeOfTheDayCounts(_ mode: String, _ secondsBefore: Int64, _ outcome: Outcome) throws {
        var story = Story()
        story.facts.now = Timestamp(seconds: UntilTests.day - secondsBefore)
        story.facts.branches = ["master": .known(false)]
        let gate = "{ when: base(\"master\"), require: qa, mode: \(mode), until: 2026-12-01 }"
        #expect(try story.verdict("version: 1\nblock: none\ngates: { a: \(gate) }").summary.outcome == outcome)
    }

    @Test(arguments: [
        "checklist: [ { item: x, by: qa, when: base(\"master\") } ]",
        "checklist: [ { item: x, by: qa, when: base(\"master\") }, { item: y, by: qa, when: base(\"old\") } ]",
        "require: clear(\"of-master\")", "require: qa or not base(\"master\")",
        "require: not base(\"master\") and clear(\"of-master\")", "require: clear(\"beyond\")",
        "require: clear(\"elsewhere\")", "require: gate(\"elsewhere\")", "require: gate(\"behind\")",
        "require: qa, advisory: not base(\"master\")",
    ])
    func whatAsksForNothingHereIsNotNeeded(_ keys: String) throws {
        func outcome(_ keys: String, isThere: Bool) throws -> Outcome {
            var story = Story()
            story.facts.branches = ["master": .known(isThere), "old": .known(true)]
            let gate =
                "gates: { a: { \(keys) }, b: { mode: advisory, require: qa and gate(\"of-master\") and gate(\"beyond\") "
                + "and gate(\"behind\") } }"
            let part =
                "parts: { of-master: { when: base(\"master\"), require: qa }, "
                + "beyond: { require: clear(\"of-master\") }, "
                + "elsewhere: { require: not base(\"master\") or security }, "
                + "behind: { require: gate(\"elsewhere\") } }"
            return try story.verdict("version: 1\nblock: none\n\(gate)\n\(part)\n").summary.outcome
        }
        #expect(try outcome(keys, isThere: false) == .undecided)
        #expect(try outcome(keys, isThere: true).status == .success)
    }

    @Test(arguments: [
        "checklist: [ { item: x, by: qa, when: base(\"master\") }, { item: y, by: qa } ]",
        "checklist: [ { item: x, by: qa, when: base(\"master\") or changes(\"docs/**\") } ]",
        "checklist: [ { item: x, by: qa, when: base(\"master\") } ], require: qa",
        "require: qa and not base(\"master\")", "require: qa or base(\"master\")",
        "require: gate(\"p\")", "require: clear(\"q\")", "require: gate(\"q\")", "require: gate(\"r\")",
    ])
    func whatMayAskForMoreIsNeeded(_ keys: String) throws {
        let parts =
            "parts: { p: { when: base(\"master\"), require: not base(\"master\") or qa }, "
            + "q: { require: qa and not base(\"master\") }, "
            + "r: { when: changes(\"docs/**\"), require: not base(\"master\") } }"
        let uses = "b: { mode: advisory, require: gate(\"p\") and gate(\"q\") and gate(\"r\") }"
        let text = "version: 1\nblock: none\ngates: { a: { \(keys) }, \(uses) }\n\(parts)"
        #expect(try !Story.policy(text).needs(Story().facts).contains(.branch("master")))
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
