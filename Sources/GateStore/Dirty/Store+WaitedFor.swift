import GRDB
import GatePolicy

extension Store {
    /// Whether people still wait for pull requests; nil for those that nobody waits for.
    public func waitedFor(
        _ pulls: [(RepositoryName, Int64)]
    ) async throws(StoreError) -> [(attempts: Int, problem: String)?] {
        try await read { database in
            try pulls.map { repository, number in
                try Row.fetchOne(
                    database.cachedStatement(
                        sql: """
                            SELECT attempts, problem FROM dirty
                            WHERE repository = ? AND kind = 'pull' AND target = ? AND urgency = 0 AND cause <> 'time'
                            """), arguments: [repository.description.lowercased(), "\(number)"]
                ).map { ($0["attempts"], $0["problem"] ?? "") }
            }
        }
    }

    /// When the oldest event was marked that is due and was never tried; nil when there is none.
    public func oldestUntried(_ now: Moment) async throws(StoreError) -> Moment? {
        try await read { database in
            try Int64.fetchOne(
                database, sql: "SELECT MIN(firstMarkedAt) FROM dirty WHERE urgency = 0 AND attempts = 0 AND dueAt <= ?",
                arguments: [now.milliseconds]
            ).map { Moment(milliseconds: $0) }
        }
    }
}
