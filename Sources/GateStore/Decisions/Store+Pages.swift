import GRDB
import GatePolicy

extension Store {
    /// How many open pull requests there are, by what they came to.
    public func outcomes() async throws(StoreError) -> [Outcome: Int] {
        try await read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT outcome, COUNT(*) AS number FROM pull JOIN repository ON repository.id = pull.repository
                    WHERE pull.state = 'open' AND outcome IS NOT NULL AND NOT repository.isSkipped GROUP BY outcome
                    """)
            return Dictionary(
                rows.compactMap { row in Outcome(rawValue: row["outcome"]).map { ($0, row["number"]) } },
                uniquingKeysWith: { $1 })
        }
    }

    /// Why open pull requests are undecided, what keeps most of them so first; each with how many, and one of them.
    public func undecided(limit: Int) async throws(StoreError) -> [(
        summary: String, count: Int, example: String
    )] {
        try await read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT summary, COUNT(*) AS count, MIN(owner || '/' || name || '#' || number) AS example
                    FROM pull JOIN repository ON repository.id = pull.repository
                    WHERE pull.state = 'open' AND outcome = ? AND NOT repository.isSkipped
                    GROUP BY summary ORDER BY count DESC, example LIMIT ?
                    """, arguments: [Outcome.undecided.rawValue, limit])
            return rows.map { (summary: $0["summary"] ?? "", count: $0["count"], example: $0["example"]) }
        }
    }

    /// The open pull requests of a repository, newest first.
    public func pulls(of repository: Int64, limit: Int = 500) async throws(StoreError) -> [PullRecord] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT * FROM pull WHERE repository = ? AND state = 'open' ORDER BY number DESC LIMIT ?",
                arguments: [repository, limit]
            ).compactMap(PullRecord.init)
        }
    }

    /// How a pull request's decision changed, newest first.
    public func history(
        _ repository: Int64, _ number: Int64, limit: Int = 50
    ) async throws(StoreError) -> [HistoryEntry] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT entry FROM verdict WHERE repository = ? AND number = ? ORDER BY id DESC LIMIT ?",
                arguments: [repository, number, limit]
            ).compactMap { StoredValue.value(HistoryEntry.self, from: $0["entry"]) }
        }
    }

    /// How old the oldest confirmation among the open, decided pull requests is, and of how many.
    public func oldestCheck() async throws(StoreError) -> (at: Moment, of: Int)? {
        try await read { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT MIN(pull.checkedAt) AS oldest, COUNT(*) AS number FROM pull
                    JOIN repository ON repository.id = pull.repository
                    WHERE pull.state = 'open' AND pull.outcome IS NOT NULL AND NOT repository.isSkipped
                    """)
            guard let row, let oldest: Int64 = row["oldest"] else { return nil }
            return (Moment(milliseconds: oldest), row["number"])
        }
    }
}
