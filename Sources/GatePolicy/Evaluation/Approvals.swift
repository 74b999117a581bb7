/// What reviews and comments come to as approvals under some rules: put together once for all gates that share them.
final class Approvals {
    /// What they give.
    let signatures: Signatures
    /// What becomes of each review as long as nobody is asked for.
    private let fates: [ReviewFate]
    /// Those whose fate the gate's sets of people decide, by their places in the list.
    private let open: [OpenWord]
    /// The same for the comments that approve.
    private let commentFates: [CommentFate]
    private let openComments: [OpenWord]

    /// A word whose fate a gate's sets of people decide.
    fileprivate struct OpenWord {
        /// Its place in the list.
        let index: Int
        /// Whose it is.
        let author: Int64
        let counts: Bool
    }

    init(
        _ reviews: [Evaluation.JudgedWord], _ comments: [Evaluation.JudgedWord], incomplete: Unknown?,
        _ rules: ApprovalRules, number: Int
    ) {
        var given: [Signature] = []
        given.reserveCapacity(reviews.count + comments.count)
        for words in [reviews, comments] {
            for word in words where word.freshness != .no {
                if let author = word.author { given.append(Signature(account: author, freshness: word.freshness)) }
            }
        }
        var signatures = Signatures(given, rules: rules, asksCandidates: false)
        signatures.incomplete = incomplete
        signatures.number = number
        self.signatures = signatures
        fates = reviews.map { item in
            // A draft is nobody's word yet, so nobody is named for it.
            let account = item.fate == .draft ? nil : item.author
            let isOut = item.freshness == .no || item.author == nil
            let fate = isOut ? item.fate ?? .notAskedFor : .notAskedFor
            return ReviewFate(review: item.id, account: account, fate: fate)
        }
        commentFates = comments.map { item in
            let fate = item.freshness == .no ? item.fate ?? .notAskedFor : .notAskedFor
            return CommentFate(comment: item.id, account: item.author, fate: fate)
        }
        open = Self.open(reviews)
        openComments = Self.open(comments)
    }

    private static func open(_ words: [Evaluation.JudgedWord]) -> [OpenWord] {
        var open: [OpenWord] = []
        for (index, word) in words.enumerated() where word.freshness != .no {
            guard let author = word.author else { continue }
            open.append(OpenWord(index: index, author: author.id, counts: word.fate == nil))
        }
        return open
    }

    /// What becomes of each review and each comment that approves or asks for changes, where some block and some fill
    /// places.
    func fates(_ blockers: Evaluation.Blockers, _ places: Places) -> (reviews: [ReviewFate], comments: [CommentFate]) {
        var (reviews, comments) = (fates, commentFates)
        if !open.isEmpty || !openComments.isEmpty {
            var filled = FilledSets(places)
            for word in open { places.fate(of: word, &filled).map { reviews[word.index].fate = $0 } }
            for word in openComments { places.fate(of: word, &filled).map { comments[word.index].fate = $0 } }
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

extension Places {
    /// What becomes of somebody's valid word; nil when nobody asks for it.
    fileprivate func fate(of word: Approvals.OpenWord, _ filled: inout FilledSets) -> Fate? {
        let person = word.author
        if word.counts, let gate = kept[person] { return .keptFor(gate: gate) }
        let sets = filled.sets(filledBy: person)
        if word.counts, sets != nil, let item = acknowledged[person] { return .acknowledges(item: item) }
        if word.counts, let sets { return .counts(for: sets) }
        if let reasons = open[person] { return .unknowable(reasons.inOrder) }
        return sets.map { .counts(for: $0) }
    }
}

extension Evaluation {
    /// What reviews and comments come to under some rules.
    mutating func approvals(_ reviews: [Review], _ rules: ApprovalRules) -> Approvals {
        var rules = rules
        // Where nobody took a comment back, gates of otherwise equal rules are judged together.
        if rules.comments != nil, ledger().value?.reaches.isEmpty == true { rules.revocableBy = [] }
        if let known = judgedApprovals.first(where: { $0.rules == rules }) { return known.approvals }
        let (comments, incomplete) = judgeComments(reviews, rules)
        let approvals = Approvals(
            judgeApprovals(reviews, rules), comments, incomplete: incomplete, rules, number: judgedApprovals.count)
        judgedApprovals.append((rules, approvals))
        return approvals
    }

    /// The signatures that are given under some rules; none where the reviews cannot be read, for a request for changes
    /// takes back what its author said before.
    mutating func givenSignatures(under rules: ApprovalRules) -> Signatures {
        switch reviewsInOrder() {
        case .unknown(let unknown): Signatures([], rules: rules, asksCandidates: false, missing: unknown)
        case .known(let reviews): approvals(reviews, rules).signatures
        }
    }
}
