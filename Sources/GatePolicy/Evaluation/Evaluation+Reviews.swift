extension Evaluation {
    /// An approving review with its validity under some rules, and its fate when it does not count.
    struct JudgedReview {
        var review: Review
        var validity: Truth
        /// Why not, or why nobody knows; nil while it counts.
        var fate: Fate?
    }

    /// Every review of the list, judged as an approval under the rules; requests for changes are left to `Block`.
    mutating func judgeApprovals(_ reviews: [Review], _ rules: ApprovalRules) -> [JudgedReview] {
        let decisions = reviews.filter(isDecision).sorted { $0.id < $1.id }
        return reviews.map { judge($0, among: decisions, rules) }
    }

    /// A row that decides something; rows without user, commit or known state are set aside before anything else.
    private func isDecision(_ review: Review) -> Bool {
        guard let author = review.author, author.isReal, review.commit != nil else { return false }
        return review.state == .approved || review.state == .requestChanges
    }

    private mutating func judge(_ review: Review, among decisions: [Review], _ rules: ApprovalRules) -> JudgedReview {
        func out(_ fate: Fate) -> JudgedReview { JudgedReview(review: review, validity: .no, fate: fate) }
        switch review.state {
        case .approved, .requestChanges: break
        case .comment, .requestReview: return out(.comment)
        case .pending: return out(.draft)
        case .other(let word): return out(.unknownState(word))
        }
        guard let author = review.author, author.isReal else { return out(.noAccount) }
        guard let commit = review.commit else { return out(.noCommit) }
        if let created = facts.repository.createdAt, review.submittedAt < created { return out(.migrated) }
        if review.state == .requestChanges { return out(.blocks) }
        if review.isDismissed { return out(.dismissed) }
        let later = decisions.last {
            $0.id > review.id && $0.author == author && ($0.state == .requestChanges || $0.isDismissed)
        }
        if let later { return out(.superseded(by: later.id)) }
        if author == facts.serviceAccount { return out(.serviceAccount) }
        if author.isActive == false { return out(.inactive) }
        if !rules.author, author == facts.pullRequest.author { return out(.author) }
        let eligible = rules.committers ? Truth.yes : !isCommitter(author)
        if eligible == .no { return out(.committer) }
        let (fresh, fate) = freshness(of: commit, givenAt: review.submittedAt, rules.stale)
        if fresh == .no { return JudgedReview(review: review, validity: .no, fate: fate) }
        let validity = eligible && fresh
        return JudgedReview(
            review: review, validity: validity, fate: validity == .yes ? nil : .unknowable(validity.unknowns.inOrder))
    }

    /// Whether what was given for a commit stands for the present head and base.
    mutating func freshness(
        of commit: CommitID, givenAt: Timestamp, _ rule: ApprovalRules.Staleness
    ) -> (Truth, Fate?) {
        let pullRequest = facts.pullRequest
        let baseThen: String
        switch timeline() {
        case .unknown(let unknown): return (.unknown([unknown]), nil)
        case .known(let rows): baseThen = Self.baseBranch(at: givenAt, rows) ?? pullRequest.baseBranch
        }
        if commit == pullRequest.head, baseThen == pullRequest.baseBranch { return (.yes, nil) }
        let fate = Fate.stale(since: commit)
        if commit != pullRequest.head {
            switch rule {
            case .exactHead: return (.no, fate)
            case .keep where baseThen == pullRequest.baseBranch: return (.yes, nil)
            case .keep, .sameDiff: break
            }
        }
        if baseThen != pullRequest.baseBranch {
            // Who may rewrite the old base could make any two changes look the same.
            let trusted = Truth(isProtected(baseThen))
            if trusted == .no { return (.no, .staleBase(was: baseThen)) }
            let same = sameChange(commit, baseThen)
            return (trusted && same, same == .no ? .staleBase(was: baseThen) : nil)
        }
        let same = sameChange(commit, baseThen)
        return (same, same == .no ? fate : nil)
    }

    private mutating func sameChange(_ commit: CommitID, _ branch: String) -> Truth {
        let then = effectiveChange(commit, against: branch)
        let now = effectiveChange(facts.pullRequest.head, against: facts.pullRequest.baseBranch)
        switch (then, now) {
        case (.known(nil), _), (_, .known(nil)): return .no
        case (.known(.some(let then)), .known(.some(let now))): return Truth(then == now)
        case (.unknown(let one), .unknown(let other)): return .unknown([one, other])
        case (.unknown(let one), _), (_, .unknown(let one)): return .unknown([one])
        }
    }

    /// The base branch at a moment; nil when it was not changed since. Within the same second the change came after.
    static func baseBranch(at moment: Timestamp, _ rows: [TimelineEntry]) -> String? {
        for row in rows where row.at >= moment {
            if case .retarget(let from, _) = row.event { return from }
        }
        return nil
    }
}

extension Set<Unknown> {
    /// In an order that is the same in every process.
    var inOrder: [Unknown] {
        sorted { ($0.subject, $0.reason, $0.cure) < ($1.subject, $1.reason, $1.cure) }
    }
}
