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

/// What an organisation's own file says to all of its repositories.
public struct OrganizationPolicy: Sendable {
    /// The repository it is in.
    public let repository: RepositoryName
    let answer: OrganizationFile.Answer

    /// Why nobody can say what it asks of every repository; nil where that is known.
    public var unknown: Unknown? {
        switch answer {
        case .absent, .found: nil
        case .hidden(let unknown), .unreadable(let unknown), .unknown(let unknown): unknown
        }
    }

    /// Whether its repository is there and not shown to the service account.
    public var isHidden: Bool { if case .hidden = answer { true } else { false } }

    /// Whether there provably is none.
    public var isAbsent: Bool { if case .absent = answer { true } else { false } }

    /// One that provably is not there.
    static func none(of owner: String) -> OrganizationPolicy { OrganizationPolicy(owner, .absent) }

    /// One that could not be read.
    /// - Parameter isHidden: whether its repository is there and not shown.
    static func unknown(_ unknown: Unknown, of owner: String, isHidden: Bool) -> OrganizationPolicy {
        OrganizationPolicy(owner, isHidden ? .hidden(unknown) : .unknown(unknown))
    }

    init(_ owner: String, _ answer: OrganizationFile.Answer) {
        repository = RepositoryName(owner: owner, name: OrganizationFile.repository)
        self.answer = answer
    }
}

extension Decider {
    /// What an organisation, or a user, asks of all repositories; read once for many of them.
    public func organizationPolicy(of owner: String) async -> OrganizationPolicy {
        OrganizationPolicy(owner, await policies.organizationFile(of: owner))
    }

    /// The policy that judges pull requests into a branch.
    ///
    /// Where nobody can say what the organisation asks, it is the repository's own; the organisation's own alone is
    /// unknown then.
    /// - Parameters:
    ///   - commit: the branch's last commit.
    ///   - base: the branch; nil for the default branch.
    public func repositoryPolicy(
        of repository: Repository, at commit: CommitID, into base: String? = nil,
        beside organization: OrganizationPolicy
    ) async -> PolicyAnswer {
        let branch = base ?? repository.defaultBranch
        let snapshot = PullRequestSnapshot(
            repository: repository,
            pullRequest: PullRequest(
                number: 0, title: "", author: nil, head: commit, headBranch: branch, baseBranch: branch, base: commit))
        let known = organization.unknown == nil ? organization.answer : .absent
        switch await policies.policy(of: snapshot, beside: known) {
        case .policy(let policy):
            let refused = policy.gates.refusedContexts(settings.allowedContexts)
            return refused.isEmpty ? .policy(policy) : .broken(refused)
        case .broken(let broken): return .broken(broken.diagnostics)
        case .absent: return organization.unknown.map { .unknown($0) } ?? .absent
        case .unknown(let unknown): return .unknown(unknown)
        }
    }
}
