/// What reviews and comments come to as approvals under some rules: put together once for all gates that share them.
struct Approvals {
    /// What they give.
    let signatures: Signatures
    /// What becomes of each review as long as nobody is asked for.
    private let fates: [ReviewFate]
    /// Those whose fate the gate's sets of people decide, by their places in the list.
    private let open: AccountTable<[(index: Int, counts: Bool)]>
    /// The same for the comments that approve.
    private let commentFates: [CommentFate]
    private let openComments: AccountTable<[(index: Int, counts: Bool)]>

    init(
        _ reviews: [Evaluation.JudgedWord], _ comments: [Evaluation.JudgedWord] = [], incomplete: Unknown? = nil,
        _ rules: ApprovalRules
    ) {
        let words = (reviews + comments).compactMap { item in
            item.author.map { Signature(account: $0, freshness: item.freshness) }
        }
        var signatures = Signatures(words, rules: rules, asksCandidates: false)
        signatures.incomplete = incomplete
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

    private static func open(_ words: [Evaluation.JudgedWord]) -> AccountTable<[(index: Int, counts: Bool)]> {
        var open = AccountTable<[(index: Int, counts: Bool)]>()
        for (index, word) in words.enumerated() where word.freshness != .no {
            if let author = word.author { open[author, default: []].append((index, word.fate == nil)) }
        }
        return open
    }

    /// What becomes of each comment that approves or asks for changes, where some block and some fill places.
    func commentFates(_ blockers: [CommentFate], _ places: Places) -> [CommentFate] {
        var fates = commentFates
        places.tell(openComments) { fates[$0].fate = $1 }
        if blockers.isEmpty { return fates }
        let blocking = Set(blockers.map(\.comment))
        return (fates.filter { !blocking.contains($0.comment) } + blockers).sorted { $0.comment < $1.comment }
    }

    /// What becomes of each review, where some block and some fill places.
    func fates(_ blockers: [ReviewFate], _ places: Places) -> [ReviewFate] {
        var fates = fates
        places.tell(open) { fates[$0].fate = $1 }
        if blockers.isEmpty { return fates }
        var blocking: [Int64: ReviewFate] = [:]
        for fate in blockers { blocking[fate.review] = fate }
        for index in fates.indices { if let blocker = blocking[fates[index].review] { fates[index] = blocker } }
        return fates
    }
}

extension Places {
    /// Tells what becomes of the words of everybody who fills a place, or may.
    fileprivate func tell(_ words: AccountTable<[(index: Int, counts: Bool)]>, _ told: (Int, Fate) -> Void) {
        func tell(_ author: Account) {
            for (index, counts) in words[author] ?? [] {
                if let fate = fate(of: author, counts: counts) { told(index, fate) }
            }
        }
        for (author, _) in filled { tell(author) }
        for (author, _) in open { tell(author) }
        for (author, _) in kept { tell(author) }
    }

    /// What becomes of somebody's valid word; nil when nobody asks for it.
    fileprivate func fate(of author: Account, counts: Bool) -> Fate? {
        if counts, let gate = kept[author] { return .keptFor(gate: gate) }
        if counts, let item = acknowledged[author], filled[author] != nil { return .acknowledges(item: item) }
        if counts, let sets = filled[author] { return .counts(for: sets) }
        if let reasons = open[author] { return .unknowable(reasons.inOrder) }
        return filled[author].map { .counts(for: $0) }
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
        let approvals = Approvals(judgeApprovals(reviews, rules), comments, incomplete: incomplete, rules)
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
