import GateForge
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
        let causes = Self.causes(of: claim)
        self =
            if claim.attempts > 0 || !causes.isDisjoint(with: Self.leavingNothing) {
                .nothing
            } else if causes.contains("status") {
                .factsWithoutRows
            } else if causes == [Self.schedule], claim.urgency == .background {
                .listAndFacts
            } else {
                .facts
            }
    }

    /// Whether a delivery of a comment is what asks for a look.
    static func tellsOfAComment(_ claim: Claim) -> Bool {
        causes(of: claim).contains(WebhookEvent.comment.rawValue)
    }

    private static func causes(of claim: Claim) -> Set<String> {
        Set(claim.cause.split(separator: " ").map(String.init))
    }

    /// Whether an operator asked for it, beside whatever else did.
    static func isAskedForByHand(_ claim: Claim) -> Bool { causes(of: claim).contains(byHand) }

    /// The cause of what an operator asks for.
    static let byHand = "operator"

    private static let leavingNothing: Set = [
        byHand, start, "time", "push", "pull_request_sync", "pull_request_label",
    ]

    /// The cause of what is looked at because the service has just started.
    static let start = "start"

    /// The cause of what only the schedule asks for.
    static let schedule = "reconcile"
}
