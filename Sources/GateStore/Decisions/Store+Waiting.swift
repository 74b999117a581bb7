import GRDB
import GatePolicy

extension Store {
    /// Open pull requests that do not pass, those first where nothing has happened for longest.
    public func waiting(limit: Int) async throws(StoreError) -> [PullRecord] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT pull.* FROM pull JOIN repository ON repository.id = pull.repository
                    WHERE pull.state = 'open' AND pull.outcome IN ('rejected', 'undecided', 'waiting')
                        AND NOT repository.isSkipped
                    ORDER BY pull.activeAt, pull.repository, pull.number LIMIT ?
                    """, arguments: [limit]
            ).compactMap(PullRecord.init)
        }
    }
}
