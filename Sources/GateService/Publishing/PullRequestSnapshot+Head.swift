import GateForge
import GatePolicy

extension PullRequestSnapshot {
    /// Whether both pull requests would show one set of statuses.
    func isSibling(of other: PullRequestSnapshot) -> Bool {
        pullRequest.number != other.pullRequest.number && shows(sameAs: other)
    }

    /// Whether both are of one head and one base.
    func shows(sameAs other: PullRequestSnapshot) -> Bool {
        pullRequest.head == other.pullRequest.head
            && pullRequest.baseBranch.isExactly(other.pullRequest.baseBranch)
    }
}
