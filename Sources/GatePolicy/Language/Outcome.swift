/// What a gate came to; the least favourable first.
public enum Outcome: String, Hashable, Sendable, Codable, CaseIterable {
    /// Somebody's request for changes stands, or the policy says never.
    case rejected
    /// Something could not be known, and it matters.
    case undecided
    /// Something is still missing.
    case waiting
    /// What was asked for is there.
    case approved
    /// Somebody who may has waived it.
    case waived
    /// Its `when` is false.
    case notNeeded = "not-needed"
    /// The policy switched it off.
    case off

    /// The commit status that says so.
    public var status: StatusState {
        switch self {
        case .rejected: .failure
        case .undecided: .error
        case .waiting: .pending
        case .approved, .waived, .notNeeded, .off: .success
        }
    }

    /// The outcome in words.
    public var wording: String { self == .notNeeded ? "not needed" : rawValue }

    /// Less favourable first.
    public func isWorse(than other: Outcome) -> Bool { rank < other.rank }

    private var rank: Int {
        switch self {
        case .rejected: 0
        case .undecided: 1
        case .waiting: 2
        case .approved, .waived, .notNeeded, .off: 3
        }
    }
}
