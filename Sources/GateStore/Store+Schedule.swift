import GRDB
import GatePolicy

extension Store {
    /// The outcomes that are shown as a pass, as SQL lists them.
    static let passing = Outcome.allCases.filter { $0.status == .success }.map { "'\($0.rawValue)'" }
        .joined(separator: ", ")

    /// Open pull requests that were confirmed longest ago and are due to be looked at again.
    /// - Parameters:
    ///   - green: the period of those that pass.
    ///   - active: the period of those where something happened in the last day.
    ///   - all: the period of all others.
    public func dueForLook(
        _ now: Moment, green: Duration, active: Duration, all: Duration, limit: Int = 20_000
    ) async throws(StoreError) -> [(RepositoryName, Int64)] {
        let arguments: StatementArguments = [
            (now - all).milliseconds, (now - green).milliseconds, (now - active).milliseconds,
            (now - .seconds(86_400)).milliseconds, now.milliseconds, limit,
        ]
        return try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT repository.owner, repository.name, pull.number FROM pull
                    JOIN repository ON repository.id = pull.repository
                    WHERE pull.state = 'open' AND NOT repository.isSkipped AND (pull.checkedAt IS NULL
                        OR pull.checkedAt <= ?1 OR pull.checkedAt > ?5
                        OR pull.checkedAt <= ?2 AND pull.outcome IN (\(Self.passing))
                        OR pull.checkedAt <= ?3 AND pull.activeAt >= ?4)
                    ORDER BY pull.checkedAt LIMIT ?6
                    """, arguments: arguments
            ).map { (RepositoryName(owner: $0["owner"], name: $0["name"]), $0["number"]) }
        }
    }
}
