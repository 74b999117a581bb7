extension Evaluation {
    /// The accounts behind one commit: whom its names map to, and who pushed it.
    struct CommitPeople {
        var author: Account?
        var committer: Account?
        var pusher: Account?
        /// Those that are known.
        var mapped: [Account] { [author, committer, pusher].compactMap { $0 } }
    }

    /// Every commit with the people behind it.
    mutating func commitPeople() -> Known<[CommitPeople]> {
        switch (commits(), timeline()) {
        case (.unknown(let unknown), _), (_, .unknown(let unknown)): return .unknown(unknown)
        case (.known(let commits), .known(let rows)):
            // Who brought a commit is who pushed it first: a later forced push names the head it replaces, too.
            var pushers: [CommitID: Account?] = [:]
            for row in rows {
                guard case .push(let ids, _) = row.event else { continue }
                for id in ids where pushers[id] == nil { pushers[id] = .some(row.actor) }
            }
            return .known(
                commits.map {
                    CommitPeople(author: $0.author, committer: $0.committer, pusher: pushers[$0.id] ?? nil)
                })
        }
    }

    /// Whether somebody pushed or wrote a commit; an address that nobody has excludes nobody, nor does an update merge.
    mutating func isCommitter(_ account: Account) -> Truth {
        if let known = judgedCommitters[account] { return known }
        let truth: Truth
        switch (commits(), timeline()) {
        case (.unknown(let one), .unknown(let other)): truth = .unknown([one, other])
        case (.unknown(let unknown), .known(let rows)):
            truth = rows.contains { $0.pushes(by: account) } ? .yes : .unknown([unknown])
        case (.known(let commits), .unknown(let unknown)):
            let updates = Commit.updateMerges(among: commits)
            truth = commits.contains { updates[$0.id] == nil && $0.isBy(account) } ? .yes : .unknown([unknown])
        case (.known(let commits), .known(let rows)): truth = isCommitter(account, commits, rows)
        }
        judgedCommitters[account] = truth
        return truth
    }

    private mutating func isCommitter(_ account: Account, _ commits: [Commit], _ rows: [TimelineEntry]) -> Truth {
        var brought = commits.filter { $0.isBy(account) }.map(\.id)
        for row in rows where row.pushes(by: account) {
            guard case .push(let ids, _) = row.event, !ids.isEmpty else { return .yes }
            brought += ids
        }
        if brought.isEmpty { return .no }
        let updates = Commit.updateMerges(among: commits)
        if brought.contains(where: { updates[$0] == nil }) { return .yes }
        // Somebody who only brought the base up to date has changed nothing, if that is so object id by object id.
        let base = facts.pullRequest.baseBranch
        var truth = Truth.no
        for merge in Set(brought).sorted(by: { $0.text < $1.text }) {
            guard let before = updates[merge] else { continue }
            switch (effectiveChange(before, against: base), effectiveChange(merge, against: base)) {
            case (.known(.some(let one)), .known(.some(let other))): truth = truth || Truth(one != other)
            case (.unknown(let unknown), _), (_, .unknown(let unknown)): truth = truth || .unknown([unknown])
            case (.known, .known): truth = .yes
            }
        }
        return truth
    }
}

extension Commit {
    /// Commits that may only bring the base up to date, with their first parents.
    ///
    /// Two parents, the first in the pull request, the second not: then it is in the base, for the list of commits is
    /// everything of the head that the base does not have.
    static func updateMerges(among commits: [Commit]) -> [CommitID: CommitID] {
        guard commits.contains(where: { $0.parents.count == 2 }) else { return [:] }
        let ids = Set(commits.map(\.id))
        var found: [CommitID: CommitID] = [:]
        for commit in commits where commit.parents.count == 2 {
            if ids.contains(commit.parents[0]), !ids.contains(commit.parents[1]) {
                found[commit.id] = commit.parents[0]
            }
        }
        return found
    }

    fileprivate func isBy(_ account: Account) -> Bool { author == account || committer == account }
}

extension TimelineEntry {
    fileprivate func pushes(by account: Account) -> Bool {
        if case .push = event { actor == account } else { false }
    }
}
