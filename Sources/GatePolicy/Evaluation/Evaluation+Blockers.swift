extension Evaluation {
    /// What requests for changes came to under a blocker rule.
    struct Blockers {
        /// Whether one stands.
        var stands = Truth.no
        /// What became of each request, in the order of their ids.
        var fates: [ReviewFate] = []
        /// Whose stands, each once.
        var people: [Account] {
            var seen: Set<Account> = []
            return fates.compactMap { $0.fate == .blocks ? $0.account : nil }.filter { seen.insert($0).inserted }
        }
    }

    /// Requests for changes under a blocker rule: whether one stands, and what became of each.
    mutating func blockers(_ rule: Block, _ reviews: [Review]) -> Blockers {
        if let known = judgedBlockers.first(where: { $0.rule == rule }) { return known.blockers }
        var blockers = Blockers()
        for request in reviews where request.state == .requestChanges {
            let (truth, fate) = judgeRequest(request, rule, reviews)
            blockers.stands = blockers.stands || truth
            blockers.fates.append(ReviewFate(review: request.id, account: request.author, fate: fate))
        }
        judgedBlockers.append((rule, blockers))
        return blockers
    }

    private mutating func judgeRequest(_ request: Review, _ rule: Block, _ reviews: [Review]) -> (Truth, Fate) {
        guard let author = request.author, author.isReal else { return (.no, .noAccount) }
        if request.commit == nil { return (.no, .noCommit) }
        if isMigrated(request) { return (.no, .migrated) }
        if request.isDismissed { return (.no, .dismissed) }
        // A later approval ends it even if that approval has since gone stale or been dismissed.
        let approval = reviews.first {
            $0.id > request.id && $0.author == author && $0.state == .approved && isDecision($0)
        }
        if let approval { return (.no, .withdrawn(by: approval.id)) }
        if rule.endsWithHead, request.commit != facts.pullRequest.head { return (.no, .endedWithHead) }
        guard let people = rule.by else { return (.no, .blockerNotAskedFor) }
        // More people here could only hold the gate back: a name that is gone must not let anybody off.
        switch membership(of: author, in: people, negative: true) {
        case .yes: return (.yes, .blocks)
        case .no: return (.no, .blockerNotAskedFor)
        case .unknown(let unknowns): return (.unknown(unknowns), .blockUnknowable(unknowns.inOrder))
        }
    }
}
