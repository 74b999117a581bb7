/// The withdrawals of one account and one target that matter: what neither of them takes away, none of the others does.
struct Reach {
    private var last: Withdrawal
    private var lastEdited: Withdrawal?

    init(_ withdrawal: Withdrawal) {
        last = withdrawal
        add(withdrawal)
    }

    mutating func add(_ withdrawal: Withdrawal) {
        last = max(last, withdrawal)
        guard let editedAt = withdrawal.editedAt else { return }
        guard let known = lastEdited, let before = known.editedAt, before >= editedAt else {
            lastEdited = withdrawal
            return
        }
        // The order of a set is not the same in every run: ties are broken, so that the wording is.
        if before == editedAt { lastEdited = max(known, withdrawal) }
    }

    /// At most two: the last by place, and the last by the time of an edit.
    var withdrawals: [Withdrawal] { [last] + [lastEdited].compactMap { $0 } }

    /// The withdrawal that takes away what stands at a place of a comment.
    func withdrawal(reaching comment: Comment, place: Int) -> Withdrawal? {
        withdrawals.first { $0.reaches(comment: comment.id, place: place, givenAt: comment.createdAt) }
    }
}

/// What withdrawals reach, by their authors and targets.
struct Reaches {
    private struct Key: Hashable {
        var account: Int64
        var target: CommandTarget
    }

    private var known: [Key: Reach] = [:]

    /// Of no withdrawals.
    init() {}

    init(_ withdrawals: some Sequence<Withdrawal>) {
        for withdrawal in withdrawals {
            let key = Key(account: withdrawal.author.id, target: withdrawal.target)
            if known[key]?.add(withdrawal) == nil { known[key] = Reach(withdrawal) }
        }
    }

    /// Whether nobody took anything back.
    var isEmpty: Bool { known.isEmpty }

    subscript(account: Int64, target: CommandTarget) -> Reach? { known[Key(account: account, target: target)] }

    /// Those that matter, to be remembered instead of all.
    var withdrawals: Set<Withdrawal> { Set(known.values.flatMap(\.withdrawals)) }
}
