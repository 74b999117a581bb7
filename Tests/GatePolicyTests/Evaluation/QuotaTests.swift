import Testing

@testable import GatePolicy

@Suite struct QuotaTests {
    @Test(arguments: [
        ("2 of qa", Outcome.approved), ("2 of (qa | security)", .approved), ("2 of security", .waiting),
        ("2 of qa and 1 of security", .approved), ("qa and leads", .waiting), ("leads or 2 of qa", .approved),
        ("all of qa", .approved), ("all of security", .waiting), ("all of (qa & security)", .approved),
        ("all of (qa | security)", .waiting), ("all of (leads & qa)", .waiting),
    ])
    func bobAndCarolSign(_ require: String, _ outcome: Outcome) throws {
        var story = Story()
        story.review(Story.bob)
        story.review(Story.carol)
        #expect(try story.outcome(require) == outcome)
    }

    @Test func onePersonIsCountedOnce() throws {
        var story = Story()
        story.review(Story.bob)
        story.review(Story.bob)
        #expect(try story.outcome("2 of qa") == .waiting)
        #expect(try story.gate(require: "2 of qa").requirement?.detail == "1 of 2")
    }

    @Test func allOfThoseWhoMaySign() throws {
        var story = Story()
        story.team("qa", [Story.alice, Story.bob, Story.service, Account(id: 6, login: "frank", isActive: false)])
        story.review(Story.bob)
        // The opener, the service's account and the deactivated one cannot sign and are not waited for.
        #expect(try story.outcome("all of qa") == .approved)
        story.team("qa", [Story.alice])
        #expect(try story.outcome("all of qa") == .waiting)
        #expect(try story.gate(require: "all of qa").requirement?.detail == "nobody in it may sign")
    }

    /// An opener who may approve is waited for like all others, though he is a committer, too.
    @Test func theOpenerWhereHeMayApprove() throws {
        var story = Story()
        story.facts.commits = .known([Commit(id: Story.head, author: Story.alice, committer: Story.alice)])
        story.team("qa", [Story.alice, Story.bob])
        story.review(Story.bob)
        let gate = try story.gate(require: "all of qa", "    approvals: { author: true }\n")
        #expect(gate.outcome == .waiting)
        #expect(gate.steps == [.sign(count: 1, people: "qa", candidates: [Story.alice])])
    }

    @Test func allOfATeamThatCannotBeRead() throws {
        var story = Story()
        story.hide("qa")
        // Whoever they are, nobody has signed.
        #expect(try story.outcome("all of qa") == .waiting)
        story.review(Story.bob)
        #expect(try story.outcome("all of qa") == .undecided)
        // Dave of security has not signed, whoever is in qa.
        #expect(try story.outcome("all of (qa | security)") == .waiting)
    }

    /// `all of org_members - qa`: who is taken out by an unknown team may well have to sign.
    @Test func allOfADifferenceWithAnUnknown() throws {
        var story = Story()
        story.facts.organizationMembers = .known([Story.bob, Story.carol])
        story.hide("qa")
        story.review(Story.bob)
        #expect(try story.outcome("all of (org_members - qa)") == .undecided)
        story.review(Story.carol)
        #expect(try story.outcome("all of (org_members - qa)") == .undecided)
        story.team("qa", [Story.carol])
        #expect(try story.outcome("all of (org_members - qa)") == .approved)
    }

    /// Whoever pushed is a committer, also if what he pushed is gone or was pushed by somebody else before.
    @Test func allOfThoseWhoPushed() throws {
        var story = Story()
        story.team("security", [Story.bob, Story.carol, Story.dave])
        story.facts.commits = .known([Commit(id: Story.head, author: Story.dave, committer: Story.dave)])
        story.happens(.push(commits: [Story.older], forced: false), by: Story.bob, second: 900)
        story.happens(.push(commits: [Story.older, Story.old], forced: true), by: Story.carol, second: 910)
        story.happens(.push(commits: [Story.old, Story.head], forced: true), by: Story.dave, second: 920)
        story.review(Story.dave)
        for people in ["committers", "(committers & security)"] {
            let more = "    approvals: { committers: true }\n"
            var story = story
            let gate = try story.gate(require: "all of \(people)", more)
            #expect(gate.outcome == .waiting)
            #expect(
                gate.steps == [
                    .sign(count: 2, people: people.filter { !"()".contains($0) }, candidates: [Story.bob, Story.carol])
                ])
            story.review(Story.bob)
            story.review(Story.carol)
            #expect(try story.gate(require: "all of \(people)", more).outcome == .approved)
            // Who cannot be named may be one of them.
            story.facts.commits = .unknown(Story.unknown("which commits it has"))
            #expect(try story.gate(require: "all of \(people)", more).outcome == .undecided)
        }
    }

    /// Nobody is both a committer and allowed to sign where committers may not, whoever they are.
    @Test func committersWhoMayNotSign() throws {
        var story = Story()
        story.facts.commits = .unknown(Story.unknown("which commits it has"))
        story.review(Story.bob)
        #expect(try story.outcome("qa & committers") == .waiting)
        #expect(try story.outcome("qa") == .undecided)
        #expect(try story.outcome("qa - committers") == .undecided)
        // What he pushed may be no more than a merge of the base.
        story.happens(.push(commits: [Story.head], forced: false), by: Story.bob, second: 900)
        #expect(try story.outcome("qa") == .undecided)
    }

    @Test func reviewsThatCannotBeRead() throws {
        var story = Story()
        story.facts.reviews = .unknown(Story.unknown("which reviews there are"))
        #expect(try story.outcome("qa") == .undecided)
        #expect(try story.outcome("qa and never(\"frozen\")") == .rejected)
        #expect(try story.outcome("files < 5 or qa") == .approved)
    }

    @Test func theShortestWayFirst() throws {
        var story = Story()
        story.review(Story.bob)
        let steps = try story.gate(require: "(leads and security) or 2 of qa").steps
        #expect(steps == [.sign(count: 1, people: "qa", candidates: [Story.carol])])
        // A way that nobody can go is no way.
        story.team("leads", [])
        #expect(
            try story.gate(require: "leads or 2 of security").steps.map { $0.wording(names: true) } == [
                "2 more of security (carol or dave)"
            ])
        #expect(
            try story.gate(require: "leads").steps.map { $0.wording(names: false) } == [
                "1 more of leads (nobody can sign at present)"
            ])
    }

    private static let narrowed: [(String, [String])] = [
        ("(qa or security) and qa", ["1 qa"]), ("qa and (security or leads or qa)", ["1 qa"]),
        ("gate(\"either\") and 2 of qa", ["2 qa"]),
        ("(qa or security) and (security or leads or qa)", ["1 qa or security"]),
        ("(qa or security) and leads", ["1 qa or security", "1 leads"]),
        ("(qa or security) and (qa | leads)", ["1 qa or security", "1 qa | leads"]),
        ("(qa or security) and (leads or qa)", ["1 qa or security", "1 leads or qa"]),
        ("(qa or security or leads or a or b) and others", ["1 qa or security or leads or others", "1 others"]),
    ]

    /// Where one of qa is needed anyway, nobody else is asked beside him.
    @Test(arguments: narrowed)
    func oneSignatureIsEnough(_ require: String, _ steps: [String]) throws {
        var story = Story()
        for team in ["a", "b", "others"] { story.team(team, [Story.bob]) }
        let parts = require.contains("either") ? "parts: { either: { require: qa or security } }\n" : ""
        let told = try story.gate(require: require, parts).steps.map { step in
            if case .sign(let count?, let people, _) = step { "\(count) \(people)" } else { "\(step)" }
        }
        #expect(told == steps)
    }

    /// A signature under other rules is another one: whoever gives it fills no place here.
    @Test func theStepsOfAnotherGatesSignatures() throws {
        let other = "  b: { require: qa, block: none, approvals: { reviews: false, comments: [\"*LGTM*\"] } }\n"
        for require in ["(qa or security) and gate(\"b\")", "(qa or security) and (gate(\"b\") or gate(\"b\"))"] {
            let steps = try Story().gate(require: require, other).steps
            #expect(steps.count == 2, "\(steps)")
        }
        let same = "  b: { require: qa, block: none }\n"
        #expect(try Story().gate(require: "(qa or security) and gate(\"b\")", same).steps.count == 1)
    }
}
