import Testing

@testable import GatePolicy

/// `distinct: true` in a gate: nobody fills two of its places.
@Suite struct DistinctTests {
    /// qa: bob and carol; security: carol and dave; leads: erin.
    private func gate(_ require: String, signed: [Account], _ change: (inout Story) -> Void = { _ in }) throws
        -> GateVerdict
    {
        var story = Story()
        for account in signed { story.review(account) }
        change(&story)
        return try story.gate(["require: '\(require)'", "distinct: true", "block: none"])
    }

    @Test(arguments: [
        ("qa and security", [Story.carol], Outcome.waiting), ("qa and security", [Story.carol, Story.bob], .approved),
        ("qa and security", [Story.carol, Story.dave], .approved),
        ("qa and security", [Story.bob, Story.dave], .approved),
        // One assignment over all places: carol must leave qa to bob whoever signed first.
        ("qa and qa", [Story.bob, Story.carol], .approved), ("qa and qa", [Story.bob], .waiting),
        ("2 of qa and security", [Story.bob, Story.carol], .waiting),
        ("2 of qa and security", [Story.bob, Story.carol, Story.dave], .approved),
        ("2 of (qa | security) and security", [Story.bob, Story.carol, Story.dave], .approved),
        ("2 of (qa | security) and security", [Story.carol, Story.dave], .waiting),
        // Some branch with an assignment is enough.
        ("(qa and security) or leads", [Story.carol, Story.erin], .approved),
        ("(qa and security) or leads", [Story.carol], .waiting),
        ("(qa or leads) and security", [Story.carol, Story.erin], .approved),
        // Everybody of `all of` fills a place of it, and no other.
        ("all of qa and security", [Story.bob, Story.carol], .waiting),
        ("all of qa and security", [Story.bob, Story.carol, Story.dave], .approved),
        ("all of qa and all of security", [Story.bob, Story.carol, Story.dave], .waiting),
        ("qa and files < 5", [Story.bob], .approved), ("files < 5 or (qa and security)", [], .approved),
    ])
    func placesAreFilledByDifferentPeople(_ require: String, _ signed: [Account], _ outcome: Outcome) throws {
        #expect(try gate(require, signed: signed).outcome == outcome)
    }

    @Test func whoFillsWhichPlace() throws {
        let verdict = try gate("qa and security", signed: [Story.carol, Story.bob])
        #expect(verdict.distinct?.children.map(\.signers) == [[Story.bob], [Story.carol]])
        #expect(verdict.reviews.map(\.fate) == [.counts(for: ["security"]), .counts(for: ["qa"])])
        #expect(verdict.statusDescription(names: true).description == "approved by bob and carol")
    }

    /// One more of either helps: carol can fill the other place.
    @Test func whoCouldFillTheMissingOne() throws {
        let verdict = try gate("qa and security", signed: [Story.carol])
        #expect(verdict.distinct?.children.map(\.detail) == ["1 of 1", "0 of 1"])
        #expect(verdict.steps == [.sign(count: 1, people: "qa | security", candidates: [Story.bob, Story.dave])])
        let last = try gate("2 of qa and security", signed: [Story.bob, Story.carol])
        #expect(last.steps == [.sign(count: 1, people: "qa | security", candidates: [Story.dave])])
    }

    /// Two places of two counts are empty that the same people could fill: it takes two of them.
    @Test func placesOfSeveralCounts() throws {
        let verdict = try gate("2 of qa and 2 of leads and leads", signed: [Story.bob, Story.carol, Story.erin]) {
            $0.team("leads", [Story.bob, Story.carol, Story.dave, Story.erin])
        }
        #expect(verdict.steps == [.sign(count: 2, people: "qa | leads", candidates: [Story.dave])])
    }

    @Test func nobodyCanFillIt() throws {
        let verdict = try gate("2 of qa and leads and leads", signed: [Story.bob, Story.carol, Story.erin])
        #expect(verdict.outcome == .waiting)
        #expect(verdict.steps.map { $0.wording(names: true) } == ["1 more of leads (nobody can sign at present)"])
    }

    @Test func everybodyOfASetFillsAPlace() throws {
        let waiting = try gate("all of qa and security", signed: [Story.bob, Story.carol])
        #expect(waiting.distinct?.children.map(\.detail) == ["2 of 2", "0 of 1"])
        #expect(waiting.reviews.map(\.fate) == [.counts(for: ["all of qa"]), .counts(for: ["all of qa"])])
        #expect(waiting.statusDescription(names: true).description == "needs 1 more of security (dave)")
        let approved = try gate("all of qa and security", signed: [Story.bob, Story.carol, Story.dave])
        #expect(approved.distinct?.children.map(\.signers) == [[Story.bob, Story.carol], [Story.dave]])
        #expect(approved.statusDescription(names: true).description == "approved by bob, carol and dave")
        let never = try gate("all of qa and all of security", signed: [Story.bob, Story.carol, Story.dave])
        #expect(never.distinct?.children.map(\.detail) == ["2 of 2", "1 of 2"])
        #expect(
            never.statusDescription(names: true).description == "needs 1 more of security (nobody can sign at present)")
    }

    /// Of two ways as short, the one that somebody can go: nobody else may sign for leads.
    @Test func anotherWayIsOpen() throws {
        let verdict = try gate("2 of leads or (leads and qa)", signed: [Story.erin])
        #expect(verdict.steps == [.sign(count: 1, people: "qa", candidates: [Story.bob, Story.carol])])
        #expect(verdict.distinct?.children.map(\.expression) == ["leads", "qa"])
    }

    @Test func placesOfAPartCount() throws {
        var story = Story()
        story.review(Story.carol)
        let text = """
            version: 1
            block: none
            gates:
              it: { require: 'gate("piece") and security', distinct: true }
            parts:
              piece: { require: qa }
            """
        #expect(try story.verdict(text).gates[0].outcome == .waiting)
        story.review(Story.dave)
        #expect(try story.verdict(text).gates[0].outcome == .approved)
    }

    /// The same unknown is the same unknown: whoever is in qa is not in what is left of security.
    @Test(arguments: [
        // Everybody certain of security; qa cannot be read.
        ("qa and security", [Story.carol, Story.dave], Outcome.undecided),
        ("qa and security", [Story.carol], .waiting),
        ("security and leads", [Story.carol, Story.erin], .approved),
        ("2 of security and 1 of (qa | security)", [Story.carol, Story.dave, Story.erin], .undecided),
        ("(security & qa) and (security - qa)", [Story.carol], .waiting),
        ("(security & qa) and (security - qa)", [Story.carol, Story.dave], .undecided),
        ("security and (qa | security)", [Story.carol, Story.dave], .approved),
        ("((security & qa) or (security - qa)) and leads", [Story.carol, Story.erin], .approved),
    ])
    func aTeamThatCannotBeRead(_ require: String, _ signed: [Account], _ outcome: Outcome) throws {
        #expect(try gate(require, signed: signed) { $0.hide("qa") }.outcome == outcome)
    }

    @Test func reviewsThatCannotBeRead() throws {
        let verdict = try gate("qa and security", signed: []) {
            $0.facts.reviews = .unknown(Story.unknown("which reviews there are"))
        }
        #expect(verdict.outcome == .undecided)
    }

    /// A waiver fills no place.
    @Test func aWaiverOfADistinctGate() throws {
        var story = Story()
        story.review(Story.carol)
        story.waive("it", by: Story.carol)
        let keys = [
            "require: qa and security", "distinct: true", "block: none", "waive: { by: security, reason: required }",
        ]
        #expect(try story.gate(keys).outcome == .waived)
    }

    /// Enough different people do not make up for a condition that nobody knows.
    @Test func aConditionThatIsNotKnown() throws {
        let verdict = try gate("qa and security and files < 5", signed: [Story.bob, Story.dave]) {
            $0.facts.files = .unknown(Story.unknown("which files changed"))
        }
        #expect(verdict.outcome == .undecided)
    }

    /// Who may count for several places of two gates must choose; too many choices are given up, never guessed.
    @Test func tooManyToSeat() {
        let tables = [0, 4].map { first in
            Seating.Table(isDistinct: false, counts: (first..<(first + 4)).map { (bit: $0, count: 12) })
        }
        var seating = Seating(tables, Array(repeating: 0xFF, count: 23))
        var looks = 0
        #expect(seating.filled(&looks) == nil)
        #expect(seating.gaveUp)
    }

    /// More ways than anybody tries: given up, and said so, never passed.
    @Test func tooManyWays() throws {
        let either = Array(repeating: "(qa or security)", count: 12).joined(separator: " and ")
        let verdict = try gate("\(either) and leads", signed: [Story.bob, Story.carol, Story.erin])
        #expect(verdict.outcome == .undecided)
        #expect(verdict.unknowns.map(\.cause) == [.matcherGaveUp])
    }

    /// Parts that name each other again and again are looked at once each: 40 of them would be 2⁴⁰ ways.
    @Test(.timeLimit(.minutes(1)), arguments: ["distinct: true, ", ""])
    func partsThatNameEachOtherTwice(own: String) throws {
        var text = "version: 1\n" + (own.isEmpty ? "distinct: [g, h]\n" : "")
        text += "gates:\n  g: { \(own)require: 'gate(\"a0\")' }\n  h: { require: security }\nparts:\n"
        for number in 0..<40 {
            let next = "gate(\"a\(number + 1)\")"
            text += "  a\(number): { require: '\(next) and (\(next) or leads)' }\n"
        }
        var story = Story()
        story.review(Story.bob)
        let verdict = try story.verdict(text + "  a40: { require: qa }\n")
        #expect(verdict.gates.map(\.outcome) == [.approved, .waiting])
    }
}
