import GRDB
import GatePolicy

extension Store {
    /// Statuses of somebody else on heads of open pull requests that no operator has cleared, the newest first; each with
    /// an open pull request of its head, whichever it was found on.
    public func standingForeignStatuses(
        limit: Int
    ) async throws(StoreError) -> [(repository: Int64, status: ForeignStatus)] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT foreignStatus.*, (
                        SELECT IFNULL(
                            MAX(CASE WHEN pull.number = foreignStatus.number THEN pull.number END), MIN(pull.number))
                        FROM pull WHERE pull.repository = foreignStatus.repository
                            AND pull.head = foreignStatus.head AND pull.state = 'open'
                    ) AS standsOn FROM foreignStatus
                    WHERE clearedAt IS NULL AND standsOn IS NOT NULL ORDER BY at DESC, row DESC LIMIT ?
                    """, arguments: [limit]
            ).compactMap { row in
                guard var status = ForeignStatus(row) else { return nil }
                status.number = row["standsOn"]
                return (row["repository"], status)
            }
        }
    }
}
