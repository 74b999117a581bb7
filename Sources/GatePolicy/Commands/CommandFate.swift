/// A command and what became of it, so that a page can explain each.
public struct CommandFate: Hashable, Sendable, Codable {
    /// What can become of a command.
    public enum Fate: Hashable, Sendable, Codable {
        /// It stands for this head.
        case stands(CommitID)
        /// It stands too, and the same was said again in a later comment, which is the one to show.
        case repeated(CommitID, comment: Int64)
        /// It stands for a head, and gives nothing there: why, in words for people.
        case refused(reason: String)
        /// A recheck or an explanation was asked for.
        case asked
        /// A revoke took something back.
        case revoked
        /// A revoke found nothing of its author's that stands.
        case nothingToRevoke
        /// Its author took it back in this comment.
        case withdrawn(comment: Int64)
        /// The comment was edited: what it gave is gone.
        case edited
        /// The comment belongs to no real account.
        case noAccount
        /// Which head it was given for cannot be told.
        case noHead
        /// The digits it names belong to no head of this pull request.
        case unknownHead(String)
        /// It looks like a command and cannot be carried out.
        case notUnderstood(Misunderstanding)
        /// It stands in the text of a review.
        case inReview
    }

    /// How a comment is answered at once; a page tells the rest.
    public enum Answer: Hashable, Sendable, Codable {
        /// It was carried out.
        case done
        /// It was not understood.
        case notUnderstood
        /// It was understood and gives nothing.
        case refused
    }

    /// The comment, or the review.
    public var comment: Int64
    /// Under whose name it stands.
    public var author: Account?
    /// The command.
    public var command: Command
    /// What became of it.
    public var fate: Fate

    /// A command's fate.
    public init(comment: Int64, author: Account?, command: Command, fate: Fate) {
        self.comment = comment
        self.author = author
        self.command = command
        self.fate = fate
    }
}

extension CommandFate.Fate {
    /// How the comment is answered.
    public var answer: CommandFate.Answer {
        switch self {
        case .stands, .repeated, .asked, .revoked, .nothingToRevoke, .withdrawn: .done
        case .notUnderstood: .notUnderstood
        case .refused, .edited, .noAccount, .noHead, .unknownHead, .inReview: .refused
        }
    }

    /// What became of the command, in words for people.
    public var wording: String {
        switch self {
        case .stands(let commit): "given for `\(commit.short)`"
        case .repeated(let commit, let comment): "given for `\(commit.short)`, and again in comment #\(comment)"
        case .refused(let reason): reason
        case .asked: "asked for"
        case .revoked: "took back what was given"
        case .nothingToRevoke: "found nothing of one's own to take back"
        case .withdrawn(let comment): "taken back in comment #\(comment)"
        case .edited: "the comment was edited, so it gives nothing: write a new one"
        case .noAccount: "the comment belongs to no account any more"
        case .noHead:
            "which commit it was given for cannot be told: write it again, and name the commit by `@` and its digits"
        case .unknownHead(let digits): "`@\(digits)` is no head of this pull request: name the present one"
        case .notUnderstood(let problem): "not understood: \(problem.wording)"
        case .inReview: "not carried out in a review: write it as a comment"
        }
    }
}
