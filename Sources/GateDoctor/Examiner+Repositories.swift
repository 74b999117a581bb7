import GateForge
import GatePolicy
import GateService
import Synchronization

extension Examiner {
    /// Reads every repository, some side by side, at most eight calls each.
    func repositories(_ candidates: [Candidate], _ examination: Examination) async -> [RepositoryEvidence] {
        let count = Count()
        return await candidates.sideBySide(width) { candidate in
            let evidence = await repository(candidate, examination)
            progress(count.next(), candidates.count, candidate.name.description)
            return evidence
        }
    }

    /// Reads what the owners of repositories ask of all of theirs: each once, for it is the same for every repository.
    func organizationPolicies(_ examination: inout Examination, _ candidates: [Candidate]) async {
        for index in examination.organizations.indices {
            let owner = examination.organizations[index].name
            guard candidates.contains(where: { $0.name.owner.lowercased() == owner.lowercased() }) else { continue }
            examination.organizations[index].policy = await decider.organizationPolicy(of: owner)
        }
    }

    private final class Count: Sendable {
        private let count = Mutex(0)

        func next() -> Int {
            count.withLock { count in
                count += 1
                return count
            }
        }
    }

    private func repository(_ candidate: Candidate, _ examination: Examination) async -> RepositoryEvidence {
        let name = candidate.name
        var rights = candidate.rights.map { Result<RepositoryRights, ForgeError>.success($0) }
        if rights == nil { rights = await outcome { () throws(ForgeError) in try await forge.rights(in: name) } }
        guard let rights, case .success(let known) = rights else {
            var evidence = RepositoryEvidence(name, rights ?? .success(RepositoryRights.none(name)))
            evidence.origin = candidate.origin
            guard case .failure(let error) = rights, case .notFound = error.kind else { return evidence }
            if candidate.origin == .named { evidence.isThere = await isThere(name) }
            if candidate.origin == .listed, let administrator, let branch = candidate.branch {
                evidence.gateSign = await outcome { () throws(ForgeError) in
                    try await gateSign(of: name, branch, administrator)
                }
            }
            return evidence
        }
        var evidence = RepositoryEvidence(known.repository.name, rights)
        evidence.origin = candidate.origin
        evidence.isLeftOut = !selection.contains(evidence.name)
        let branchName = known.repository.defaultBranch
        let branch = await outcome { () throws(ForgeError) in try await forge.branch(name, branchName) }
        evidence.branch = branch
        let tip: BranchAnswer
        switch branch {
        case .success(let answer?): tip = answer
        case .success(nil):
            evidence.policy = .unknown(
                Unknown(
                    cause: .nameGone, subject: "the policy of `\(name)`",
                    reason: "its default branch `\(branchName)` is not there",
                    cure: "push it, or choose another default branch in the settings of `\(name)`"))
            return evidence
        case .failure(let error):
            evidence.policy = .unknown(error.unknown(subject: "the policy of `\(name)`"))
            return evidence
        }
        let owner = known.repository.name.owner
        let organization: OrganizationPolicy
        if let known = examination.organization(owner)?.policy {
            organization = known
        } else {
            // A repository that moved has another owner than it was asked for under.
            organization = await decider.organizationPolicy(of: owner)
        }
        evidence.policy = await decider.repositoryPolicy(
            of: known.repository.repository, at: tip.commit, beside: organization)
        await protection(&evidence, organization, mayAdminister: known.mayAdminister)
        return evidence
    }

    /// Whether an administrator sees a repository that the service account does not.
    private func isThere(_ name: RepositoryName) async -> Bool? {
        guard let administrator else { return nil }
        switch await outcome({ () throws(ForgeError) in try await forge.rights(in: name, administrator) }) {
        case .success: return true
        case .failure(let error):
            if case .notFound = error.kind { return false }
            return nil
        }
    }

    /// What tells whoever is shown a repository that it has gates: a required status of ours, or a policy.
    private func gateSign(
        of name: RepositoryName, _ branch: String, _ credential: Credential
    ) async throws(ForgeError) -> String? {
        guard let tip = try await forge.branch(name, branch, credential) else { return nil }
        if let ours = tip.requiredContexts.first(where: { $0.contains("countersign") }) {
            return "`\(branch)` requires `\(ours)`"
        }
        let root = try await forge.directory(name, tip.commit, credential)
        for path in PolicyPath.inOrder {
            let parts = path.description.split(separator: "/").map { ExactText(String($0)) }
            guard let first = parts.first, let entry = root[first] else { continue }
            guard let file = parts.dropFirst().first else { return "`\(path)` is on `\(branch)`" }
            guard let folder = entry.directory else { continue }
            if try await forge.directory(name, folder, credential)[file] != nil { return "`\(path)` is on `\(branch)`" }
        }
        return nil
    }

    private func protection(
        _ evidence: inout RepositoryEvidence, _ organization: OrganizationPolicy, mayAdminister: Bool
    ) async {
        let name = evidence.name
        let pulls = await outcome { () throws(ForgeError) in try await forge.recentPulls(name) }
        evidence.pulls = pulls
        let recent = (try? pulls.get()) ?? []
        if case .success = pulls, evidence.isLookedAt { await statuses(&evidence, recent) }
        await others(&evidence, recent, organization)
        guard evidence.isLookedAt || !evidence.others.isEmpty,
            let administrator = administrator ?? (mayAdminister ? .service : nil)
        else { return }
        let rules = await outcome { () throws(ForgeError) in
            try await forge.protectionRules(of: name, administrator)
        }
        var hooks: Result<[Webhook], ForgeError>?
        if hookAddress != nil, evidence.isGatedSomewhere {
            hooks = await outcome { () throws(ForgeError) in
                try await forge.webhooks(at: .repository(name.description), administrator)
            }
        }
        (evidence.rules, evidence.hooks) = (rules, hooks)
        for index in evidence.others.indices {
            (evidence.others[index].rules, evidence.others[index].hooks) = (rules, hooks)
        }
    }

    /// The statuses of the newest pull request into the branch.
    func statuses(_ evidence: inout RepositoryEvidence, _ recent: [PullRequestSnapshot]) async {
        guard let base = evidence.base else { return }
        let name = evidence.name
        let ofBase = recent.filter { $0.pullRequest.baseBranch.isExactly(base) }
        guard let shown = ofBase.first(where: \.pullRequest.isOpen) ?? ofBase.first else { return }
        evidence.statusPull = shown.pullRequest.number
        evidence.isNewestYoung = age(shown) < Self.patience
        func statuses(of pull: PullRequestSnapshot) async -> Result<[CommitStatus], ForgeError> {
            let statuses = await outcome { () throws(ForgeError) in
                try await forge.statuses(name, of: pull.pullRequest.head, all: false)
            }
            if case .success = statuses, isSettled(pull) { evidence.settledHeads += 1 }
            return statuses
        }
        evidence.statuses = await statuses(of: shown)
        // One head proves little of what others post: it may be seconds old, or touch nothing that they build.
        for pull in ofBase where pull.pullRequest.number != shown.pullRequest.number && isSettled(pull) {
            guard evidence.otherHeads.count < Self.maximumOtherHeads, evidence.needsOtherHeads else { return }
            evidence.otherHeads.append(HeadEvidence(pull: pull.pullRequest.number, statuses: await statuses(of: pull)))
        }
    }

    /// Further heads that are looked at where a required status is on none so far.
    private static let maximumOtherHeads = 3
    /// Seconds after which whoever posts statuses should have done so.
    private static let settling: Int64 = 3600
    /// Seconds in which nobody has to have looked at a pull request.
    private static let patience: Int64 = 300

    private func isSettled(_ pull: PullRequestSnapshot) -> Bool { age(pull) >= Self.settling }

    /// Seconds since a pull request moved.
    private func age(_ pull: PullRequestSnapshot) -> Int64 {
        now().seconds - (pull.updatedAt ?? pull.pullRequest.createdAt).seconds
    }

    func outcome<Value: Sendable>(
        _ body: () async throws(ForgeError) -> Value
    ) async -> Result<Value, ForgeError> {
        do { return .success(try await body()) } catch { return .failure(error) }
    }
}

extension RepositoryRights {
    /// Of a repository that nothing is known of.
    static func none(_ name: RepositoryName) -> RepositoryRights {
        RepositoryRights(repository: ListedRepository(name: name), mayPush: false, mayAdminister: false)
    }
}

extension ListedRepository {
    /// The same as pull requests of it would show it.
    var repository: Repository {
        Repository(
            id: id, name: name, owner: Account(id: 0, login: name.owner),
            ownerIsOrganization: .unknown(
                Unknown(
                    cause: .notRead, subject: "whether `\(name.owner)` is an organisation", reason: "not asked for",
                    cure: "nothing")),
            isPrivate: isPrivate, defaultBranch: defaultBranch)
    }
}
