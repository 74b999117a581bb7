import Testing

@testable import GatePolicy

/// A team that was there under this very policy, or an account, and is gone.
@Suite struct GoneNamesTests {
    /// The team `gone` was there, with another one of its name in another organisation that never was.
    private static func story() -> Story {
        var story = Story()
        story.facts.rememberedIdentities = ["@acme/gone": 300, "@acme/qa": 101]
        story.facts.directories["other"] = .known(TeamDirectory(ids: [:]))
        return story
    }

    /// The same, where the pull request changes the policy, and brings a valid one.
    private static func change() -> Story {
        var story = story()
        let (own, base): (ExactText, CommitID) = (".countersign.yml", Story.commit("d"))
        story.facts.pullRequest.base = base
        story.facts.watchedFiles = .known(
            WatchedFiles(same: Set(PolicyPath.inOrder).subtracting([own]), different: [own]))
        story.facts.effectiveChanges[.init(commit: Story.head, baseBranch: "main")] = .known(
            EffectiveChange(entries: [.init(path: "\(own)", before: "100644 a", after: "100644 b")]))
        story.facts.policyFiles[.init(path: own, commit: Story.head)] = .known(.valid(includes: []))
        for path in PolicyPath.inOrder {
            story.facts.policyFiles[.init(path: path, commit: base)] = .known(.absent)
        }
        story.facts.writers = Story.holders([Story.alice, Story.dave])
        return story
    }

    @Test func thePolicyStaysValid() throws {
        var story = Self.story()
        story.review(Story.bob)
        let policy = "version: 1\ngates:\n  it: { require: qa or gone, block: none }\n"
        let verdict = try story.verdict(policy)
        #expect(verdict.mistakes.isEmpty)
        try Golden.expect(verdict.goneNames.rendered, matches: "gone-names.txt")
        #expect(verdict.summary.outcome == .approved)
        // What never was a team, here or elsewhere, is a mistake all the same, and so it is where nothing is remembered.
        #expect(try story.verdict(policy.replacing("gone", with: "gonne")).mistakes.count == 1)
        #expect(try story.verdict(policy.replacing("gone", with: "@other/gone")).mistakes.count == 1)
        story.facts.rememberedIdentities = [:]
        #expect(try story.verdict(policy).mistakes.count == 1)
    }

    @Test func nobodyIsLetInAndNoBlockerOff() throws {
        var story = Self.story()
        story.facts.organizationMembers = .known([Story.bob])
        story.review(Story.bob)
        for (people, outcome) in [
            ("gone", Outcome.waiting), ("gone & qa", .waiting), ("qa - gone", .undecided),
            ("org_members - gone", .undecided), ("all of (@bob | gone)", .undecided), ("gone | qa", .approved),
        ] {
            #expect(try story.outcome(people) == outcome, "\(people)")
        }
        #expect(try story.mark("author(gone)") == .unknown)
        #expect(try story.gate(["when: 'not author(gone)'", "require: qa", "block: none"]).when?.mark == .met)
        var blocked = Self.story()
        blocked.review(Story.carol)
        blocked.review(Story.bob, .requestChanges)
        #expect(try blocked.gate(["require: qa", "block: gone"]).outcome == .undecided)
        let verdict = try blocked.verdict("version: 1\nblock: gone\ngates: { it: { require: qa, block: none } }\n")
        #expect(verdict.summary.outcome == .undecided)
    }

    @Test func anAccountThatIsGoneIsTold() throws {
        var story = Self.story()
        story.facts.users["vanished"] = .known(nil)
        let verdict = try story.verdict("version: 1\ngates: { it: { require: 'qa or @vanished' } }\n")
        #expect(verdict.mistakes.isEmpty)
        #expect(verdict.goneNames.map(\.message) == ["there is no account `vanished`"])
    }

    /// What can only be met by names that are gone is told where the pull request may mend it.
    @Test(arguments: [
        ("gone", 1), ("qa", 0), ("gone | qa", 0), ("gone or qa", 0), ("2 of (gone | qa)", 0), ("gone & qa", 1),
        ("gone and qa", 1), ("qa - gone", 1), ("(qa - gone) | security", 0), ("qa - (gone & leads)", 0),
        ("qa - (leads - gone)", 0), ("all of (qa | gone)", 1), ("all of qa", 0), ("@vanished", 1),
        ("qa - @vanished", 1),
        ("gate(\"part\")", 1), ("gate(\"part\") or qa", 0), ("clear(\"part\")", 1), ("clear(\"some\")", 0),
        ("never(\"gone for good\")", 0), ("gone and never(\"gone for good\")", 0),
        ("2 of (@bob | @vanished)", 1), ("2 of (@bob | gone)", 1), ("1 of (@bob | @vanished)", 0),
        ("2 of (@bob | @carol | @vanished)", 0), ("2 of ((@bob | gone) - @carol)", 1), ("2 of (qa | @vanished)", 0),
    ])
    func whatCannotBeMet(_ require: String, _ count: Int) throws {
        var story = Self.change()
        story.review(Story.dave)
        story.facts.users["vanished"] = .known(nil)
        let parts = [
            "part": "  part: { require: gone }", "some": "  some: { when: 'changes(\"x\")', require: gone }",
        ].filter { require.contains("\"\($0.key)\"") }.values
        let policy =
            "version: 1\ngates:\n  it: { require: '\(require)', block: none }\n  other: { when: fork, require: gone }\n"
            + (parts.isEmpty ? "" : "parts:\n\(parts.joined(separator: "\n"))\n")
        let read = try Story.policy(policy)
        let found = read.goneNames(holding: read.evaluate(story.facts), story.facts)
        #expect(found.count == count, "\(found)")
        #expect(found.allSatisfy { $0.severity == .error })
    }

    @Test func onlyWhatHoldsAChangeOfThePolicyIsTold() throws {
        let policy = try Story.policy("version: 1\npolicy: { require: gone }\ngates: { it: { require: qa } }\n")
        var story = Self.change()
        #expect(Self.found(policy, story).isEmpty, "the gate `it` can be met, and is asked first")
        story.review(Story.bob)
        #expect(Self.found(policy, story).map(\.span.line) == [2], "the gate that guards the policy")
        story.facts.watchedFiles = Self.story().facts.watchedFiles
        #expect(Self.found(policy, story).isEmpty, "nothing of the policy is changed")
    }

    /// Whoever asked for changes, or has not signed yet, is not gone around.
    @Test func whatElseHoldsIt() throws {
        let policy = try Story.policy(
            "version: 1\nblock: { by: writers }\ngates: { it: { require: gone, block: none } }\n")
        var story = Self.change()
        #expect(Self.found(policy, story).isEmpty, "the gate that guards the policy waits")
        story.review(Story.dave)
        #expect(Self.found(policy, story).count == 1)
        story.facts.writers = Story.holders([Story.alice, Story.dave, Story.bob])
        story.review(Story.bob, .requestChanges)
        #expect(Self.found(policy, story).isEmpty, "bob asked for changes")
    }

    @Test(arguments: [("qa", 0), ("gone", 1)])
    func aGateThatCanBeWaivedCanBeMet(_ by: String, _ count: Int) throws {
        let policy = try Story.policy(
            "version: 1\ngates: { it: { require: gone, block: none, waive: { by: \(by) } } }\n")
        var story = Self.change()
        story.review(Story.dave)
        #expect(Self.found(policy, story).count == count)
    }

    /// What is looked at holds where it is waived, too, also where it is only shown.
    @Test(arguments: ["", "mode: advisory, "], [("qa", 0), ("gone", 1), ("qa and gone", 1)])
    func whatIsLookedAtCanBeWaived(_ mode: String, _ by: (people: String, count: Int)) throws {
        let policy = try Story.policy(
            """
            version: 1
            gates:
              qa-review: { require: gone, block: none, \(mode)waive: { by: '\(by.people)' } }
              release: { require: 'gate("qa-review") and leads', block: none }
            """)
        var story = Self.change()
        story.review(Story.dave)
        story.waive("qa-review", by: Story.bob, reason: "the team is gone")
        #expect(Self.found(policy, story).count == by.count)
        story.review(Story.erin)
        let release = policy.evaluate(story.facts).gates.first { $0.name == "release" }
        #expect((release?.outcome == .approved) == (by.count == 0))
    }

    /// Nor is he who asked for changes under the gate's own `block`, or under that of a gate that it looks at.
    @Test(arguments: [
        ("security", "none", 0), ("{ by: writers, comments: [\"*:-1:*\"] }", "none", 0), ("gone", "none", 0),
        ("none", "security", 0), ("qa", "none", 1), ("none", "qa", 1),
    ])
    func whoeverAskedForChanges(_ block: String, _ shownBlock: String, _ count: Int) throws {
        let policy = try Story.policy(
            """
            version: 1
            gates:
              it: { require: 'gone and gate("shown")', block: \(block) }
              shown: { require: leads, block: \(shownBlock), mode: advisory }
            """)
        var story = Self.change()
        story.review(Story.dave)
        #expect(Self.found(policy, story).count == 1)
        if block.contains(":-1:") {
            story.says(":-1:", by: Story.dave)
        } else {
            story.team("security", [Story.erin])
            story.review(Story.erin, .requestChanges)
        }
        #expect(Self.found(policy, story).count == count)
    }

    /// What can be met stays, and is met; the built-in gate takes the place of the rest.
    @Test func aRepairKeepsWhatIsMet() throws {
        let policy = try Story.policy(
            "version: 1\ngates:\n  it: { require: gone, block: none }\n  other: { require: qa }\n")
        var story = Self.change()
        story.review(Story.dave)
        story.review(Story.bob)
        let verdict = policy.evaluate(story.facts)
        let repaired = verdict.repaired(by: Policy.repair(of: []).evaluate(story.facts))
        #expect(repaired.gates.map(\.name) == ["other", "policy"])
        #expect(repaired.summary.outcome == .waiting)
        #expect(repaired.summary.enforcedGates == 2)
    }

    private static func found(_ policy: Policy, _ story: Story) -> [Diagnostic] {
        policy.goneNames(holding: policy.evaluate(story.facts), story.facts)
    }
}
