import GateForge
import GatePolicy
import GateStore
import Logging

extension Gatekeeper {
    /// Records what the policy said of a merged pull request, and that it went around a gate when it did.
    func recordMerge(_ look: Look, _ claim: Claim, _ logger: Logger) async -> Settlement {
        let repository = look.snapshot.repository
        do throws(StoreError) {
            if try await store.merge(repository.id, look.pull.number) != nil { return .done(again: nil) }
            let known = try await store.pull(repository.id, look.pull.number)?.decision
            // What we said last may be behind what the forge knew: look once more before calling it a bypass. And whoever
            // asks later who signed finds what there was to see.
            let subject = Subject(repository: repository.name, number: look.pull.number)
            let now = await decider.decide(
                subject, look.snapshot, serviceAccount: look.account, recollection: look.recollection)
            let passed = known?.passes(look.pull) == true ? known : nil
            if let passing = now.passingObstacle, passed == nil || claim.attempts < Self.readingsOfAMerge {
                return .failed(retryAt: retry(after: claim.attempts + 1), problem: passing.reason)
            }
            let decision = passed ?? now.record(look, nil, [])
            guard decision.outcome != nil else { return .done(again: nil) }
            let merge = look.snapshot.merge
            let at = merge?.at.map { Moment($0) } ?? clock.now()
            let isNew = try await store.record(
                MergeRecord(
                    repository: repository.name, number: look.pull.number, title: look.pull.title, head: look.pull.head,
                    base: look.pull.baseBranch, commit: merge?.commit, by: merge?.by, at: at, decision: decision),
                of: repository.id, facts: now.basis?.facts)
            if isNew, !decision.passes(look.pull) { try await recordBypass(look, decision, at, logger) }
            return .done(again: nil)
        } catch {
            return .failed(retryAt: retry(after: claim.attempts + 1), problem: error.description)
        }
    }

    /// How often the facts of a merge that had passed are tried to be read before it is recorded with what is known.
    private static let readingsOfAMerge = 3

    private func recordBypass(
        _ look: Look, _ decision: DecisionRecord, _ at: Moment, _ logger: Logger
    ) async throws(StoreError) {
        let repository = look.snapshot.repository
        let bypass = Bypass(
            kind: .merge, repository: repository.name, number: look.pull.number, branch: look.pull.baseBranch,
            commit: look.pull.head, by: look.snapshot.merge?.by, at: at, gates: decision.openGates,
            summary: decision.summary)
        guard try await store.record(bypass, of: repository.id) else { return }
        GateInstruments.bypassed(.merge)
        logger.warning(
            "merged around the gates",
            metadata: ["by": "\(bypass.by?.login ?? "?")", "gates": "\(bypass.gates.joined(separator: ", "))"])
        await settings.tellOfBypass(bypass)
        if settings.commentsOnBypass {
            let gates = bypass.gates.map { "`\($0)`" }.joined(separator: ", ")
            // A courtesy: the record is what counts.
            _ = try? await forge.comment(
                "Merged although not all gates had passed: \(gates).", on: look.pull.number, of: repository.name)
        }
    }
}

extension DecisionRecord {
    /// Whether it lets exactly this head into exactly this base.
    func passes(_ pull: PullRequest) -> Bool {
        pullRequest.head == pull.head && pullRequest.baseBranch.isExactly(pull.baseBranch)
            && outcome?.status == .success
    }

    /// The gates that hold it back.
    var openGates: [String] {
        guard case .verdict(let verdict) = result else { return [] }
        return verdict.gates.filter { $0.isEnforced && $0.outcome.status != .success }.map(\.name)
    }
}
