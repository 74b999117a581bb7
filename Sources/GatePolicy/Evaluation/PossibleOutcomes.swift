/// Outcomes that a gate has for some way of filling in the unknowns.
struct PossibleOutcomes: OptionSet {
    let rawValue: UInt8

    static let notNeeded = PossibleOutcomes(rawValue: 1)
    static let rejected = PossibleOutcomes(rawValue: 2)
    static let waived = PossibleOutcomes(rawValue: 4)
    static let approved = PossibleOutcomes(rawValue: 8)
    static let waiting = PossibleOutcomes(rawValue: 16)

    /// Those whose status is green.
    private static let green: PossibleOutcomes = [.notNeeded, .waived, .approved]

    /// The outcome: certain, or the same for the commit status whatever the unknowns are, or undecided; of none at all
    /// nothing is known.
    var outcome: Outcome {
        if isEmpty { return .undecided }
        if isSubset(of: .green) { return contains(.approved) ? .approved : contains(.waived) ? .waived : .notNeeded }
        switch self {
        case .rejected: return .rejected
        case .waiting: return .waiting
        default: return .undecided
        }
    }

    /// Whether it is one certain outcome, and green.
    var isCertainlyGreen: Bool { isSubset(of: .green) && rawValue.nonzeroBitCount == 1 }

    /// Whether it is one of some outcomes; unknown, for these reasons, where it may be, and where there is none at all.
    func isOne(of outcomes: PossibleOutcomes, else reasons: Set<Unknown>) -> Truth {
        if isEmpty { return .unknown(reasons) }
        return isSubset(of: outcomes) ? .yes : isDisjoint(with: outcomes) ? .no : .unknown(reasons)
    }
}
