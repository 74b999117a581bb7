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
            var pushers: [CommitID: Account] = [:]
            for row in rows {
                if case .push(let ids, _) = row.event, let actor = row.actor { for id in ids { pushers[id] = actor } }
            }
            // What the pull request was opened with has no row of its own: its opener brought it.
            return .known(
                commits.map {
                    CommitPeople(author: $0.author, committer: $0.committer, pusher: pushers[$0.id])
                })
        }
    }
}
