extension Fate {
    /// Whether it helps the gate, holds it back, or does neither.
    public var mark: String {
        switch self {
        case .counts: "counts"
        case .blocks: "blocks"
        case .unknowable, .blockUnknowable: "unknown"
        default: "does not count"
        }
    }

    /// What became of the review, in words that follow its author's name.
    public var wording: String {
        switch self {
        case .counts(let sets): "counts for \(sets.map { "`\($0)`" }.joined(separator: " and "))"
        case .keptFor(let gate): "approved, which counts for `\(gate)`: nobody fills places in both gates"
        case .acknowledges(let item): "approved, and acknowledged `\(item)`, which counts: nobody fills two places"
        case .notAskedFor: "approved, but is not among those whose approval is asked for"
        case .acknowledgesNothing(let item):
            "approved, which acknowledges nothing: write `/ack \(item ?? "ITEM")` in a comment"
        case .author: "approved, but opened the pull request"
        case .committer: "approved, but pushed or wrote a commit of the pull request"
        case .serviceAccount: "approved, but is the account that posts these statuses"
        case .inactive: "approved, but the account is deactivated"
        case .dismissed: "wrote a review that was dismissed"
        case .draft: "never submitted, so it does not count: submit it with the event APPROVED or REQUEST_CHANGES"
        case .comment: "commented, which decides nothing"
        case .unknownState(let word): "wrote a review of the state `\(word)`, which decides nothing"
        case .noAccount: "whose account is gone wrote it, so it counts for nothing"
        case .noCommit: "named no commit, so it counts for nothing"
        case .migrated: "wrote it before the repository was made, so a migration brought it: it counts for nothing"
        case .superseded(let id): "approved, and took that back with review #\(id)"
        case .stale(let commit):
            "approved `\(commit.short)`, which does not stand for the present head: it takes a new approval"
        case .staleBase(let branch):
            "approved while the base was `\(branch)`, which does not stand for this base: it takes a new approval"
        case .unknowable(let unknowns):
            "approved; whether that counts is not known: \(unknowns.reasons)"
        case .notByReview: "approved in a review, and here only comments approve"
        case .otherWords: "approved without the words that the policy asks for in the review's text"
        case .edited: "approved, and the comment was edited since: it takes a new one"
        case .noHead:
            "approved, for a commit that cannot be told: it takes a new comment, with the commit's `@` and digits"
        case .unknownHead(let digits):
            "approved `@\(digits)`, which is no head of this pull request: it takes all digits of the commit"
        case .revoked(let comment): "approved, and took that back in comment #\(comment)"
        case .blocks: "asks for changes"
        case .withdrawn(let id): "asked for changes, and approved later with review #\(id)"
        case .lifted(let login, let id): "asked for changes, and \(login) took that back with review #\(id)"
        case .liftedByComment(let login, let comment):
            "asked for changes, and \(login) took that back in comment #\(comment)"
        case .blockerOtherWords: "asks for changes, without the words that block here"
        case .endedWithHead: "asked for changes on an older head, which the policy lets end there"
        case .blockerNotAskedFor: "asks for changes, but is not among those who may block"
        case .blockUnknowable(let unknowns):
            "asks for changes; whether that blocks is not known: \(unknowns.reasons)"
        }
    }
}
