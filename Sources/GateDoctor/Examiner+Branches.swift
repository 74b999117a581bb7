import GateForge
import GatePolicy
import GateService

extension Examiner {
    /// Further branches that are looked at for one repository.
    private static let maximumOthers = 10

    /// The branches besides the default one that the policy speaks of: those it names, and those that its patterns match
    /// among all that there are.
    func others(
        _ evidence: inout RepositoryEvidence, _ recent: [PullRequestSnapshot], _ organization: OrganizationPolicy
    ) async {
        guard let policy = evidence.validPolicy, let base = evidence.base,
            case .success(let rights) = evidence.rights
        else { return }
        let listed = await branches(&evidence, policy)
        // Where there is much to look at, what holds nobody back comes first.
        let byNeed = (listed?.values.sorted { $0.name < $1.name } ?? []).filter { policy.speaks(ofBase: $0.name) }
        let open = byNeed.filter { !$0.isHeld }
        let matched = recent.map(\.pullRequest.baseBranch).filter { policy.speaks(ofBase: $0) }
        var names: [ExactText] = []
        for name in policy.namedBases + open.map(\.name) + matched + byNeed.map(\.name)
        where !name.isExactly(base) && !names.contains(ExactText(name)) { names.append(ExactText(name)) }
        // A branch of that name may come yet: the policy's own doubts are told elsewhere.
        if let listed { names = names.filter { listed[$0] != nil } }
        evidence.unseenBases = max(0, names.count - Self.maximumOthers)
        for name in names.prefix(Self.maximumOthers) {
            let repository = evidence.name
            var other = evidence
            (other.others, other.unseenBases, other.statuses, other.statusPull) = ([], 0, nil, nil)
            (other.otherHeads, other.settledHeads, other.branchList) = ([], 0, nil)
            other.furtherBranch = name.description
            if let known = listed?[name] {
                other.branch = .success(known)
            } else {
                other.branch = await outcome { () throws(ForgeError) in
                    try await forge.branch(repository, name.description)
                }
            }
            guard case .success(let tip?) = other.branch else {
                if case .failure(let error) = other.branch {
                    other.policy = .unknown(error.unknown(subject: "the policy of `\(name)` of `\(repository)`"))
                    evidence.others.append(other)
                }
                continue
            }
            other.policy = await decider.repositoryPolicy(
                of: rights.repository.repository, at: tip.commit, into: tip.name, beside: organization)
            await statuses(&other, recent)
            evidence.others.append(other)
        }
    }

    /// The branches there are, where only they tell of which a policy speaks; nil where they need not, or cannot, be read.
    private func branches(
        _ evidence: inout RepositoryEvidence, _ policy: Policy
    ) async -> [ExactText: BranchAnswer]? {
        guard policy.speaksOfBasesByPattern else { return nil }
        let name = evidence.name
        switch await outcome({ () throws(ForgeError) in try await forge.branches(of: name) }) {
        case .success(let branches):
            return Dictionary(branches.map { (ExactText($0.name), $0) }, uniquingKeysWith: { $1 })
        case .failure(let error):
            evidence.branchList = error
            return nil
        }
    }
}

extension BranchAnswer {
    /// Whether the branch requires its summary.
    fileprivate var isHeld: Bool {
        let summary = Policy.summaryContext(base: name)
        return isProtected && isStatusCheckEnabled && requiredContexts.contains { ForgeGlob($0).matches(summary) }
    }
}
