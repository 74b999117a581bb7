import GRDB
import GatePolicy

extension Store {
    /// Whether the forge lets a pull request through by what its commit shows, as far as we know.
    private static let passes = """
        (pull.isShownToPass AND pull.decidedHead IS pull.head AND pull.decidedBase IS pull.base AND NOT EXISTS (
            SELECT 1 FROM publication WHERE publication.repository = pull.repository AND publication.head = pull.head
                AND publication.context = 'countersign: ' || pull.base
                AND publication.state NOT IN ('success', 'warning')))
        """

    /// How many open pull requests pass by what their commits show, and how many do not.
    public func passing() async throws(StoreError) -> (passing: Int, others: Int) {
        try await read { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT TOTAL(\(Self.passes)) AS passing, COUNT(*) AS number FROM pull
                    JOIN repository ON repository.id = pull.repository
                    WHERE pull.state = 'open' AND pull.outcome IS NOT NULL AND NOT repository.isSkipped
                    """)
            let (passing, number) = (Int((row?["passing"] as Double?) ?? 0), (row?["number"] as Int?) ?? 0)
            return (passing, number - passing)
        }
    }

    /// Open pull requests that do not pass by what their commits show, those first where nothing has happened for
    /// longest.
    /// - Parameter undecidedOnly: whether only those are meant that cannot be decided.
    public func waiting(limit: Int, undecidedOnly: Bool = false) async throws(StoreError) -> [PullRecord] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT pull.* FROM pull JOIN repository ON repository.id = pull.repository
                    WHERE pull.state = 'open' AND NOT repository.isSkipped
                        AND (pull.outcome = 'undecided'
                            OR (NOT ? AND pull.outcome IS NOT NULL AND NOT \(Self.passes)))
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
