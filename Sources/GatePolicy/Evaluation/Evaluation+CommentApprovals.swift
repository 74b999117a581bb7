extension Evaluation {
    /// Every comment that says what approves under some rules, and why there may be more.
    mutating func judgeComments(
        _ reviews: [Review], _ rules: ApprovalRules
    ) -> (comments: [JudgedWord], incomplete: Unknown?) {
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
        for review in reviews where takesBack(review) {
            if let author = review.author, falls[author].map({ $0.spokenBy <= review.spokenBy }) ?? true {
                falls[author] = review
            }
        }
        var judged: [JudgedWord] = []
        for spoken in comments(saying: patterns) {
            let author = spoken.comment.author
            if author != nil, author == facts.serviceAccount { continue }
            let (freshness, fate) = judge(spoken, history, ledger, falls, rules)
            judged.append(JudgedWord(id: spoken.comment.id, author: author, freshness: freshness, fate: fate))
        }
        return (judged, nil)
    }

    private mutating func judge(
        _ spoken: SpokenComment, _ history: HeadHistory, _ ledger: CommandLedger, _ falls: [Account: Review],
        _ rules: ApprovalRules
    ) -> (Truth, Fate?) {
        let comment = spoken.comment
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
        switch spoken.words.head {
        case .none: commit = history.head(before: comment.id)
        case .digits(let digits):
            commit = history.commit(named: digits)
            if commit == nil { return (.no, .unknownHead(digits)) }
        case .badDigits(let digits): return (.no, .unknownHead(digits))
        case .several: commit = nil
        }
        guard let commit else { return (.no, .noHead) }
        return judgeWord(of: author, for: commit, givenAt: comment.createdAt, saysSo: spoken.says, rules)
    }

    /// The comments whose words match some patterns, or may; searched once for all gates that have them.
    mutating func comments(saying patterns: TextPatterns) -> [SpokenComment] {
        if let known = saidByPatterns.first(where: { $0.patterns == patterns }) { return known.comments }
        var found: [SpokenComment] = []
        let comments = CommandLedger.ordered(comments().value ?? [])
        for place in comments.indices where patterns.mayMatch(wordsOf: comments[place].body) {
            let words = words(of: comments[place].body, at: place, of: comments.count)
            let says = patterns.match(words)
            if says != .no { found.append(SpokenComment(comment: comments[place], words: words, says: says)) }
        }
        saidByPatterns.append((patterns, found))
        return found
    }

    /// What a comment plainly says, read once for all patterns.
    private mutating func words(of body: String, at place: Int, of count: Int) -> PlainWords {
        if readWords.isEmpty { readWords = (0..<count).map { _ in nil } }
        if let known = readWords[place] { return known }
        let words = PlainWords(body, besides: policy.plan.vocabulary)
        readWords[place] = words
        return words
    }

    /// A comment with what it plainly says, and whether that is what some patterns ask for.
    struct SpokenComment {
        var comment: Comment
        var words: PlainWords
        var says: Truth
    }

    /// A revoke that took an approving comment back found something to take back.
    private mutating func noteRevoked(by withdrawal: Withdrawal) {
        readLedger?.value?.note(withdrawal)
    }
}
