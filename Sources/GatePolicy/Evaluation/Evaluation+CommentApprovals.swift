extension Evaluation {
    /// A comment that approves, judged under some rules.
    struct JudgedComment {
        var comment: Comment
        /// Whether it counts, membership and commits of its author's apart.
        var freshness: Truth
        /// Why not, or why nobody knows; nil while it counts.
        var fate: Fate?
    }

    /// Every comment that says what approves under some rules, and why there may be more.
    mutating func judgeComments(
        _ reviews: [Review], _ rules: ApprovalRules
    ) -> (comments: [JudgedComment], incomplete: Unknown?) {
        guard let patterns = rules.comments else { return ([], nil) }
        let ledger: CommandLedger
        let history: HeadHistory
        switch (self.ledger(), heads()) {
        case (.unknown(let unknown), _), (_, .unknown(let unknown)): return ([], unknown)
        case (.known(let known), .known(let heads)): (ledger, history) = (known, heads)
        }
        // A later request for changes or dismissed decision of the same person, by time: reviews and comments are not
        // numbered together.
        var falls: [Account: Review] = [:]
        for review in reviews where isDecision(review) && (review.state == .requestChanges || review.isDismissed) {
            if let author = review.author, falls[author].map({ $0.spokenBy <= review.spokenBy }) ?? true {
                falls[author] = review
            }
        }
        var judged: [JudgedComment] = []
        for (comment, words, says) in comments(saying: patterns)
        where comment.author == nil || comment.author != facts.serviceAccount {
            let (freshness, fate) = judge(comment, words, says, history, ledger, falls, rules)
            judged.append(JudgedComment(comment: comment, freshness: freshness, fate: fate))
        }
        return (judged, nil)
    }

    private mutating func judge(
        _ comment: Comment, _ words: PlainWords, _ says: Truth, _ history: HeadHistory, _ ledger: CommandLedger,
        _ falls: [Account: Review], _ rules: ApprovalRules
    ) -> (Truth, Fate?) {
        guard let author = comment.author, author.isReal else { return (.no, .noAccount) }
        if let created = facts.repository.createdAt, comment.createdAt < created { return (.no, .migrated) }
        if comment.isEdited { return (.no, .edited) }
        if let fall = falls[author], fall.spokenBy >= comment.createdAt { return (.no, .superseded(by: fall.id)) }
        let revoke = ledger.withdrawal(of: comment, by: author, from: rules.revocableBy)
        if let revoke {
            noteRevoked(by: revoke)
            return (.no, .revoked(comment: revoke.comment))
        }
        let commit: CommitID?
        switch words.head {
        case .none: commit = history.head(before: comment.id)
        case .digits(let digits):
            commit = history.commit(named: digits)
            if commit == nil { return (.no, .unknownHead(digits)) }
        case .badDigits(let digits): return (.no, .unknownHead(digits))
        case .several: commit = nil
        }
        guard let commit else { return (.no, .noHead) }
        return judge(ApprovingWord(author: author, commit: commit, givenAt: comment.createdAt, saysSo: says), rules)
    }

    /// The comments in the order of their ids, with what each plainly says.
    mutating func spokenComments() -> [(comment: Comment, words: PlainWords)] {
        if let readComments { return readComments }
        let comments = CommandLedger.ordered(comments().value ?? [])
        let read = comments.map { ($0, PlainWords($0.body, besides: policy.plan.vocabulary)) }
        readComments = read
        return read
    }

    /// The comments whose words match some patterns, or may; searched once for all gates that have them.
    mutating func comments(saying patterns: TextPatterns) -> [SpokenComment] {
        if let known = saidByPatterns.first(where: { $0.patterns == patterns }) { return known.comments }
        let found = spokenComments().compactMap { (comment, words) -> SpokenComment? in
            let says = patterns.match(words)
            return says == .no ? nil : (comment, words, says)
        }
        saidByPatterns.append((patterns, found))
        return found
    }

    /// A comment with what it plainly says, and whether that is what some patterns ask for.
    typealias SpokenComment = (comment: Comment, words: PlainWords, says: Truth)

    /// A revoke that took an approving comment back found something to take back.
    private mutating func noteRevoked(by withdrawal: Withdrawal) {
        guard case .known(var ledger)? = readLedger else { return }
        ledger.note(withdrawal)
        readLedger = .known(ledger)
    }
}
