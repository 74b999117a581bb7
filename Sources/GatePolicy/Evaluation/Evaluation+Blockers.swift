extension Evaluation {
    /// Requests for changes under a blocker rule: whether one stands, and what became of each.
    mutating func blockers(_ rule: Block, _ reviews: [Review]) -> (stands: Truth, fates: [ReviewFate]) {
        var stands = Truth.no
        var fates: [ReviewFate] = []
        for request in reviews.sorted(by: { $0.id < $1.id }) where request.state == .requestChanges {
            let (truth, fate) = judgeRequest(request, rule, reviews)
            stands = stands || truth
            fates.append(ReviewFate(review: request.id, account: request.author, fate: fate))
        }
        return (stands, fates)
    }

    private mutating func judgeRequest(_ request: Review, _ rule: Block, _ reviews: [Review]) -> (Truth, Fate) {
        guard let author = request.author, author.isReal else { return (.no, .noAccount) }
        if request.isDismissed { return (.no, .dismissed) }
        if let created = facts.repository.createdAt, request.submittedAt < created { return (.no, .migrated) }
        // A later approval ends it even if that approval has since gone stale or been dismissed.
        let approval = reviews.first {
            $0.id > request.id && $0.author == author && $0.state == .approved && $0.commit != nil
        }
        if let approval { return (.no, .withdrawn(by: approval.id)) }
        if rule.endsWithHead, request.commit != facts.pullRequest.head { return (.no, .endedWithHead) }
        guard let people = rule.by else { return (.no, .blockerNotAskedFor) }
        switch membership(of: author, in: people) {
        case .yes: return (.yes, .blocks)
        case .no: return (.no, .blockerNotAskedFor)
        case .unknown(let unknowns): return (.unknown(unknowns), .blockUnknowable(unknowns.inOrder))
        }
    }
}
