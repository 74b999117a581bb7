import GateForge
import GatePolicy
import GateStore
import Logging

extension Gatekeeper {
    /// Records a push that went to a protected branch past pull requests.
    ///
    /// The branch's new commit is one that a pull request became, or nobody's verdict was asked. Of several pushes
    /// between two looks only the last is seen.
    func checkPush(_ claim: Claim, _ branch: String, _ logger: Logger) async {
        do {
            guard let repository = try await store.repository(named: claim.repository), repository.state == .managed
            else {
                return
            }
            if !branch.isExactly(repository.defaultBranch) {
                guard try await store.isBase(branch, of: repository.id) else { return }
            }
            guard let answer = try await forge.branch(repository.name, branch),
                answer.isProtected || branch.isExactly(repository.defaultBranch)
            else { return }
            let before = try await store.exchangeTip(repository.id, branch: branch, answer.commit)
            guard let before, before != answer.commit else { return }
            guard try await !forge.recentMerges(repository.name).contains(answer.commit) else { return }
            let bypass = Bypass(
                kind: .push, repository: repository.name, number: nil, branch: branch, commit: answer.commit, by: nil,
                at: clock.now(), gates: [],
                summary: "`\(branch)` went to `\(answer.commit.short)` without a pull request")
            guard try await store.record(bypass, of: repository.id) else { return }
            GateInstruments.bypassed(.push)
            await settings.tellOfBypass(bypass)
            logger.warning("pushed around the gates", metadata: ["commit": "\(answer.commit)"])
        } catch {
            // Nothing depends on it: the next push is looked at again.
            logger.notice("cannot tell how a branch moved", metadata: ["problem": "\(error)"])
        }
    }
}
