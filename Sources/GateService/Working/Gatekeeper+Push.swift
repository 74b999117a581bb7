import GateForge
import GatePolicy
import GateStore
import Logging

extension Gatekeeper {
    /// Records a push that went to a protected branch past pull requests.
    ///
    /// The branch's new commit is one that a pull request became, or nobody's verdict was asked. Of several pushes
    /// between two looks only the last is seen.
    func checkPush(_ name: RepositoryName, _ branch: String, _ logger: Logger) async throws {
        guard let repository = try await store.repository(named: name) else { return }
        guard try await store.wasManaged(branch, of: repository.id) else {
            // Nor is it one once there is a policy, which this push may bring; the next one is.
            guard try await store.tip(repository.id, branch: branch) != nil,
                let answer = try await forge.branch(repository.name, branch)
            else { return }
            try await store.remember(tip: answer.commit, of: branch, in: repository.id)
            return
        }
        let isDefault = branch.isExactly(repository.defaultBranch)
        guard let answer = try await forge.branch(repository.name, branch) else { return }
        let before = try await store.tip(repository.id, branch: branch)
        guard before != answer.commit else { return }
        var bypass: Bypass?
        if let before, answer.isProtected || isDefault,
            try await !forge.recentMerges(repository.name).contains(answer.commit)
        {
            bypass = Bypass(
                kind: .push, repository: repository.name, number: nil, branch: branch, commit: answer.commit, by: nil,
                at: clock.now(), gates: await gates(of: repository, branch, at: before),
                summary: "`\(branch)` went to `\(answer.commit.short)` without a pull request")
        }
        // Not before it is known how it went there: else nobody would ask again.
        let isNew = try await store.remember(tip: answer.commit, of: branch, in: repository.id, bypass)
        guard isNew, let bypass else { return }
        GateInstruments.bypassed(.push)
        settings.tellOfBypass(bypass)
        logger.warning("pushed around the gates", metadata: ["commit": "\(answer.commit)"])
    }

    /// The same where the list of open pull requests shows a base to have moved that no delivery told of.
    func checkUnheardPush(_ repository: Int64, _ pull: PullRequestSnapshot, _ logger: Logger) async {
        let branch = pull.pullRequest.baseBranch
        guard let shown = pull.pullRequest.base else { return }
        do {
            guard let known = try await store.tip(repository, branch: branch) else {
                try await store.remember(tip: shown, of: branch, in: repository)
                return
            }
            if known != shown { try await checkPush(pull.repository.name, branch, logger) }
        } catch {
            // The next list shows it, too.
            logger.notice("cannot tell how a branch moved", metadata: ["problem": "\(error)"])
        }
    }

    /// The gates that the branch's policy asked for before it moved; none where that cannot be told any more.
    private func gates(of repository: RepositoryRecord, _ branch: String, at commit: CommitID) async -> [String] {
        do {
            let repository = try await forge.repository(repository.name)
            let policy = await decider.repositoryPolicy(
                of: repository, at: commit, into: branch,
                beside: await decider.organizationPolicy(of: repository.name.owner))
            guard case .policy(let policy) = policy else { return [] }
            return policy.gates.filter { gate in
                if case .enforce = gate.mode(at: clock.now().timestamp) { true } else { false }
            }.map(\.name)
        } catch {
            return []
        }
    }
}
