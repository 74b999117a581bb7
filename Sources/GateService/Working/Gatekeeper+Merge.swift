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
            var now = await decider.decide(
                subject, look.snapshot, serviceAccount: look.account, recollection: look.recollection)
            let hasNoPolicy = now.outcome == nil
            await managed(&now, look)
            let passing = known.flatMap { $0.passes(look.pull) ? $0 : nil }
            let held = passing == nil ? nil : try await shownInstead(look)
            let passed = held == nil && passing?.summaryStatus?.letsThrough == true ? passing : nil
            if let passing = now.passingObstacle, passed == nil || claim.attempts < Self.readingsOfAMerge {
                return .failed(retryAt: retry(after: claim.attempts + 1), problem: passing.reason)
            }
            // A policy that is gone says less than the last verdict by it.
            let last = hasNoPolicy && now.outcome != nil ? known.flatMap { $0.isOf(look.pull) ? $0 : nil } : nil
            let decision = passed ?? (held == nil ? nil : passing) ?? last ?? now.record(look, nil, [])
            guard decision.outcome != nil else { return .done(again: nil) }
            let merge = look.snapshot.merge
            let at = merge?.at.map { Moment($0) } ?? clock.now()
            let record = MergeRecord(
                repository: repository.name, number: look.pull.number, title: look.pull.title, head: look.pull.head,
                base: look.pull.baseBranch, commit: merge?.commit, by: merge?.by, at: at, decision: decision)
            let bypass = held != nil || !decision.passes(look.pull) ? Bypass(record, held?.description) : nil
            guard
                try await store.record(record, of: repository.id, facts: now.basis?.facts, bypass: bypass),
                let bypass
            else { return .done(again: nil) }
            await tell(of: bypass, look, logger)
            return .done(again: nil)
        } catch {
            return .failed(retryAt: retry(after: claim.attempts + 1), problem: error.description)
        }
    }

    /// How often the facts of a merge that had passed are tried to be read before it is recorded with what is known.
    private static let readingsOfAMerge = 3

    /// What its commit showed though its own verdict passed: a sibling's status, a forged one's, that nobody could look.
    private func shownInstead(_ look: Look) async throws(StoreError) -> Publication? {
        let context = Policy.summaryContext(base: look.pull.baseBranch)
        return try await store.publications(look.snapshot.repository.id, head: look.pull.head).first {
            $0.context.isExactly(context) && !$0.state.passes && !$0.isWithdrawal
        }
    }

    private func tell(of bypass: Bypass, _ look: Look, _ logger: Logger) async {
        GateInstruments.bypassed(.merge)
        logger.warning(
            "merged around the gates",
            metadata: ["by": "\(bypass.by?.login ?? "?")", "gates": "\(bypass.gates.joined(separator: ", "))"])
        settings.tellOfBypass(bypass)
        if settings.commentsOnBypass {
            let gates = bypass.gates.map { "`\($0)`" }.joined(separator: ", ")
            let what = gates.isEmpty ? "its status was not green." : "not all gates had passed: \(gates)."
            // A courtesy: the record is what counts.
            _ = try? await forge.comment(
                "Merged although \(what)", on: look.pull.number, of: look.snapshot.repository.name)
        }
    }
}

extension Bypass {
    /// - Parameter shown: what the commit showed in place of its own verdict.
    fileprivate init(_ merge: MergeRecord, _ shown: String?) {
        self.init(
            kind: .merge, repository: merge.repository, number: merge.number, branch: merge.base, commit: merge.head,
            by: merge.by, at: merge.at, gates: merge.decision.openGates, summary: shown ?? merge.decision.summary)
    }
}

extension PostedStatus {
    fileprivate var letsThrough: Bool { stands && state.passes }
}

extension DecisionRecord {
    /// Whether it lets exactly this head into exactly this base.
    fileprivate func passes(_ pull: PullRequest) -> Bool { isOf(pull) && outcome?.status == .success }

    /// Whether it is about exactly this head and this base.
    fileprivate func isOf(_ pull: PullRequest) -> Bool {
        pullRequest.head == pull.head && pullRequest.baseBranch.isExactly(pull.baseBranch)
    }

    /// The gates that hold it back.
    var openGates: [String] {
        guard case .verdict(let verdict) = result else { return [] }
        return verdict.gates.filter { $0.isEnforced && $0.outcome.status != .success }.map(\.name)
    }
}
