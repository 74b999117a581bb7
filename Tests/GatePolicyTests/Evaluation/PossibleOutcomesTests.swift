import Testing

@testable import GatePolicy

@Suite struct PossibleOutcomesTests {
    private static let all: [(PossibleOutcomes, Outcome)] = [
        (.notNeeded, .notNeeded), (.rejected, .rejected), (.waived, .waived), (.approved, .approved),
        (.waiting, .waiting),
    ]

    /// Of every set of outcomes: one status whatever is not known, or undecided.
    @Test func whatASetComesTo() {
        for bits in UInt8(1)..<32 {
            let set = PossibleOutcomes(rawValue: bits)
            let members = Self.all.filter { set.contains($0.0) }.map(\.1)
            let isSame = Set(members.map(\.status)).count == 1
            #expect(set.outcome == (isSame ? members.last : .undecided), "\(members)")
            #expect(set.isCertainlyGreen == (members.count == 1 && members[0].status == .success), "\(members)")
            let good: PossibleOutcomes = [.approved, .waived]
            let answers = Set(members.map { $0 == .approved || $0 == .waived })
            let expected: Truth = answers.count == 1 ? Truth(answers.contains(true)) : .unknown([])
            #expect(set.isOne(of: good, else: []) == expected, "\(members)")
        }
    }

    /// Nothing passes by an empty list.
    @Test func ofNoneNothingIsKnown() {
        let none = PossibleOutcomes()
        #expect(none.outcome == .undecided && !none.isCertainlyGreen)
        #expect(none.isOne(of: [.approved], else: []) == .unknown([]))
    }
}
