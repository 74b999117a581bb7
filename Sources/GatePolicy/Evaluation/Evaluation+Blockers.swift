extension Evaluation {
    /// What requests for changes came to under a blocker rule.
    struct Blockers {
        /// Whether one stands.
        var stands = Truth.no
        /// What became of each review that asks for changes, in the order of their ids.
        var fates: [ReviewFate] = []
        /// What became of each comment that asks for changes, in the order of their ids.
        var comments: [CommentFate] = []
        /// Whose stands, each once.
        var people: [Account] {
            if fates.isEmpty, comments.isEmpty { return [] }
            var seen: Set<Account> = []
            let standing =
                fates.filter { $0.fate == .blocks }.map(\.account)
                + comments.filter { $0.fate == .blocks }.map(\.account)
            return standing.compactMap { $0 }.filter { seen.insert($0).inserted }
        }
    }

    /// A request for changes, in a review or in a comment.
    private struct Request {
        var author: Account
        /// For which head; where that is not known it does not end with one.
        var commit: CommitID?
        var givenAt: Timestamp
        /// The review; nil for a comment.
        var review: Review?
        /// Whether its text is what the policy speaks of.
        var saysSo: Truth
    }

    /// Everybody's newest approval, by id and by time: reviews and comments are not numbered together.
    private struct NewestApprovals {
        private var byID = AccountTable<Review>()
        private var byTime = AccountTable<Review>()

        /// - Parameter approvals: in the order of their ids.
        init(_ approvals: [Review]) {
            for approval in approvals {
                guard let author = approval.author else { continue }
                byID[author] = approval
                if byTime[author].map({ $0.submittedAt <= approval.submittedAt }) ?? true { byTime[author] = approval }
            }
        }

        func approval(after request: Request) -> Review? {
            guard let review = request.review else {
                return byTime[request.author].flatMap { $0.submittedAt > request.givenAt ? $0 : nil }
            }
            return byID[request.author].flatMap { $0.id > review.id ? $0 : nil }
        }
    }

    /// Requests for changes under a blocker rule: whether one stands, and what became of each.
    mutating func blockers(_ rule: Block, _ reviews: [Review]) -> Blockers {
        // Most pull requests have none.
        guard rule.comments != nil || reviews.contains(where: \.asksForChanges) else { return Blockers() }
        if let known = judgedBlockers.first(where: { $0.rule == rule }) { return known.blockers }
        var blockers = Blockers()
        let approvals = NewestApprovals(reviews.filter { isApproval($0) })
        for request in reviews {
            guard let (truth, fate) = judge(request, rule, reviews, approvals) else { continue }
            blockers.stands = blockers.stands || truth
            blockers.fates.append(ReviewFate(review: request.id, account: request.author, fate: fate))
        }
        if rule.by != nil, let patterns = rule.comments {
            addComments(patterns, rule, reviews, approvals, to: &blockers)
        }
        judgedBlockers.append((rule, blockers))
        return blockers
    }

    private mutating func addComments(
        _ patterns: TextPatterns, _ rule: Block, _ reviews: [Review], _ approvals: NewestApprovals,
        to blockers: inout Blockers
    ) {
        switch objections(patterns) {
        case .unknown(let unknown): blockers.stands = blockers.stands || .unknown([unknown])
        case .known(let objections):
            for (objection, says) in objections {
                var request = Request(
                    author: objection.author, givenAt: objection.givenAt, review: nil, saysSo: says)
                if rule.endsWithHead, objection.isEdited != true {
                    switch heads() {
                    case .known(let heads): request.commit = heads.head(before: objection.comment)
                    case .unknown(let unknown): request.saysSo = request.saysSo && .unknown([unknown])
                    }
                }
                let (truth, fate) = judge(request, rule, reviews, approvals)
                blockers.stands = blockers.stands || truth
                blockers.comments.append(
                    CommentFate(comment: objection.comment, account: objection.author, fate: fate))
            }
        }
    }

    /// What a review comes to as a request for changes; nil where it is none.
    private mutating func judge(
        _ review: Review, _ rule: Block, _ reviews: [Review], _ approvals: NewestApprovals
    ) -> (Truth, Fate)? {
        let says: Truth
        switch review.state {
        case .requestChanges: says = rule.reviews.counts(review, policy.plan)
        // What a comment may say, the text of a review may say, too.
        case .comment:
            guard let patterns = rule.comments, !review.isDismissed, review.author?.isReal ?? false else { return nil }
            says = patterns.match(PlainWords(review.body, besides: policy.plan.vocabulary))
            if says == .no || isMigrated(review) { return nil }
        default: return nil
        }
        guard let author = review.author, author.isReal else { return (.no, .noAccount) }
        if isMigrated(review) { return (.no, .migrated) }
        if review.isDismissed { return (.no, .dismissed) }
        if says == .no { return (.no, .blockerOtherWords) }
        return judge(
            Request(
                author: author, commit: review.commit, givenAt: review.spokenBy, review: review, saysSo: says),
            rule, reviews, approvals)
    }

    private mutating func judge(
        _ request: Request, _ rule: Block, _ reviews: [Review], _ approvals: NewestApprovals
    ) -> (Truth, Fate) {
        // A later approval ends it even if that approval has since gone stale or been dismissed.
        if let approval = approvals.approval(after: request) { return (.no, .withdrawn(by: approval.id)) }
        if rule.endsWithHead, let commit = request.commit, commit != facts.pullRequest.head {
            return (.no, .endedWithHead)
        }
        guard let people = rule.by else { return (.no, .blockerNotAskedFor) }
        // More people here could only hold the gate back: a name that is gone must not let anybody off.
        let isAsked = membership(of: request.author, in: people, negative: true)
        if isAsked == .no { return (.no, .blockerNotAskedFor) }
        let (revoked, fate) = isRevoked(
            rule, by: people, after: request.givenAt, review: request.review, request.author, reviews)
        if revoked == .yes { return (.no, fate ?? .blockerNotAskedFor) }
        let truth = isAsked && request.saysSo && !revoked
        return truth == .yes ? (.yes, .blocks) : (truth, .blockUnknowable(truth.unknowns.inOrder))
    }
}

extension Review {
    fileprivate var asksForChanges: Bool { if case .requestChanges = state { true } else { false } }
}
