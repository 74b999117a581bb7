import GateForge
import GatePolicy

/// What was found where a policy should be.
public enum PolicyAnswer: Sendable {
    /// A policy.
    case policy(Policy)
    /// A policy with mistakes.
    case broken([Diagnostic])
    /// None, and that was proven.
    case absent
    /// It could not be read.
    case unknown(Unknown)
}

extension Decider {
    /// The policy that judges pull requests into the default branch, the organisation's own left aside.
    /// - Parameter commit: the default branch's last commit.
    public func repositoryPolicy(of repository: Repository, at commit: CommitID) async -> PolicyAnswer {
        var own = settings
        own.usesOrganizationPolicy = false
        let source = PolicySource(forge: forge, settings: own, override: nil)
        let branch = repository.defaultBranch
        let snapshot = PullRequestSnapshot(
            repository: repository,
            pullRequest: PullRequest(
                number: 0, title: "", author: nil, head: commit, headBranch: branch, baseBranch: branch, base: commit))
        switch await source.policy(of: snapshot) {
        case .policy(let policy):
            let refused = policy.refusedContexts(settings.allowedContexts)
            return refused.isEmpty ? .policy(policy) : .broken(refused)
        case .broken(let diagnostics): return .broken(diagnostics)
        case .absent: return .absent
        case .unknown(let unknown): return .unknown(unknown)
        }
    }
}
