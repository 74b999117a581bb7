/// What reviews and comments come to as approvals under some rules: put together once for all gates that share them.
struct Approvals {
    /// What they give.
    let signatures: Signatures
    /// The reviews and the comments that approve, judged as far as the rules do.
    private let reviews: [Evaluation.JudgedWord]
    private let comments: [Evaluation.JudgedWord]

    init(
        _ reviews: [Evaluation.JudgedWord], _ comments: [Evaluation.JudgedWord], incomplete: Unknown?,
        _ rules: ApprovalRules, number: Int
    ) {
        (self.reviews, self.comments) = (reviews, comments)
        var votes = Votes(words: reviews.count + comments.count)
        for word in reviews { if let author = word.author { votes.add(author, word.freshness) } }
        for word in comments { if let author = word.author { votes.add(author, word.freshness) } }
        signatures = Signatures(votes, rules: rules, asksCandidates: false, incomplete: incomplete, number: number)
    }

    /// What becomes of each review and each comment that approves or asks for changes, where some block and some fill
    /// places.
    func fates(_ blockers: Evaluation.Blockers, _ places: Places) -> (reviews: [ReviewFate], comments: [CommentFate]) {
        var filled = FilledSets(places)
        var reviews = self.reviews.map { word in
            // A draft is nobody's word yet, so nobody is named for it.
            ReviewFate(
                review: word.id, account: word.isDraft ? nil : word.author, fate: places.fate(of: word, &filled))
        }
        var comments = self.comments.map { word in
            CommentFate(comment: word.id, account: word.author, fate: places.fate(of: word, &filled))
        }
        if !blockers.fates.isEmpty {
            var blocking: [Int64: ReviewFate] = [:]
            for fate in blockers.fates { blocking[fate.review] = fate }
            for index in reviews.indices {
                if let blocker = blocking[reviews[index].review] { reviews[index] = blocker }
            }
        }
        if !blockers.comments.isEmpty {
            let blocking = Set(blockers.comments.map(\.comment))
            comments = (comments.filter { !blocking.contains($0.comment) } + blockers.comments)
                .sorted { $0.comment < $1.comment }
        }
        return (reviews, comments)
    }
}

extension Evaluation.JudgedWord {
    fileprivate var isDraft: Bool { if case .draft? = fate { true } else { false } }
}

extension Places {
    /// What becomes of a word, where some people fill places.
    func fate(of word: Evaluation.JudgedWord, _ filled: inout FilledSets) -> Fate {
        guard word.freshness != .no, let person = word.author?.id else { return word.fate ?? .notAskedFor }
        let counts = word.fate == nil
        if counts, let gate = kept[person] { return .keptFor(gate: gate) }
        let sets = filled.sets(filledBy: person)
        if counts, sets != nil, let item = acknowledged[person] { return .acknowledges(item: item) }
        if counts, let sets { return .counts(for: sets) }
        if let reasons = open[person] { return .unknowable(reasons.inOrder) }
        return sets.map { .counts(for: $0) } ?? .notAskedFor
    }
}

extension Evaluation {
    /// What reviews and comments come to under some rules.
    /// - Parameter unrevoked: the same rules without a gate whose `/revoke` counts: where nobody took a comment back,
    ///   gates of otherwise equal rules are judged together.
    mutating func approvals(
        _ reviews: [Review], _ rules: ApprovalRules, unrevoked: @autoclosure () -> ApprovalRules
    ) -> Approvals {
        let isUnrevoked = rules.comments != nil && ledger().value?.reaches.isEmpty == true
        return isUnrevoked ? approvals(reviews, unrevoked()) : approvals(reviews, rules)
    }

    private mutating func approvals(_ reviews: [Review], _ rules: ApprovalRules) -> Approvals {
        if let known = judgedApprovals.first(where: { $0.signatures.rules == rules }) { return known }
        let (comments, incomplete) = judgeComments(reviews, rules)
        let approvals = Approvals(
            judgeApprovals(reviews, rules), comments, incomplete: incomplete, rules, number: judgedApprovals.count)
        judgedApprovals.append(approvals)
        return approvals
    }

    /// The signatures that are given under some rules; none where the reviews cannot be read, for a request for changes
    /// takes back what its author said before.
    mutating func givenSignatures(under rules: ApprovalRules) -> Signatures {
        switch reviewsInOrder() {
        case .unknown(let unknown): Signatures([], rules: rules, asksCandidates: false, missing: unknown)
        case .known(let reviews): approvals(reviews, rules, unrevoked: rules.revocable(by: [])).signatures
        }
    }
}
