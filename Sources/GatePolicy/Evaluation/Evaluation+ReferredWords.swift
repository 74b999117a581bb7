/// A gate or part that another one looks at.
struct Referred {
    let name: String
    /// Whether it asks for signatures, or looks at what may.
    let asksPeople: Bool
    let judgement: GateJudgement
}

/// What became of words where a gate looks at gates and parts with approvals of their own: a word that does not count by
/// the gate's may count by theirs.
extension Evaluation {
    /// What becomes of each review and of each comment that approves or asks for changes.
    mutating func fates(
        of approvals: Approvals, _ blocked: Blockers, _ places: Places, for planned: PlannedGate,
        besides others: [Referred]
    ) -> (reviews: [ReviewFate], comments: [CommentFate]) {
        var fates = approvals.fates(blocked, places)
        if others.isEmpty { return fates }
        var filled = FilledSets(places)
        for index in fates.reviews.indices {
            let review = fates.reviews[index]
            // Every gate has all of them, in one order.
            let referred = others.compactMap { other -> Fate? in
                let reviews = other.judgement.reviews
                return reviews.indices.contains(index) ? reviews[index].fate : nil
            }
            let fate = best(review.fate, or: referred, of: review.account, for: planned)
            fates.reviews[index].fate = places.fate(fate, of: review.account, &filled)
        }
        var comments: [Int64: (own: CommentFate?, referred: [CommentFate])] = [:]
        for comment in fates.comments { comments[comment.comment, default: (nil, [])].own = comment }
        for other in others {
            for comment in other.judgement.comments {
                comments[comment.comment, default: (nil, [])].referred.append(comment)
            }
        }
        fates.comments = comments.values.compactMap { own, referred in
            guard var comment = own ?? referred.first else { return nil }
            let fate = best(own?.fate ?? .notAskedFor, or: referred.map(\.fate), of: comment.account, for: planned)
            comment.fate = places.fate(fate, of: comment.account, &filled)
            return comment
        }
        .sorted { $0.comment < $1.comment }
        return fates
    }

    /// The gates and parts with approvals of their own that a gate looks at, or that look at such.
    func judgedOtherwise(_ planned: PlannedGate) -> [Referred] {
        planned.references.compactMap { name in
            guard let number = policy.plan.number(of: name), let judgement = judged[number], judgement.applies != .no
            else { return nil }
            let referred = policy.plan.list[number]
            let isOther = judgement.looksAtOtherApprovals || referred.unrevokedRules != planned.unrevokedRules
            return isOther ? Referred(name: name, asksPeople: referred.asksPeople, judgement: judgement) : nil
        }
    }

    /// How people approve, by the gate's own approvals and by those of what it looks at; nil where any review does and
    /// nothing else.
    func methods(of planned: PlannedGate, _ others: [Referred]) -> String? {
        let asking = others.filter(\.asksPeople)
        guard !asking.isEmpty else { return planned.methods }
        let asksItself = !planned.require.asked.isEmpty || planned.references.count > others.count
        if asking.count == 1, !asksItself { return asking[0].judgement.methods }
        if planned.methods == nil, asking.allSatisfy({ $0.judgement.methods == nil }) { return nil }
        let own = asksItself ? [planned.methods ?? Self.anyReview] : []
        let shown = asking.prefix(Self.shownMethods).map {
            "for `\($0.name)` \($0.judgement.methods ?? Self.anyReview)"
        }
        let rest = asking.count - shown.count
        return (own + shown + (rest > 0 ? ["and otherwise for \(rest) more"] : [])).joined(separator: "; ")
    }

    private static let anyReview = "by a review"
    /// How many of what a gate looks at are told with their ways to approve.
    private static let shownMethods = 3

    /// What is told of a word: what became of it by the gate's own approvals, where its author is asked there and it comes
    /// to no more elsewhere.
    private mutating func best(
        _ own: Fate, or referred: [Fate], of author: Account?, for planned: PlannedGate
    ) -> Fate {
        guard own.worth != nil, let author, let other = referred.max(by: { ($0.worth ?? -1) < ($1.worth ?? -1) }),
            let worth = other.worth, worth > 0
        else { return own }
        guard let ownWorth = own.worth, ownWorth >= worth else { return other }
        for set in planned.require.asked where membership(of: author, in: set.people, negative: set.isAll) != .no {
            return own
        }
        return other
    }
}

extension Places {
    /// What a word that counts where another gate asks comes to here, where nobody may fill two places.
    fileprivate func fate(_ fate: Fate, of author: Account?, _ filled: inout FilledSets) -> Fate {
        guard case .counts = fate, let author else { return fate }
        return self.fate(
            of: Evaluation.JudgedWord(id: 0, author: author, freshness: .yes, fate: nil), &filled)
    }
}

extension Fate {
    /// How much a word comes to; nil where that does not hang on what approvals a gate takes.
    fileprivate var worth: Int? {
        switch self {
        case .counts: 4
        case .keptFor, .acknowledges: 3
        case .unknowable: 2
        case .author, .committer, .stale, .staleBase, .notByReview, .otherWords, .revoked, .edited, .noHead,
            .unknownHead:
            1
        case .notAskedFor: 0
        case .acknowledgesNothing, .serviceAccount, .inactive, .dismissed, .draft, .comment, .unknownState, .noAccount,
            .noCommit, .migrated, .superseded, .blocks, .withdrawn, .lifted, .liftedByComment, .blockerOtherWords,
            .endedWithHead, .blockerNotAskedFor, .blockUnknowable:
            nil
        }
    }
}
