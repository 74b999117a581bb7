/// What the commands of a pull request's comments come to: what was given and stands, and every command's fate.
///
/// **Editing and deleting can only take away.** For comments before, and the same comments after some were edited or
/// deleted, with the withdrawals of the first ledger remembered by the second: every waiver and acknowledgement of the
/// second is one of the first (new comments aside, same names, timeline and head). So a person's newer word never hides
/// an older one of the same kind: else deleting the newer would bring the older back, perhaps for a head that is
/// again the present one. They all stand for the heads they were given for, in the order in which they were given,
/// and the last is the one to show; only a revoke ends them.
///
/// **Without a store** no more is seen than the comments of this moment: a revoke whose comment was deleted, or
/// edited away, is forgotten unless its `Withdrawal` is passed in again. A revoke in the present text of an edited
/// comment counts for the comment's account, and reaches everything given up to the edit.
///
/// Shared, for it is much to copy; nothing but the fate of a revoke changes once it is there.
final class CommandLedger {
    /// The waivers that stand, oldest first; each has the head it was given for.
    private(set) var waivers: [Waiver] = []
    /// The acknowledgements that stand, oldest first; each has the head it was given for.
    private(set) var acknowledgements: [Acknowledgement] = []
    /// What every revoke reaches, those remembered included: its withdrawals are to be passed to the next ledger.
    let reaches: Reaches
    /// Every command and what became of it, in the order of the comments.
    private(set) var fates: [CommandFate] = []
    /// Whether there are more commands than are read of a conversation: then nothing of it is told.
    let isOverLimit: Bool
    /// The withdrawals whose fates are told already.
    private var noted: Set<Withdrawal> = []

    /// How many commands of a conversation are read.
    static let maximumCommands = 10_000

    /// What comments without a command come to.
    init() {
        reaches = Reaches()
        isOverLimit = false
    }

    /// What some comments come to.
    /// - Parameters:
    ///   - comments: All comments of the conversation, in any order.
    ///   - names: What commands can be about.
    ///   - heads: For which head each comment was written.
    ///   - serviceAccount: The account that posts statuses and comments; what it writes is passed over.
    ///   - remembered: The withdrawals of earlier ledgers of this pull request.
    init(
        comments: [Comment], names: CommandVocabulary, heads: HeadHistory, serviceAccount: Account?,
        remembered: Set<Withdrawal>
    ) {
        var spoken: [Spoken] = []
        var suggestions = CommandParser.suggestionsPerConversation
        let service = serviceAccount?.id
        for comment in Self.ordered(comments) where comment.author == nil || comment.author?.id != service {
            let commands = CommandParser.commands(in: comment.body, knowing: names, suggestions: &suggestions)
            for (place, command) in commands.enumerated() {
                spoken.append(Spoken(comment: comment, place: place, command: command))
            }
            if spoken.count > Self.maximumCommands { break }
        }
        isOverLimit = spoken.count > Self.maximumCommands
        if isOverLimit { spoken = [] }
        reaches = Reaches(remembered.union(spoken.compactMap(\.withdrawal)))
        var standing: [Spoken.Key: Int] = [:]
        var taken: [Spoken.Key: Spoken] = [:]
        for item in spoken {
            let fate = item.fate(heads, reaches)
            if case .stands = fate, let key = item.giftKey { standing[key] = fates.count }
            if case .withdrawn = fate, let key = item.giftKey, taken[key] == nil { taken[key] = item }
            fates.append(
                CommandFate(comment: item.comment.id, author: item.comment.author, command: item.command, fate: fate))
        }
        for (index, item) in spoken.enumerated() {
            switch fates[index].fate {
            case .stands(let commit):
                give(item, for: commit)
                if let key = item.giftKey, let last = standing[key], last != index {
                    fates[index].fate = .repeated(commit, comment: fates[last].comment)
                }
            case .revoked where !item.revokes(taken):
                fates[index].fate = .nothingToRevoke
            default: break
            }
        }
    }

    /// The revoke of some gates that takes back what a comment says without a command.
    func withdrawal(of comment: Comment, by author: Account, from gates: Set<String>) -> Withdrawal? {
        let reaching = gates.compactMap { gate in
            reaches[author.id, .gate(gate)]?.withdrawal(reaching: comment, place: -1)
        }
        return reaching.max()
    }

    /// A revoke that seemed to find nothing took an approving comment back.
    func note(_ withdrawal: Withdrawal) {
        guard noted.insert(withdrawal).inserted else { return }
        for index in fates.indices where fates[index].comment == withdrawal.comment {
            guard case .revoke(withdrawal.target, _) = fates[index].command.action,
                fates[index].fate == .nothingToRevoke
            else { continue }
            fates[index].fate = .revoked
        }
    }

    private func give(_ item: Spoken, for commit: CommitID) {
        guard let author = item.comment.author else { return }
        let givenAt = item.comment.createdAt
        switch item.command.action {
        case .waive(let gate, _, let reason):
            waivers.append(
                Waiver(
                    gate: gate, author: author, reason: reason, commit: commit, givenAt: givenAt,
                    comment: item.comment.id))
        case .acknowledge(let name, _, let note):
            acknowledgements.append(
                Acknowledgement(
                    item: name, comment: item.comment.id, author: author, note: note, commit: commit, givenAt: givenAt))
        case .recheck, .revoke, .why, .notUnderstood: break
        }
    }

    /// The comments by id; of two readings of one comment the later edit.
    static func ordered(_ comments: [Comment]) -> [Comment] {
        // As the forge lists them.
        if comments.indices.dropFirst().allSatisfy({ comments[$0 - 1].id < comments[$0].id }) { return comments }
        let byID = Dictionary(comments.map { ($0.id, $0) }) { $0.updatedAt < $1.updatedAt ? $1 : $0 }
        return byID.values.sorted { $0.id < $1.id }
    }
}

/// A command in its comment.
private struct Spoken {
    /// Whose word about what.
    struct Key: Hashable {
        var account: Int64
        var target: CommandTarget
    }

    var comment: Comment
    var place: Int
    var command: Command

    private var author: Account? { comment.author.flatMap { $0.isReal ? $0 : nil } }

    /// What it gives by whom, when it is a waiver or an acknowledgement.
    var giftKey: Key? {
        guard let author else { return nil }
        switch command.action {
        case .waive(let gate, _, _): return Key(account: author.id, target: .gate(gate))
        case .acknowledge(let item, _, _): return Key(account: author.id, target: .item(item))
        case .recheck, .revoke, .why, .notUnderstood: return nil
        }
    }

    /// What it takes back, when it is a revoke: an edit takes nothing from it.
    var withdrawal: Withdrawal? {
        guard let author, case .revoke(let target, _) = command.action else { return nil }
        return Withdrawal(
            author: author, target: target, comment: comment.id, place: place,
            editedAt: comment.isEdited ? max(comment.createdAt, comment.updatedAt) : nil)
    }

    /// Whether it takes back the first of the gifts that were taken back.
    func revokes(_ taken: [Key: Spoken]) -> Bool {
        guard let withdrawal, let gift = taken[Key(account: withdrawal.author.id, target: withdrawal.target)] else {
            return false
        }
        return withdrawal.reaches(comment: gift.comment.id, place: gift.place, givenAt: gift.comment.createdAt)
    }

    func fate(_ heads: HeadHistory, _ reaches: Reaches) -> CommandFate.Fate {
        if author == nil { return .noAccount }
        let digits: String?
        switch command.action {
        case .notUnderstood(let problem): return .notUnderstood(problem)
        case .revoke: return .revoked
        case .recheck, .why: return comment.isEdited ? .edited : .asked
        case .waive(_, let head, _), .acknowledge(_, let head, _): digits = head
        }
        if comment.isEdited { return .edited }
        if let key = giftKey, let by = reaches[key.account, key.target]?.withdrawal(reaching: comment, place: place) {
            return .withdrawn(comment: by.comment)
        }
        if let digits { return heads.commit(named: digits).map { .stands($0) } ?? .unknownHead(digits) }
        return heads.head(before: comment.id).map { .stands($0) } ?? .noHead
    }
}
