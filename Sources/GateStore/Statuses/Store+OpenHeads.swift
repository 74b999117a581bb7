import GRDB
import GatePolicy

extension Store {
    /// Statuses of somebody else on heads of open pull requests that no operator has cleared, the newest first.
    public func standingForeignStatuses(
        limit: Int
    ) async throws(StoreError) -> [(repository: Int64, status: ForeignStatus)] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT foreignStatus.* FROM foreignStatus JOIN pull ON pull.repository = foreignStatus.repository
                        AND pull.number = foreignStatus.number AND pull.head = foreignStatus.head
                    WHERE foreignStatus.clearedAt IS NULL AND pull.state = 'open' ORDER BY foreignStatus.row DESC LIMIT ?
                    """, arguments: [limit]
            ).compactMap { row in ForeignStatus(row).map { (row["repository"], $0) } }
        }
    }
}
