import GRDB
import GatePolicy

extension Store {
    /// Remembers statuses that stand now, and since when what stands lets through, or does not.
    ///
    /// What may stand soon has no row yet: one that lets through as it does keeps its own.
    public func publish(_ publications: [Publication], of repository: Int64, at now: Moment) async throws(StoreError) {
        if publications.isEmpty { return }
        try await write { database in
            for one in publications {
                try database.cachedStatement(
                    sql: """
                        INSERT INTO publication (repository, head, context, number, base, state, description, row, at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (repository, head, context) DO UPDATE SET
                            number = excluded.number, base = excluded.base, state = excluded.state,
                            description = excluded.description,
                            row = CASE WHEN excluded.row = 0 AND (state IN ('success', 'warning'))
                                = (excluded.state IN ('success', 'warning')) THEN row ELSE excluded.row END,
                            at = CASE WHEN at > 0 AND (state IN ('success', 'warning'))
                                = (excluded.state IN ('success', 'warning')) THEN at ELSE excluded.at END
                        """
                ).execute(arguments: [
                    repository, one.head.text, one.context, one.number, one.base, one.state.rawValue, one.description,
                    one.row, now.milliseconds,
                ])
            }
        }
    }

    /// What we last posted on a commit.
    /// - Parameter moment: only what has let through, or has not, since before then.
    public func publications(
        _ repository: Int64, head: CommitID, before moment: Moment? = nil
    ) async throws(StoreError) -> [Publication] {
        try await publications(
            "repository = ?1 AND head = ?2 AND (?3 IS NULL OR at < ?3) ORDER BY context",
            [repository, head.text, moment?.milliseconds])
    }

    /// What we last posted in the summary's context on the heads of a repository's open pull requests, by number.
    public func summaries(of repository: Int64) async throws(StoreError) -> [Int64: Publication] {
        try await read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT publication.*, pull.number AS shownOn FROM pull JOIN publication
                        ON publication.repository = pull.repository AND publication.head = pull.head
                        AND publication.context = 'countersign: ' || pull.base
                    WHERE pull.repository = ? AND pull.state = 'open'
                    """, arguments: [repository])
            return Dictionary(
                rows.compactMap { row in Publication(row).map { (row["shownOn"], $0) } }, uniquingKeysWith: { $1 })
        }
    }

    /// Greens of ours on commits that are not the head of an open pull request into the base they were given for:
    /// summaries first, for those are required, and the newest of them.
    public func staleGreens(
        _ repository: Int64, head: CommitID? = nil, limit: Int = 1_000
    ) async throws(StoreError) -> [StaleGreen] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT *, (\(Self.pull("MIN(number)", "merged"))) AS mergedAs FROM publication
                    WHERE repository = ?1 AND (?2 IS NULL OR head = ?2) AND state IN ('success', 'warning')
                        AND NOT EXISTS (\(Self.pull("1", "open")))
                    ORDER BY at = 0, context <> 'countersign: ' || base, at DESC, head, context LIMIT ?3
                    """, arguments: [repository, head?.text, limit]
            ).compactMap { row in Publication(row).map { StaleGreen(publication: $0, mergedAs: row["mergedAs"]) } }
        }
    }

    /// Greens of ours on heads of open pull requests into the base they were given for, the summaries first; none of
    /// repositories that are left alone.
    public func openGreens(limit: Int = 10_000) async throws(StoreError) -> [OpenGreen] {
        let repositories = try await repositories()
        return try await read { database in
            let known = Dictionary(repositories.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
            return try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM publication WHERE state IN ('success', 'warning') AND EXISTS (\(Self.pull("1", "open")))
                    ORDER BY context <> 'countersign: ' || base, repository, head, context LIMIT ?
                    """, arguments: [limit]
            ).compactMap { row in
                guard let repository = known[row["repository"]], !repository.isSkipped,
                    let publication = Publication(row)
                else { return nil }
                return OpenGreen(repository: repository, publication: publication)
            }
        }
    }

    /// Something of the pull requests in a state that a publication's commit is the head of, into its base.
    private static func pull(_ what: String, _ state: String) -> String {
        """
        SELECT \(what) FROM pull WHERE pull.repository = publication.repository AND pull.head = publication.head
            AND pull.base = publication.base AND pull.state = '\(state)'
        """
    }

    /// Lets all others be withdrawn before one that cannot be.
    public func putLast(_ green: StaleGreen, of repository: Int64) async throws(StoreError) {
        let publication = green.publication
        try await write { database in
            try database.execute(
                sql: "UPDATE publication SET at = 0 WHERE repository = ? AND head = ? AND context = ?",
                arguments: [repository, publication.head.text, publication.context])
        }
    }

    /// Forgets what was posted on a commit that is gone.
    public func forgetPublications(_ repository: Int64, head: CommitID) async throws(StoreError) {
        try await write { database in
            try database.execute(
                sql: "DELETE FROM publication WHERE repository = ? AND head = ?", arguments: [repository, head.text])
        }
    }

    private func publications(_ condition: String, _ arguments: [(any DatabaseValueConvertible & Sendable)?])
        async throws(StoreError) -> [Publication]
    {
        try await read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM publication WHERE \(condition)", arguments: StatementArguments(arguments)
            ).compactMap(Publication.init)
        }
    }

    /// Remembers statuses of somebody else, each once; one that was ever more favourable than ours stays so.
    /// - Returns: those that were not known before.
    public func record(
        _ found: [ForeignStatus], of repository: Int64
    ) async throws(StoreError) -> [ForeignStatus] {
        if found.isEmpty { return [] }
        return try await write { database in
            try found.filter { one in
                try database.execute(
                    sql: """
                        INSERT OR IGNORE INTO foreignStatus (repository, row, number, head, context, state, description,
                            creator, isFavourable, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        repository, one.row, one.number, one.head.text, one.context, one.state?.rawValue ?? "",
                        one.description, try StoredValue.data(one.creator), one.isFavourable, one.at.milliseconds,
                    ])
                if database.changesCount == 1 { return true }
                if one.isFavourable {
                    try database.execute(
                        sql: "UPDATE foreignStatus SET isFavourable = 1 WHERE repository = ? AND head = ? AND row = ?",
                        arguments: [repository, one.head.text, one.row])
                }
                return false
            }
        }
    }

    /// Statuses of somebody else on one commit of a repository, newest first; all commits for nil.
    public func foreignStatuses(
        _ repository: Int64, head: CommitID? = nil, limit: Int = 100
    ) async throws(StoreError) -> [ForeignStatus] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM foreignStatus WHERE repository = ? AND (? IS NULL OR head = ?)
                    ORDER BY at DESC, row DESC LIMIT ?
                    """,
                arguments: [repository, head?.text, head?.text, limit]
            ).compactMap(ForeignStatus.init)
        }
    }

    /// Statuses of somebody else on a commit that no operator has cleared, the oldest first: every one that was more
    /// favourable than ours, and the others since a moment.
    public func contested(
        _ repository: Int64, head: CommitID, since moment: Moment
    ) async throws(StoreError) -> [ForeignStatus] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM foreignStatus WHERE repository = ? AND head = ? AND clearedAt IS NULL
                        AND (isFavourable OR at > ?) ORDER BY at, row
                    """, arguments: [repository, head.text, moment.milliseconds]
            ).compactMap(ForeignStatus.init)
        }
    }

    /// Ends the marking of a pull request's commit as forged, whichever pull request of that commit it was found on:
    /// `countersign forget` for one pull request.
    /// - Returns: how many statuses were cleared.
    public func clearForeignStatuses(
        _ repository: Int64, number: Int64, at now: Moment
    ) async throws(StoreError) -> Int {
        try await write { database in
            try database.execute(
                sql: """
                    UPDATE foreignStatus SET clearedAt = ?1 WHERE repository = ?2 AND clearedAt IS NULL AND (number = ?3
                        OR head = (SELECT head FROM pull WHERE pull.repository = ?2 AND pull.number = ?3))
                    """, arguments: [now.milliseconds, repository, number])
            return database.changesCount
        }
    }
}

extension Publication {
    fileprivate init?(_ row: Row) {
        guard let head = CommitID(row["head"]), let state = StatusState(rawValue: row["state"]) else { return nil }
        self.init(
            head: head, context: row["context"], number: row["number"], base: row["base"], state: state,
            description: row["description"], row: row["row"])
    }
}

extension ForeignStatus {
    init?(_ row: Row) {
        guard let head = CommitID(row["head"]) else { return nil }
        let clearedAt: Int64? = row["clearedAt"]
        self.init(
            row: row["row"], number: row["number"], head: head, context: row["context"],
            state: StatusState(rawValue: row["state"]), description: row["description"],
            creator: StoredValue.value(Account?.self, from: row["creator"]) ?? nil, isFavourable: row["isFavourable"],
            at: Moment(milliseconds: row["at"]), clearedAt: clearedAt.map { Moment(milliseconds: $0) })
    }
}
