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
        var truth = Truth.no
        var fate: Fate?
        for answer in reviews where answer.state == .approved && !answer.isDismissed && isDecision(answer) {
            guard let author = answer.author else { continue }
            // A draft has its id before it is submitted.
            let isLater =
                answer.submittedAt > moment
                || (review.map { answer.id > $0.id && $0.spokenBy == $0.submittedAt } ?? false)
            let says = isLater ? counts(answer, revoke.reviews) : .no
            if says == .no { continue }
            let may = says && mayRevoke(author, people, asker)
            truth = truth || may
            if may == .yes, fate == nil { fate = .lifted(by: author.login, review: answer.id) }
        }
        if let patterns = revoke.comments {
            if case .unknown(let unknown) = comments() { return (truth || .unknown([unknown]), fate) }
            for spoken in spokenComments() where spoken.comment.createdAt > moment && !spoken.comment.isEdited {
                let (comment, words) = (spoken.comment, spoken.words)
                guard let author = comment.author, author.isReal else { continue }
                if let created = facts.repository.createdAt, comment.createdAt < created { continue }
                let says = patterns.match(words)
                if says == .no { continue }
                let may = says && mayRevoke(author, people, asker)
                truth = truth || may
                if may == .yes, fate == nil { fate = .liftedByComment(by: author.login, comment: comment.id) }
            }
        }
        return (truth, fate)
    }

    /// Whether somebody may take another's request back; his own he always may.
    private mutating func mayRevoke(_ account: Account, _ people: People, _ asker: Account) -> Truth {
        if account == facts.serviceAccount || account.isActive == false { return .no }
        if account == asker { return .yes }
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
