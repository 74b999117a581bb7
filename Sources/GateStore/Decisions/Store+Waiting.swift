import GRDB
import GatePolicy

extension Store {
    /// Open pull requests that do not pass, those first where nothing has happened for longest.
    /// - Parameter undecidedOnly: whether those are left out that wait for people.
    public func waiting(limit: Int, undecidedOnly: Bool = false) async throws(StoreError) -> [PullRecord] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT pull.* FROM pull JOIN repository ON repository.id = pull.repository
                    WHERE pull.state = 'open' AND NOT repository.isSkipped
                        AND (pull.outcome = 'undecided' OR (NOT ? AND pull.outcome IN ('rejected', 'waiting')))
                    ORDER BY pull.activeAt, pull.repository, pull.number LIMIT ?
                    """, arguments: [undecidedOnly, limit]
            ).compactMap(PullRecord.init)
        }
    }

    /// Open pull requests that have been waiting for people, with nothing new decided, since before a moment; the
    /// oldest first.
    public func waitingSince(_ moment: Moment, limit: Int) async throws(StoreError) -> [PullRecord] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT pull.* FROM pull JOIN repository ON repository.id = pull.repository
                    WHERE pull.state = 'open' AND pull.outcome = 'waiting' AND pull.decidedAt <= ?
                        AND NOT repository.isSkipped
                    ORDER BY pull.decidedAt, pull.repository, pull.number LIMIT ?
                    """, arguments: [moment.milliseconds, limit]
            ).compactMap(PullRecord.init)
        }
    }
}
