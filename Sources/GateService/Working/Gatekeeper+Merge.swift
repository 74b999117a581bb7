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
            let before = try await store.pull(repository.id, look.pull.number)
            let earlier = before?.decision.flatMap { $0.outcome != nil ? $0 : nil }
            let known = earlier.flatMap { $0.isOf(look.pull) ? $0 : nil }
            // What we said last may be behind what the forge knew: look once more before calling it a bypass. And whoever
            // asks later who signed finds what there was to see.
            let subject = Subject(repository: repository.name, number: look.pull.number)
            var now = await decider.decide(
                subject, look.snapshot, serviceAccount: look.account, recollection: look.recollection)
            let merge = look.snapshot.merge
            let at = merge?.at.map { Moment($0) } ?? clock.now()
            let passing = known.flatMap { $0.passes(look.pull) ? $0 : nil }
            var held: String?
            if let passing { held = try await shownInstead(of: passing, before?.checkedAt, look, mergedAt: at) }
            let passed = held == nil ? passing : nil
            if let passing = now.passingObstacle, passed == nil || claim.attempts < Self.readingsOfAMerge {
                return .failed(retryAt: retry(after: claim.attempts + 1), problem: passing.reason)
            }
            // As where it is known that there is no policy.
            if passing == nil, await isWithoutPolicy(now, look) { return .done(again: nil) }
            // A policy that is gone says less than the last verdict by it; so does one of a commit that the author chose,
            // less even than the verdict on an earlier head.
            let isLost = try await hasLostPolicy(now, look)
            let last = now.isByOlderPolicy ? earlier : isLost && now.outcome == nil ? known : nil
            if isLost { now.result = .undecided([.policyGone(repository.name, look.pull.baseBranch)]) }
            let decision = passing ?? last ?? now.record(look, nil, [])
            guard decision.outcome != nil else { return .done(again: nil) }
            let record = MergeRecord(
                repository: repository.name, number: look.pull.number, title: look.pull.title, head: look.pull.head,
                base: look.pull.baseBranch, commit: merge?.commit, by: merge?.by, at: at, decision: decision)
            let bypass = held != nil || !decision.passes(look.pull) ? Bypass(record, held) : nil
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

    /// How long before a merge something must have stood to be what it went past: the forge's clock is not ours, and
    /// looks go on.
    private static let doubtOfAMerge = Duration.seconds(2)

    /// What its commit showed when it was merged though its own verdict passed: a sibling's status, a forged one's, that
    /// nobody could look, or nothing; nil where it showed that verdict, or where that is not known.
    private func shownInstead(
        of passing: DecisionRecord, _ checkedAt: Moment?, _ look: Look, mergedAt merge: Moment
    ) async throws(StoreError) -> String? {
        let before = merge - Self.doubtOfAMerge
        let context = Policy.summaryContext(base: look.pull.baseBranch)
        let shown = try await store.publications(look.snapshot.repository.id, head: look.pull.head, before: before)
            .first { $0.context.isExactly(context) && !$0.isOfMergedCommit }
        if let shown, !shown.state.passes { return shown.description }
        guard let status = passing.summaryStatus, !status.stands, let checkedAt, checkedAt < before else { return nil }
        if status.result == .left { return "somebody else's status stood there" }
        // Green it was where it has a row; that its text could not be renewed held nobody.
        return shown.map { $0.row != 0 } ?? false ? nil : "its status could not be posted"
    }

    /// Whether its branch had a policy, and has none: asked, and not written, for it is over and others go on.
    private func hasLostPolicy(_ decision: Decision, _ look: Look) async throws(StoreError) -> Bool {
        guard case .unmanaged = decision.result, let branch = decision.policyBranch else { return false }
        let repository = look.snapshot.repository.id
        if try await store.wasManaged(look.pull.baseBranch, of: repository) { return true }
        return try await store.wasManaged(branch, of: repository)
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
