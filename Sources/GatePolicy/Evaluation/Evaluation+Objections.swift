extension Evaluation {
    /// The comments that ask for changes by some patterns, those included that were seen to and are gone or edited.
    mutating func objections(_ patterns: TextPatterns) -> Known<[(objection: Objection, says: Truth)]> {
        if case .unknown(let unknown) = comments() { return .unknown(unknown) }
        let remembered = (facts.remembered?.objections ?? []).filter { seen in
            seen.patterns.contains(where: patterns.texts.contains)
        }
        var found: [Int64: (objection: Objection, says: Truth)] = [:]
        for objection in remembered.sorted()
        where found[objection.comment].map({ objection.reaches($0.objection) }) ?? true {
            found[objection.comment] = (objection, .yes)
        }
        for spoken in comments(saying: patterns) {
            let (comment, says) = (spoken.comment, spoken.says)
            guard let author = comment.author, author.isReal, author != facts.serviceAccount else { continue }
            if let created = facts.repository.createdAt, comment.createdAt < created { continue }
            // Edited to say so it was said then, also where it said so before.
            let objection = Objection(
                comment: comment.id, author: author,
                givenAt: comment.isEdited ? max(comment.createdAt, comment.updatedAt) : comment.createdAt,
                isEdited: comment.isEdited ? true : nil, patterns: patterns.texts)
            guard let seen = found[comment.id]?.objection else {
                found[comment.id] = (objection, says)
                continue
            }
            if objection.reaches(seen) { found[comment.id] = (objection, .yes) }
        }
        return .known(found.values.sorted { $0.objection.comment < $1.objection.comment })
    }

    /// Whether somebody takes back what was asked at a moment.
    /// - Parameter review: the review that asked; nil where a comment did.
    mutating func isRevoked(
        _ rule: Block, by people: People, after moment: Timestamp, review: Review?, _ asker: Account,
        _ reviews: [Review]
    ) -> (Truth, Fate?) {
        guard let revoke = rule.revoke else { return (.no, nil) }
        let (approvals, comments) = revocations(rule, revoke, by: people, reviews)
        var (truth, fate) =
            review.map { approvals.answer(asker, after: moment, review: $0) } ?? approvals.answer(asker, after: moment)
        if revoke.comments != nil {
            if case .unknown(let unknown) = self.comments() { return (truth || .unknown([unknown]), fate) }
            let (found, first) = comments.answer(asker, after: moment)
            truth = truth || found
            fate = fate ?? first
        }
        return (truth, fate)
    }

    /// The approvals and the comments that take requests for changes back under a rule.
    private mutating func revocations(
        _ rule: Block, _ revoke: Block.Revoke, by people: People, _ reviews: [Review]
    ) -> (approvals: Revocations, comments: Revocations) {
        if let known = judgedRevocations.first(where: { $0.rule == rule }) { return (known.approvals, known.comments) }
        var approvals: [Revocations.Word] = []
        for answer in reviews where isApproval(answer) && !answer.isDismissed {
            guard let author = answer.author else { continue }
            let fate = Fate.lifted(by: author.login, review: answer.id)
            let counts = revoke.reviews.counts(answer, policy.plan)
            add(counts, author, answer.submittedAt, fate, people, answer, to: &approvals)
        }
        var comments: [Revocations.Word] = []
        for spoken in revoke.comments.map({ self.comments(saying: $0) }) ?? [] where !spoken.comment.isEdited {
            let comment = spoken.comment
            guard let author = comment.author, author.isReal else { continue }
            if let created = facts.repository.createdAt, comment.createdAt < created { continue }
            let fate = Fate.liftedByComment(by: author.login, comment: comment.id)
            add(spoken.says, author, comment.createdAt, fate, people, nil, to: &comments)
        }
        let found = (approvals: Revocations(approvals), comments: Revocations(comments))
        judgedRevocations.append((rule, found.approvals, found.comments))
        return found
    }

    private mutating func add(
        _ says: Truth, _ author: Account, _ at: Timestamp, _ fate: Fate, _ people: People, _ review: Review?,
        to words: inout [Revocations.Word]
    ) {
        // Who may sign nothing takes nothing back, not even his own.
        if says == .no || author == facts.serviceAccount || author.isActive == false { return }
        words.append(
            Revocations.Word(
                author: author, at: at, says: says, ofOthers: says && mayRevoke(author, people), fate: fate,
                review: review))
    }

    /// Whether somebody may take another's request back; his own he always may.
    private mutating func mayRevoke(_ account: Account, _ people: People) -> Truth {
        if account == facts.pullRequest.author { return .no }
        let isAsked = membership(of: account, in: people)
        return isAsked == .no ? .no : isAsked && !isCommitter(account)
    }
}

extension Policy {
    /// Every comment that asks for changes by one of the policy's rules, for whoever remembers them.
    public func objections(_ facts: Facts) -> Set<Objection> {
        guard facts.comments != nil else { return [] }
        let rules = Set((gates.map(\.block) + [block]).compactMap(\.comments))
        if rules.isEmpty { return [] }
        var evaluation = Evaluation(policy: self, facts: facts, asksWhoCanSign: false)
        return rules.reduce(into: []) { found, rule in
            found.formUnion(evaluation.objections(rule).value?.filter { $0.says != .no }.map(\.objection) ?? [])
        }
    }
}
