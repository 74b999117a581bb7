import Testing

@testable import GatePolicy

/// Ways of filling places are joined, searched and told under budgets; where one ends nothing is decided by it.
@Suite struct DistinctBudgetTests {
    private func read(_ gates: String) -> [String] {
        PolicyReader.read("version: 1\ngates:\n\(gates)", file: "x.yml", digest: "d").diagnostics.map(\.message)
    }

    private let never = "this can never be met: one person would have to fill two places of `distinct: true`"

    private var partNineTimes: String { Array(repeating: "gate(\"p\")", count: 9).joined(separator: " and ") }

    /// A part that is referred to nine times has as many ways as when it is referred to once.
    @Test func theSameWayIsReadOnce() {
        let part = "parts: { p: { require: '@bob or (@bob and @carol)' } }\n"
        #expect(read("  g: { require: '\(partNineTimes) and @bob', distinct: true }\n\(part)") == [never])
        #expect(read("  g: { require: '\(partNineTimes) and @dave', distinct: true }\n\(part)") == [])
    }

    /// Whoever can fill all places of a way can fill some of them.
    @Test func aWayThatAsksForMoreIsNone() {
        let either = (0..<9).map { "(gate(\"b\($0)\") or (gate(\"b\($0)\") and gate(\"c\($0)\")))" }
        let parts = (0..<9).map { "  b\($0): { require: '@bob' }\n  c\($0): { require: '@carol' }\n" }.joined()
        let gate = "  g: { require: '\(either.joined(separator: " and "))', distinct: true }\n"
        #expect(read("\(gate)parts:\n\(parts)") == [never])
    }

    /// Too many ways are none that anybody compares, and the policy is taken to be possible.
    @Test(.timeLimit(.minutes(1))) func manyWaysAreNotCompared() {
        let parts = (0..<180).map { number in
            let next = number < 179 ? "gate(\"p\(number + 1)\") and (gate(\"p\(number + 1)\") or lines < 5)" : "fork"
            let either = number < 30 ? "(@a\(number) or @b\(number))" : "(lines < 9 or fork)"
            return "  p\(number): { require: '\(next) and \(either)' }\n"
        }.joined()
        #expect(read("  g: { require: 'gate(\"p0\")', distinct: true }\nparts:\n\(parts)") == [])
    }

    /// Lists of gates that name the same people over and over are looked at under one budget together.
    @Test(.timeLimit(.minutes(1))) func manyListsAreReadTogether() throws {
        let people = (0..<23).map { "@u\($0)" }.joined(separator: "|")
        let counts = Array(repeating: "12 of (\(people))", count: 32).joined(separator: " and ")
        let names = (0..<20).map { ["g\($0)", "h\($0)"] }
        let gates = names.joined().map { "  \($0): { require: '\(counts)' }\n" }.joined()
        let policy = try Story.policy("version: 1\ngates:\n\(gates)distinct: \(names)\n".replacing("\"", with: ""))
        var looks = 0
        #expect(policy.plan.groups.count == names.count)
        #expect(policy.plan.groups.allSatisfy { policy.plan.canBeDistinct($0, &looks) })
        #expect(looks > SeatingQuestion.mostLooks)
        #expect(looks < 2 * SeatingQuestion.mostLooks)
    }

    /// Twenty people for three tables of seven: whom to send where is given up long before all voters are looked at.
    @Test func aSearchEndsAfterItsSteps() {
        let tables = [0, 2, 4].map { Seating.Table(isDistinct: false, counts: [($0, 7), ($0 + 1, 7)]) }
        var seating = Seating(tables, Array(repeating: 0b111111, count: 20))
        var looks = 0
        #expect(seating.filled(&looks) == nil && seating.gaveUp)
        #expect(looks < SeatingQuestion.mostLooks / 2)
    }

    @Test func theSameWayIsJudgedOnce() throws {
        var story = Story()
        story.review(Story.bob)
        let gates = "gates: { g: { require: '\(partNineTimes) and leads', distinct: true } }\n"
        let parts = "parts: { p: { require: 'qa or (qa and security)' } }\n"
        let waiting = try story.verdict("version: 1\n\(gates)\(parts)")
        #expect(waiting.gates.map(\.outcome) == [.waiting])
        #expect(waiting.gates[0].steps == [.sign(count: 1, people: "leads", candidates: [Story.erin])])
        story.review(Story.erin)
        #expect(try story.verdict("version: 1\n\(gates)\(parts)").gates.map(\.outcome) == [.approved])
    }

    /// What is unknown for hundreds of reasons has more ways than anybody joins.
    @Test(.timeLimit(.minutes(1))) func waysAreJoinedUnderABudget() throws {
        let either = (0..<300).map { "(gate(\"p\") or label(\"a\" by t\($0)))" }.joined(separator: " and ")
        var story = Story()
        for account in [Story.bob, Story.dave] { story.review(account) }
        story.facts.pullRequest.labels = ["a"]
        story.happens(.labelAdded("a"), by: Story.bob, second: 950)
        for number in 0..<300 { story.hide("t\(number)") }
        let policy = try Story.policy(
            """
            version: 1
            gates: { g: { require: 'qa and security and \(either)', distinct: true } }
            parts: { p: { require: leads } }
            """)
        var evaluation = Evaluation(policy: policy, facts: story.facts, asksWhoCanSign: true)
        let judgement = evaluation.judgement(of: 0)
        #expect(evaluation.joinedWays > Way.mostJoined)
        #expect(evaluation.joinedWays < 2 * Way.mostJoined)
        #expect(judgement.outcome == .undecided)
        let reason = try #require(judgement.unknowns.first { $0.cause == .matcherGaveUp })
        #expect(reason.cure.contains("fewer `or`"))
        // Nobody's approval is told to count, and no way is told to be closed.
        for fate in judgement.reviews.map(\.fate) {
            guard case .unknowable(let reasons) = fate else {
                Issue.record("told: \(fate)")
                continue
            }
            #expect(reasons.contains(reason))
        }
        #expect(judgement.distinct?.mark == .unknown)
        #expect(judgement.distinct?.detail == "")
    }

    private func judge(
        _ signed: [Account], _ prepare: (inout Evaluation) -> Void
    ) throws -> GateJudgement {
        var story = Story()
        for account in signed { story.review(account) }
        let policy = try Story.policy(
            "version: 1\ngates: { g: { require: 'qa and security', distinct: true, block: none } }\n")
        var evaluation = Evaluation(policy: policy, facts: story.facts, asksWhoCanSign: true)
        prepare(&evaluation)
        return evaluation.judgement(of: 0)
    }

    /// Where nobody knows whether all places are filled, or who fills which, the gate is neither met nor unmet, and it
    /// says what would help.
    @Test(arguments: [[Story.carol], [Story.bob, Story.carol]])
    func fillingThemEnds(_ signed: [Account]) throws {
        #expect(try judge(signed, { _ in }).outcome == (signed.count == 1 ? .waiting : .approved))
        for isTold in [false, true] {
            let judgement = try judge(signed) { evaluation in
                let looks = SeatingQuestion.mostLooks + 1
                if isTold { evaluation.tellingLooks = looks } else { evaluation.seatingLooks = looks }
            }
            #expect(judgement.outcome == .undecided)
            let reason = try #require(judgement.unknowns.first)
            #expect(reason.cause == .matcherGaveUp)
            #expect(reason.cure == "write it with fewer `or`, or ask for fewer people")
            #expect(judgement.reviews.map(\.fate) == signed.map { _ in .unknowable([reason]) })
        }
    }

    /// Whom one more signature would help is left open, and nothing else changes.
    @Test func tellingWhoCouldEnds() throws {
        var story = Story()
        story.review(Story.bob)
        let policy = try Story.policy(
            """
            version: 1
            block: none
            gates: { g: { require: qa, checklist: [ { item: testing, by: qa } ], distinct: true } }
            """)
        for (looks, candidates) in [(0, [Story.carol]), (SeatingQuestion.mostLooks + 1, nil)] {
            var evaluation = Evaluation(policy: policy, facts: story.facts, asksWhoCanSign: true)
            evaluation.helpingLooks = looks
            let judgement = evaluation.judgement(of: 0)
            #expect(judgement.outcome == .waiting)
            let named: [[Account]?] = judgement.steps.compactMap { step in
                if case .acknowledge(_, _, _, let candidates) = step { .some(candidates) } else { .none }
            }
            #expect(named == [candidates])
        }
    }

    /// Hundreds of people, hundreds of ways and places that are not filled.
    @Test(.timeLimit(.minutes(1))) func manyPeopleAndManyWays() throws {
        var story = Story()
        let people = (100..<400).map { Account(id: Int64($0), login: "u\($0)") }
        for account in people { story.review(account) }
        for number in 0..<8 {
            story.team("a\(number)", people)
            story.team("b\(number)", people)
        }
        let either = (0..<8).map { "(60 of a\($0) or 61 of b\($0))" }.joined(separator: " and ")
        let policy = try Story.policy("version: 1\ngates: { g: { require: '\(either)', distinct: true } }\n")
        var evaluation = Evaluation(policy: policy, facts: story.facts, asksWhoCanSign: true)
        #expect(evaluation.judgement(of: 0).outcome == .undecided)
        #expect(evaluation.tellingLooks < 2 * SeatingQuestion.mostLooks)
        #expect(evaluation.helpingLooks < 2 * SeatingQuestion.mostLooks)
    }
}
