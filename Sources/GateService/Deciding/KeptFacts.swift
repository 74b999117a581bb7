import GateForge
import GatePolicy

/// What was read of a pull request and need not be read again: what its head and its base's commit determine.
///
/// It begins at a timeline, which is the opening look of every evaluation that uses it: while a later timeline says the
/// same, nothing was pushed, retargeted or labelled in between.
public struct KeptFacts: Sendable {
    /// The pull request as it was.
    var snapshot: PullRequestSnapshot
    /// The timeline as the forge showed it, without what was remembered of it.
    var timeline: [TimelineEntry]
    /// The facts; only those that are known and that nothing but head and base determines.
    var facts: Facts
    /// Whether comments are read with every look: a gate asks for them, or there is a command in them.
    var asksForComments: Bool
    /// When they were read.
    var readAt: Timestamp
    /// The last proof that the timeline holds.
    var proof: TimelineProof

    /// Who an address of a commit belongs to can change without a trace, so nothing is kept for longer.
    static let maximumAge: Int64 = 6 * 3600

    /// What is to be kept after a verdict; nil without a timeline or without the base's commit.
    init?(_ decision: Decision, _ proof: TimelineProof) {
        guard let basis = decision.basis, let snapshot = decision.snapshot, let timeline = decision.timeline,
            snapshot.pullRequest.base != nil
        else { return nil }
        self.init(
            snapshot, timeline, basis.facts, proof, asksForComments: basis.policy.readsComments || decision.hasCommands)
    }

    init(
        _ snapshot: PullRequestSnapshot, _ timeline: [TimelineEntry], _ facts: Facts, _ proof: TimelineProof,
        asksForComments: Bool
    ) {
        self.snapshot = snapshot
        self.timeline = timeline
        self.asksForComments = asksForComments
        readAt = facts.now
        self.proof = proof
        let pull = facts.pullRequest
        var kept = Facts(now: facts.now, repository: facts.repository, pullRequest: pull)
        kept.files = facts.files.flatMap { $0.value.map { .known($0) } }
        kept.commits = facts.commitsOfHead.flatMap { $0.value.map { .known($0) } }
        kept.watchedFiles = facts.watchedFiles.flatMap { $0.value.map { .known($0) } }
        // Of other branches nobody knows whether they moved.
        kept.effectiveChanges = facts.effectiveChanges.filter {
            $0.key.baseBranch.isExactly(pull.baseBranch) && $0.value.value != nil
        }
        if pull.baseBranch.isExactly(facts.repository.defaultBranch) {
            kept.templates = facts.templates.flatMap { $0.value.map { .known($0) } }
        }
        // Whether a policy file is valid is not kept: which teams there are changes without a trace.
        self.facts = kept
    }

    /// Whether it is of the head, the base's commit and the labels that a later look shows, and not too old.
    func holds(for later: PullRequestSnapshot, at now: Timestamp) -> Bool {
        let age = now.seconds - readAt.seconds
        guard age >= 0, age <= Self.maximumAge, later.repository == snapshot.repository else { return false }
        var before = snapshot.pullRequest
        let after = later.pullRequest
        // Texts are read anew; the merge base is computed by the forge in the background.
        (before.title, before.body, before.mergeBase) = (after.title, after.body, after.mergeBase)
        before.isDraft = after.isDraft
        return before == after && after.base != nil && after.isOpen
    }

    /// The facts of a later evaluation, as far as they need not be read.
    func facts(
        for later: PullRequestSnapshot, _ fresh: FreshFacts, serviceAccount: Account?, now: Timestamp,
        _ recollection: Recollection, _ identities: [String: Int64]
    ) -> Facts {
        var next = facts
        next.now = now
        next.repository = later.repository
        next.pullRequest = later.pullRequest
        next.serviceAccount = serviceAccount
        next.timeline = .known(recollection.remembered.completing(timeline))
        next.remembered = recollection.remembered
        next.answersSeen = recollection.answers
        next.rememberedIdentities = identities
        next.reviews = .known(fresh.reviews)
        next.comments = fresh.comments.map { .known($0) }
        return next
    }

    /// How much memory it takes, in rows of lists.
    var rows: Int {
        let changes = facts.effectiveChanges.values.reduce(0) { $0 + (($1.value ?? nil)?.entries.count ?? 0) }
        return 1 + timeline.count + (facts.files?.value?.count ?? 0) + (facts.commits?.value?.count ?? 0) + changes
            + snapshot.pullRequest.body.utf8.count / 256
    }
}

/// What leaves no trace when it changes, and is read for every evaluation, side by side with the pull request.
struct FreshFacts: Sendable {
    var reviews: [Review]
    /// How many reviews are drafts of others.
    var drafts: Int
    /// The comments; nil where the policy asked for none.
    var comments: [Comment]?
}
