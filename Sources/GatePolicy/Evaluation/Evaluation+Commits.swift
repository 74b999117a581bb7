extension Evaluation {
    /// The accounts behind one commit: whom its names map to, and who pushed it.
    struct CommitPeople {
        var id: CommitID
        var author: Account?
        var committer: Account?
        var pusher: Account?
        /// Those that are known.
        var mapped: [Account] { [author, committer, pusher].compactMap { $0 } }
    }

    /// Every commit with the people behind it.
    mutating func commitPeople() -> Known<[CommitPeople]> {
        switch (commits(), pushers()) {
        case (.unknown(let unknown), _), (_, .unknown(let unknown)): return .unknown(unknown)
        case (.known(let commits), .known(let pushers)):
            return .known(
                commits.map {
                    CommitPeople(
                        id: $0.id, author: $0.author, committer: $0.committer, pusher: pushers[$0.id] ?? nil)
                })
        }
    }

    /// Whether somebody pushed or wrote a commit; an address that nobody has excludes nobody, nor does an update merge.
    mutating func isCommitter(_ account: Account, _ rule: CommitterRule = .plain) -> Truth {
        // Most people brought nothing, which is quick to say.
        if !rule.isStrict, let contributions = contributions(), !contributions.people.holds(account.id) {
            return contributions.hidden
        }
        if let known = judgedCommitters.first(where: { $0.rule == rule })?.accounts[account] { return known }
        var truth = brought(account, rule)
        if rule.isStrict, truth != .yes { truth = truth || mayHaveWritten() }
        if let place = judgedCommitters.firstIndex(where: { $0.rule == rule }) {
            judgedCommitters[place].accounts[account] = truth
        } else {
            var accounts = AccountTable<Truth>()
            accounts[account] = truth
            judgedCommitters.append((rule, accounts))
        }
        return truth
    }

    private mutating func brought(_ account: Account, _ rule: CommitterRule) -> Truth {
        switch (commits(), timeline()) {
        case (.unknown(let one), .unknown(let other)): return .unknown([one, other])
        // What was pushed may be no more than a merge of the base.
        case (.unknown(let unknown), .known): return .unknown([unknown])
        case (.known(let commits), .unknown(let unknown)):
            let updates = Commit.updateMerges(among: commits)
            var truth = Truth.unknown([unknown])
            for commit in commits where updates[commit.id] == nil && commit.isBy(account) {
                truth = truth || !isIgnored(commit, by: rule.ignoring)
            }
            return truth
        case (.known(let commits), .known(let rows)): return brought(account, rule, commits, rows)
        }
    }

    private mutating func brought(
        _ account: Account, _ rule: CommitterRule, _ commits: [Commit], _ rows: [TimelineEntry]
    ) -> Truth {
        let contributions = contributions(commits, rows)
        let (updates, hidden) = (contributions.updates, contributions.hidden)
        guard contributions.people.holds(account.id) else { return hidden }
        var brought = Set(commits.filter { $0.isBy(account) }.map(\.id))
        for row in contributions.pushes where row.pushes(by: account) {
            guard case .push(let ids, _) = row.event, !ids.isEmpty else { return .yes }
            brought.formUnion(ids)
        }
        if brought.isEmpty { return hidden }
        var ignored: [CommitID: Truth] = [:]
        if rule.ignoring != nil {
            for commit in commits where brought.contains(commit.id) {
                ignored[commit.id] = isIgnored(commit, by: rule.ignoring)
            }
        }
        // Somebody who only brought the base up to date has changed nothing, if that is so object id by object id.
        let base = facts.pullRequest.baseBranch
        var truth = hidden
        for id in brought.sorted(by: { $0.text < $1.text }) {
            let isIgnored = ignored[id] ?? .no
            guard isIgnored != .yes else { continue }
            guard let before = updates[id] else {
                truth = truth || !isIgnored
                if truth == .yes { return .yes }
                continue
            }
            let changes: Truth
            switch (effectiveChange(before, against: base), effectiveChange(id, against: base)) {
            case (.known(.some(let one)), .known(.some(let other))): changes = Truth(one != other)
            case (.unknown(let unknown), _), (_, .unknown(let unknown)): changes = .unknown([unknown])
            case (.known, .known): changes = .yes
            }
            truth = truth || (changes && !isIgnored)
        }
        return truth
    }

    /// Who brought the facts' own commits; nil where they, or the timeline, are not read.
    mutating func contributions() -> Contributions? {
        if let readContributions { return readContributions }
        guard case .known(let commits)? = facts.commitsOfHead, case .known(let rows)? = facts.timeline
        else { return nil }
        return contributions(commits, rows)
    }

    /// The same, put together once.
    mutating func contributions(_ commits: [Commit], _ rows: [TimelineEntry]) -> Contributions {
        if let readContributions { return readContributions }
        let contributions = Contributions(commits, rows, head: facts.pullRequest.head)
        readContributions = contributions
        return contributions
    }

    /// Whether anybody at all may be behind a commit: one of its addresses belongs to no account.
    private mutating func mayHaveWritten() -> Truth {
        guard case .known(let commits) = commits() else { return .no }
        let unmapped = commits.filter { $0.author == nil || $0.committer == nil }.map(\.id).min { $0.text < $1.text }
        guard let unmapped else { return .no }
        return .unknown([
            Unknown(
                cause: .notTold, subject: "who wrote `\(unmapped.short)`",
                reason: "no account has the address of its author or committer",
                cure: "let them add the address to their account, or take `committers: strict` out of the policy")
        ])
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
