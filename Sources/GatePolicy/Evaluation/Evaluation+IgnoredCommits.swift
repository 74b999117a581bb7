extension Evaluation {
    /// Whether a commit is wholly of some people: both its accounts are known to be, and so is who pushed it.
    mutating func isIgnored(_ commit: Commit, by people: People?) -> Truth {
        guard let people else { return .no }
        var truth = Truth.yes
        for account in [commit.author, commit.committer] {
            truth = truth && (account.map { membership(of: $0, in: people) } ?? .no)
        }
        // Addresses are what anybody may write: only who pushed it is proven.
        if truth == .no { return .no }
        switch pushers() {
        case .unknown(let unknown): return truth && .unknown([unknown])
        case .known(let pushers):
            guard let pusher = pushers[commit.id] ?? nil else { return .no }
            return truth && membership(of: pusher, in: people)
        }
    }

    /// Who brought each commit, put together once.
    mutating func pushers() -> Known<[CommitID: Account?]> {
        if let readPushers { return readPushers }
        let pushers = timeline().map(Self.pushers)
        readPushers = pushers
        return pushers
    }

    /// Who brought each commit: who pushed it first, for a later forced push names the head it replaces, too.
    private static func pushers(_ rows: [TimelineEntry]) -> [CommitID: Account?] {
        var pushers: [CommitID: Account?] = [:]
        for row in rows {
            guard case .push(let ids, _) = row.event else { continue }
            for id in ids where pushers[id] == nil { pushers[id] = .some(row.actor) }
        }
        return pushers
    }

    /// Whether an older head is an ancestor of this one, and every commit since is wholly of some people.
    mutating func addsOnlyIgnored(since old: CommitID, by people: People?) -> Truth {
        guard let people else { return .no }
        switch commits() {
        case .unknown(let unknown): return .unknown([unknown])
        case .known(let commits):
            let known = Dictionary(commits.map { ($0.id, $0) }) { first, _ in first }
            let all = Self.ancestors(of: [facts.pullRequest.head], among: known)
            guard all.contains(old) else { return .no }
            let since = all.subtracting(Self.ancestors(of: [old], among: known))
            var truth = Truth.yes
            for commit in commits where since.contains(commit.id) {
                truth = truth && isIgnored(commit, by: people)
                if truth == .no { break }
            }
            return truth
        }
    }

    /// The commits and everything below them, as far as they are listed.
    static func ancestors(of tips: [CommitID], among commits: [CommitID: Commit]) -> Set<CommitID> {
        var found: Set<CommitID> = []
        var open = tips
        while let next = open.popLast() {
            guard let commit = commits[next], found.insert(next).inserted else { continue }
            open += commit.parents
        }
        return found
    }
}
