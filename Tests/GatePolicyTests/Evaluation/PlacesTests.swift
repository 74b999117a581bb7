import Testing

@testable import GatePolicy

/// Who fills which places is kept once, however many places there are and however many gates refer to them.
@Suite struct PlacesTests {
    private func counts(_ number: Int) -> [String] { (1...number).map { "\($0) of qa" } }

    private func judge(_ policy: String, _ story: Story) throws -> Evaluation {
        var evaluation = Evaluation(policy: try Story.policy(policy), facts: story.facts, asksWhoCanSign: true)
        for number in evaluation.judged.indices { _ = evaluation.judgement(of: number) }
        return evaluation
    }

    private func size(_ evaluation: Evaluation) -> Int {
        evaluation.judged.reduce(0) { $0 + ($1?.places.found.count ?? 0) }
    }

    /// Every signature counts for each of them, and each gate says so.
    @Test(.timeLimit(.minutes(1))) func manyGatesReferToManyPlaces() throws {
        let counts = counts(1_000)
        let gates = (0..<190).map { "  g\($0): { require: gate(\"p\") }\n" }.joined()
        let part = "parts: { p: { require: '\(counts.joined(separator: " or "))' } }"
        var story = Story()
        for account in [Story.bob, Story.carol] { story.review(account) }
        let evaluation = try judge("version: 1\ngates:\n\(gates)\(part)\n", story)
        #expect(size(evaluation) == counts.count + 190)
        let sets = ["qa"] + counts.dropFirst()
        for judgement in evaluation.judged {
            #expect(judgement?.reviews.map(\.fate) == [.counts(for: sets), .counts(for: sets)])
            #expect(judgement.map { FilledSets($0.places).size } == counts.count)
        }
    }

    /// A chain whose links each refer twice to the next has more ways through it than anybody could walk.
    @Test(.timeLimit(.minutes(1))) func referencesAreFollowedOnce() throws {
        let parts = (0..<190).map { number in
            let next = "gate(\"p\(number + 1)\")"
            return "  p\(number): { require: '\(next) and \(next)' }\n"
        }.joined()
        let gates = "gates: { g: { require: 'security and gate(\"p0\")' } }\n"
        var story = Story()
        for account in [Story.bob, Story.carol] { story.review(account) }
        let evaluation = try judge("version: 1\n\(gates)parts:\n\(parts)  p190: { require: qa }\n", story)
        #expect(
            evaluation.judged.first??.reviews.map(\.fate) == [.counts(for: ["qa"]), .counts(for: ["security", "qa"])])
    }

    /// The order is that in which each person's signature was found to count, and no set is told twice.
    @Test func theOrderOfSets() throws {
        var story = Story()
        for account in [Story.bob, Story.carol, Story.dave] { story.review(account) }
        let evaluation = try judge(
            """
            version: 1
            gates:
              g: { require: 'gate("h") and qa and (security or 2 of security) and gate("p")' }
              h: { require: security }
            parts:
              p: { require: '@carol and qa' }
            """, story)
        #expect(
            evaluation.judged.first??.reviews.map(\.fate) == [
                .counts(for: ["qa"]), .counts(for: ["security", "qa", "2 of security", "@carol"]),
                .counts(for: ["security", "2 of security"]),
            ])
    }

    /// Sets past the first few are looked up in a table.
    @Test func manySetsOfSeveralPeople() throws {
        let sets = (0..<40).map { $0.isMultiple(of: 2) ? "\($0 + 1) of qa" : "\($0 + 1) of security" }
        var story = Story()
        for account in [Story.bob, Story.carol] { story.review(account) }
        let require = (sets + sets).joined(separator: " or ")
        let fates = try story.gate(require: require).reviews.map(\.fate)
        let ofBob = sets.filter { $0.hasSuffix("qa") }.map { $0 == "1 of qa" ? "qa" : $0 }
        #expect(fates == [.counts(for: ofBob), .counts(for: sets.map { $0 == "1 of qa" ? "qa" : $0 })])
    }

    /// Each gate has rules of its own and asks for one of many sets: there is no table of all sets for each.
    @Test func rulesOfTheirOwn() throws {
        let gates = (0..<100).map {
            "  g\($0): { require: 'qa | @u\($0)', approvals: { comments: [\"ok \($0)\"] } }\n"
        }.joined()
        var story = Story()
        story.review(Story.bob)
        let evaluation = try judge("version: 1\ngates:\n\(gates)", story)
        #expect(evaluation.judgedApprovals.count == 100)
        #expect(evaluation.foundSets.reduce(0) { $0 + $1.size } == 100)
    }

    /// Sets of two plans may have the same number.
    @Test func setsOfTwoPlans() {
        var (one, other) = (PlanIndex(), PlanIndex())
        let place = SourceSpan(file: "a.yml", line: 1, column: 1)
        let elsewhere = SourceSpan(file: "b.yml", line: 2, column: 3)
        let qa = one.numbered(.organizationTeam("qa", place))
        #expect(qa == one.numbered(.organizationTeam("qa", elsewhere)))
        #expect(qa == other.numbered(.organizationTeam("qa", elsewhere)))
        var third = PlanIndex()
        #expect(qa != third.numbered(.organizationTeam("leads", place)))
    }
}
