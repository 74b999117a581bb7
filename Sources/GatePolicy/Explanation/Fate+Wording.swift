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
        case .notAskedFor: "approved, but is not among those whose approval is asked for"
        case .author: "approved, but opened the pull request"
        case .committer: "approved, but pushed or wrote a commit of the pull request"
        case .serviceAccount: "approved, but is the account that posts these statuses"
        case .inactive: "approved, but the account is deactivated"
        case .dismissed: "decided, and somebody dismissed that review"
        case .draft: "is a draft that was never submitted: submit it with the event APPROVED or REQUEST_CHANGES"
        case .comment: "commented, which decides nothing"
        case .unknownState(let word): "has the state `\(word)`, which decides nothing"
        case .noAccount: "wrote it, and that account is gone"
        case .noCommit: "names no commit"
        case .migrated: "is older than the repository: a migration brought it"
        case .superseded(let id): "approved, and took that back with review #\(id)"
        case .stale(let commit): "approved `\(commit.short)`, and what is changed has differed since: approve again"
        case .staleBase(let branch):
            "approved while the base was `\(branch)`, and that cannot stand for this base: approve again"
        case .unknowable(let unknowns):
            "approved; whether that counts is not known: \(unknowns.map(\.reason).joined(separator: "; "))"
        case .blocks: "asks for changes"
        case .withdrawn(let id): "asked for changes, and approved later with review #\(id)"
        case .endedWithHead: "asked for changes on an older head, which the policy lets end there"
        case .blockerNotAskedFor: "asks for changes, but is not among those who may block"
        case .blockUnknowable(let unknowns):
            "asks for changes; whether that blocks is not known: \(unknowns.map(\.reason).joined(separator: "; "))"
        }
    }
}
