import GateForge
import GatePolicy

extension Decider {
    /// What was read side by side with a pull request; nil when any of it could not be read.
    func fresh(_ subject: Subject, comments: Bool) async -> FreshFacts? {
        async let reviews = Self.reviews(forge, subject)
        async let spoken = comments ? Self.comments(forge, subject) : nil
        let (answer, said) = (await reviews, await spoken)
        guard let answer, !comments || said != nil else { return nil }
        return FreshFacts(reviews: answer.reviews, drafts: answer.drafts, comments: said)
    }

    // What cannot be read here is read again with everything else, and then told.
    private static func reviews(_ forge: ForgeClient, _ subject: Subject) async -> (reviews: [Review], drafts: Int)? {
        try? await forge.reviewsAndDrafts(subject.repository, subject.number)
    }

    private static func comments(_ forge: ForgeClient, _ subject: Subject) async -> [Comment]? {
        try? await forge.comments(subject.repository, subject.number)
    }

    /// The verdict from what was kept and what was just read; nil when everything must be read anew.
    ///
    /// It may say what is not green at once. Before it lets anything go green its timeline must be shown to be still the
    /// forge's: `Decision.timeline`.
    func resume(
        _ subject: Subject, _ snapshot: PullRequestSnapshot, _ kept: KeptFacts, _ fresh: FreshFacts,
        _ account: Account?,
        _ recollection: Recollection
    ) async -> Decision? {
        let finding = await policies.find(of: snapshot)
        guard case .policy(let policy) = finding.answer,
            policy.gates.refusedContexts(settings.allowedContexts).isEmpty,
            case .known(let identities) = await recollection.identities(policy.digest)
        else { return nil }
        let loader = FactsLoader(forge: forge, settings: settings)
        let begun = kept.facts(
            for: snapshot, fresh, serviceAccount: account, now: now(), recollection, identities)
        guard let (facts, drafts) = await loader.resume(policy, begun) else { return nil }
        let verdict = await policy.evaluated(facts, settings)
        guard await policy.reasonsForRepair(verdict, facts).isEmpty,
            !verdict.asksForRecheck(since: recollection.remembered.lastLook)
        else { return nil }
        var decision = Decision(
            subject: subject, snapshot: snapshot, result: .verdict(verdict),
            warnings: policy.warnings + verdict.goneNames)
        decision.policyMark = policy.digest
        decision.policyBranch = finding.branch
        decision.drafts = drafts ?? fresh.drafts
        decision.basis = Basis(policy: policy, facts: facts)
        decision.timeline = kept.timeline
        decision.isResumed = true
        return decision
    }

    /// Whether nothing was pushed, retargeted or labelled since a timeline was read.
    /// - Parameter facts: what was decided by: where these have a row in it, an empty timeline is no answer.
    func isStill(
        _ timeline: [TimelineEntry], _ subject: Subject, _ facts: Facts?
    ) async -> Result<Bool, ForgeError> {
        do {
            let hasRows = facts?.standInTheTimeline ?? false
            return .success(
                try await forge.timeline(subject.repository, subject.number, hasRows: hasRows) == timeline)
        } catch {
            return .failure(error)
        }
    }
}

extension Decider {
    /// Whether what verdicts were computed from is still what the forge says, as far as people change it there.
    ///
    /// For pull requests that were decided on one after the other: what was read for the first is old after the last.
    func areStill(_ decisions: [Decision]) async -> Result<Bool, ForgeError> {
        await withTaskGroup(of: Result<Bool, ForgeError>.self) { group in
            for decision in decisions { group.addTask { await isStill(decision) } }
            for await result in group {
                guard case .success(true) = result else { return result }
            }
            return .success(true)
        }
    }

    private func isStill(_ decision: Decision) async -> Result<Bool, ForgeError> {
        // Without facts there is no verdict but that on a repair, which an administrator signs.
        guard let facts = decision.basis?.facts, let timeline = decision.timeline else { return .success(true) }
        // What was not known was not decided by.
        async let spoken = fresh(decision.subject, comments: facts.comments?.value != nil)
        let still = await isStill(timeline, decision.subject, facts)
        guard case .success(true) = still else { return still }
        guard let spoken = await spoken else { return .success(false) }
        return .success(
            facts.reviews?.value.map { $0 == spoken.reviews } ?? true
                && facts.comments?.value.map { $0 == spoken.comments } ?? true)
    }
}

extension Verdict {
    /// Whether somebody asked to look again since a look at the comments: then nothing old is used.
    fileprivate func asksForRecheck(since last: Remembered.Look?) -> Bool {
        commands.contains { fate in
            guard case .recheck = fate.command.action else { return false }
            return last.map { fate.comment > $0.comment } ?? true
        }
    }
}
