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

    /// Whether somebody pushed or wrote a commit; an address that nobody has excludes nobody.
    mutating func isCommitter(_ account: Account) -> Truth {
        if let known = judgedCommitters[account] { return known }
        let commits = Truth(commits().map { $0.contains { $0.author == account || $0.committer == account } })
        let pushes = Truth(
            timeline().map { rows in
                rows.contains { row in
                    if case .push = row.event { row.actor == account } else { false }
                }
            })
        let truth = commits || pushes
        judgedCommitters[account] = truth
        return truth
    }
}
