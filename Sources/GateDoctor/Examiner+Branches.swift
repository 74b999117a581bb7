import GateForge
import GatePolicy
import GateService

extension Examiner {
    /// Further branches that are looked at for one repository.
    private static let maximumOthers = 10

    /// The branches besides the default one that something is gated on: those that the policy speaks of, and those that
    /// open pull requests are for, which have a policy of their own; where the default branch has none, so may those that
    /// are protected.
    func others(
        _ evidence: inout RepositoryEvidence, _ recent: [PullRequestSnapshot], _ organization: OrganizationPolicy
    ) async {
        guard let base = evidence.base, case .success(let rights) = evidence.rights else { return }
        let listed = await branches(&evidence)
        var names = evidence.bases(among: listed, recent).filter { !$0.name.description.isExactly(base) }
        // A branch of that name may come yet: the policy's own doubts are told elsewhere.
        if let listed { names = names.filter { listed[$0.name] != nil } }
        evidence.unseenBases = max(0, names.count - Self.maximumOthers)
        for (name, isSpokenOf) in names.prefix(Self.maximumOthers) {
            let repository = evidence.name
            var other = evidence
            (other.others, other.unseenBases, other.statuses, other.statusPull) = ([], 0, nil, nil)
            (other.otherHeads, other.settledHeads, other.branchList) = ([], 0, nil)
            other.furtherBranch = name.description
            other.isSpokenOf = isSpokenOf
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
            // Of a branch without a policy that no policy speaks of there is nothing to say.
            if !isSpokenOf, case .absent? = other.policy, !tip.asksForUs { continue }
            await statuses(&other, recent)
            evidence.others.append(other)
        }
    }

    /// The branches there are, where only they tell of which a policy speaks; nil where they need not, or cannot, be read.
    private func branches(_ evidence: inout RepositoryEvidence) async -> [ExactText: BranchAnswer]? {
        guard evidence.isWithoutPolicy || evidence.validPolicy?.speaksOfBasesByPattern == true else { return nil }
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

extension RepositoryEvidence {
    /// The branches that something may be gated on, each once, and whether the policy speaks of it by name or pattern.
    ///
    /// Where there is much to look at, what holds nobody back comes first.
    fileprivate func bases(
        among listed: [ExactText: BranchAnswer]?, _ recent: [PullRequestSnapshot]
    ) -> [(name: ExactText, isSpokenOf: Bool)] {
        let policy = validPolicy
        func isSpokenOf(_ name: String) -> Bool { policy?.speaks(ofBase: name) == true }
        let pulls = recent.map(\.pullRequest)
        let branches = listed?.values.sorted { $0.name < $1.name } ?? []
        let byPattern = branches.filter { isSpokenOf($0.name) }
        let open = pulls.filter(\.isOpen).map(\.baseBranch)
        let heads = Set(pulls.filter { $0.forkOwner == nil }.map { ExactText($0.headBranch) })
        let bases = Set(pulls.map { ExactText($0.baseBranch) })
        var inTurn = policy?.namedBases ?? []
        inTurn += byPattern.filter { !$0.isHeld }.map(\.name)
        inTurn += open.filter { !heads.contains(ExactText($0)) }
        inTurn += pulls.map(\.baseBranch).filter(isSpokenOf)
        if isWithoutPolicy { inTurn += branches.filter(\.isProtected).map(\.name) }
        inTurn += byPattern.map(\.name)
        if policy?.speaksOfOtherBases == true {
            // Those of a change that nobody opens anything into are no bases.
            let rest = branches.filter { branch in
                let name = ExactText(branch.name)
                return branch.isProtected || bases.contains(name) || !heads.contains(name)
            }
            inTurn += rest.filter { $0.isProtected && !$0.isHeld }.map(\.name)
            inTurn += rest.filter { !$0.isProtected }.map(\.name) + rest.map(\.name)
        }
        inTurn += open
        var seen: Set<ExactText> = []
        return inTurn.filter { seen.insert(ExactText($0)).inserted }.map { (ExactText($0), isSpokenOf($0)) }
    }
}

extension BranchAnswer {
    /// Whether the branch requires its summary.
    fileprivate var isHeld: Bool {
        let summary = Policy.summaryContext(base: name)
        return isProtected && isStatusCheckEnabled && requiredContexts.contains { ForgeGlob($0).matches(summary) }
    }

    /// Whether the branch requires something that looks like ours.
    var asksForUs: Bool { requiredContexts.contains { $0.contains("countersign") } }
}
