import Testing

@testable import GatePolicy

@Suite struct StalenessTests {
    private func outcome(_ story: Story, _ stale: String) throws -> Outcome {
        try story.gate(["require: qa", "block: none", "approvals: { stale: \(stale) }"]).outcome
    }

    @Test(arguments: [
        ("exact-head", "1", Outcome.waiting), ("exact-head", "2", .waiting), ("same-diff", "1", .approved),
        ("same-diff", "2", .waiting), ("keep", "1", .approved), ("keep", "2", .approved),
    ])
    func anOlderHead(_ stale: String, _ changeThen: String, _ expected: Outcome) throws {
        var story = Story()
        story.change(Story.old, is: changeThen)
        story.change(Story.head, is: "1")
        story.review(Story.bob, at: Story.old)
        #expect(try outcome(story, stale) == expected)
    }

    @Test(arguments: ["exact-head", "same-diff", "keep"])
    func thePresentHead(_ stale: String) throws {
        var story = Story()
        story.review(Story.bob)
        #expect(try outcome(story, stale) == .approved)
        // Nothing is compared for it.
        let policy = try Story.policy("version: 1\ngates: { it: { require: qa, approvals: { stale: \(stale) } } }")
        #expect(!policy.needs(story.facts).contains { if case .effectiveChange = $0 { true } else { false } })
    }

    /// Whoever may read may name any commit there is: only of those who are asked one is looked at, and not too many.
    @Test func strangersHaveNothingRead() throws {
        let heads = try (10..<99).map { try #require(CommitID(String(repeating: "\($0)", count: 20))) }
        func needs(_ author: Account, _ require: String = "qa", _ seesTeam: Bool = true) throws -> Set<Need> {
            var story = Story()
            story.happens(.push(commits: heads + [Story.head], forced: false), by: Story.alice, second: 900)
            if !seesTeam { story.facts.teamMembers[101] = nil }
            for head in heads {
                story.review(author, at: head)
                story.says("LGTM @\(head)", by: author)
            }
            return try Story.policy(
                """
                version: 1
                block: none
                gates: { it: { require: '\(require)', approvals: { comments: ["LGTM*"] } }, other: { require: leads } }
                """
            ).needs(story.facts, asksWhoCanSign: false)
        }
        #expect(try needs(Story.dave).isEmpty)
        #expect(try needs(Story.erin).count == Evaluation.maximumCompared + 1)
        #expect(try needs(Story.bob).count == heads.count + 1)
        for require in ["all of qa", "1 of (security - qa) or qa", "owners_of_each_file or qa"] {
            #expect(try needs(Story.bob, require).count >= heads.count + 1, "\(require)")
        }
        let qa = TeamReference(organization: "acme", name: "qa")
        for author in [Story.dave, Story.bob] {
            #expect(try needs(author, "qa", false) == [.teamMembers(id: 101, reference: qa)])
        }
    }

    /// Of reviews those are compared that were given last.
    @Test func tooManyOlderCommits() throws {
        var story = Story()
        story.change(Story.head, is: "1")
        let heads = try (10..<99).map { try #require(CommitID(String(repeating: "\($0)", count: 20))) }
        for (number, head) in heads.enumerated() {
            story.change(head, is: number == 0 ? "1" : "\(number + 1)")
            story.review(Story.bob, at: head)
        }
        #expect(try outcome(story, "same-diff") == .undecided)
        let gate = try story.gate(["require: qa", "block: none"])
        let unread = heads.count - Evaluation.maximumCompared
        #expect(gate.reviews.prefix(unread).allSatisfy { $0.fate == .unknowable(gate.unknowns) })
        #expect(
            gate.reviews.suffix(Evaluation.maximumCompared).allSatisfy {
                if case .stale = $0.fate { true } else { false }
            })
        #expect(gate.unknowns.allSatisfy { $0.cause == .overLimit && $0.cure == "approve the present head" })
        story.review(Story.carol, at: heads[0])
        #expect(try outcome(story, "same-diff") == .approved)
        story.facts.effectiveChanges = [:]
        story.review(Story.carol)
        #expect(try outcome(story, "same-diff") == .approved)
    }

    @Test func aCommitThatIsGone() throws {
        var story = Story()
        story.change(Story.old, is: nil)
        story.change(Story.head, is: "1")
        story.review(Story.bob, at: Story.old)
        #expect(try outcome(story, "same-diff") == .waiting)
    }

    @Test func aComparisonThatFailed() throws {
        var story = Story()
        story.change(Story.head, is: "1")
        story.facts.effectiveChanges[.init(commit: Story.old, baseBranch: "main")] = .unknown(
            Story.unknown("what changed"))
        story.review(Story.bob, at: Story.old)
        #expect(try outcome(story, "same-diff") == .undecided)
        #expect(try outcome(story, "exact-head") == .waiting)
        #expect(try outcome(story, "keep") == .approved)
    }

    /// The base was `dev` when bob approved the very head; then alice made it `main`.
    @Test(arguments: [
        (true, "1", Outcome.approved), (true, "2", .waiting), (false, "1", .waiting), (false, "2", .waiting),
    ])
    func aRetargetIsAPush(_ isProtected: Bool, _ changeThen: String, _ expected: Outcome) throws {
        for stale in ["exact-head", "same-diff", "keep"] {
            var story = Story()
            story.facts.protectedBranches["dev"] = .known(isProtected)
            story.change(Story.head, against: "dev", is: changeThen)
            story.change(Story.head, against: "main", is: "1")
            story.review(Story.bob)
            story.happens(.retarget(from: "dev", to: "main"), by: Story.alice, second: 1010)
            #expect(try outcome(story, stale) == expected, "\(stale)")
        }
    }

    @Test func aRetargetBeforeTheApproval() throws {
        var story = Story()
        story.happens(.retarget(from: "dev", to: "main"), by: Story.alice, second: 1009)
        story.review(Story.bob)
        #expect(try outcome(story, "exact-head") == .approved)
    }

    /// Who may rewrite the old base could make any two changes look the same: nobody asks whether they do.
    @Test func anOldBaseThatIsNotProtected() throws {
        var story = Story()
        story.facts.protectedBranches["dev"] = .known(false)
        story.review(Story.bob)
        story.happens(.retarget(from: "dev", to: "main"), by: Story.alice, second: 1011)
        let policy = try Story.policy("version: 1\nblock: none\ngates: { it: { require: qa } }")
        #expect(policy.evaluate(story.facts).gates[0].outcome == .waiting)
        #expect(policy.needs(story.facts, asksWhoCanSign: false).isEmpty)
    }

    @Test func aRetargetThatCannotBeJudged() throws {
        var story = Story()
        story.facts.protectedBranches["dev"] = .unknown(Story.unknown("whether `dev` is protected"))
        story.change(Story.head, against: "dev", is: "1")
        story.change(Story.head, against: "main", is: "1")
        story.review(Story.bob)
        story.happens(.retarget(from: "dev", to: "main"), by: Story.alice, second: 1011)
        #expect(try outcome(story, "same-diff") == .undecided)
        story.change(Story.head, against: "dev", is: "2")
        #expect(try outcome(story, "same-diff") == .waiting)
    }

    @Test func aTimelineThatCannotBeRead() throws {
        var story = Story()
        story.facts.timeline = .unknown(Story.unknown("what happened"))
        story.review(Story.bob)
        #expect(try outcome(story, "keep") == .undecided)
        // An older head stays one on every base.
        var older = Story()
        older.facts.timeline = .unknown(Story.unknown("what happened"))
        older.review(Story.bob, at: Story.old)
        #expect(try outcome(older, "exact-head") == .waiting)
    }

    /// After a forced push back to the head that was approved, the approval stands again.
    @Test func aForcedPush() throws {
        var story = Story()
        story.review(Story.bob)
        story.happens(.push(commits: [Story.head, Story.old], forced: true), by: Story.alice, second: 1100)
        story.happens(.push(commits: [Story.old, Story.head], forced: true), by: Story.alice, second: 1200)
        #expect(try outcome(story, "exact-head") == .approved)
    }
}
