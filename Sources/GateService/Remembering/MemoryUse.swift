import GateStore

/// How much of what is known already an evaluation may use.
enum MemoryUse: Sendable {
    /// Everything is read anew.
    case nothing
    /// What head and base determine need not be read again.
    case facts
    /// The same, and the statuses on the head are read: somebody posted one.
    case factsWithoutRows
    /// The list shows the pull request as well, for the schedule.
    case listAndFacts

    /// What a claim may use: the operator wants everything looked at, and a push or a label leaves nothing to use.
    init(_ claim: Claim) {
        switch claim.cause {
        case Self.schedule where claim.urgency == .background && claim.attempts == 0: self = .listAndFacts
        case "operator", "start", "time", "push", "pull_request_sync", "pull_request_label": self = .nothing
        case "status": self = .factsWithoutRows
        default: self = claim.attempts == 0 ? .facts : .nothing
        }
    }

    /// The cause of what only the schedule asks for.
    static let schedule = "reconcile"
}
