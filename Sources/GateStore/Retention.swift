import GRDB

/// How long things are kept; what is open is never deleted.
public struct Retention: Hashable, Sendable {
    /// The history, statuses and sightings of closed pull requests, and the facts of merges.
    public var closedPulls: Duration
    /// Merges and bypasses.
    public var merges: Duration

    /// Times to keep.
    public init(closedPulls: Duration = .seconds(90 * 86_400), merges: Duration = .seconds(730 * 86_400)) {
        self.closedPulls = closedPulls
        self.merges = merges
    }
}

extension Store {
    /// Deletes what is older than it is to be kept.
    /// - Returns: how many pull requests were forgotten.
    @discardableResult
    public func expire(_ retention: Retention, at now: Moment) async throws(StoreError) -> Int {
        try await write { database in
            let old = (now - retention.closedPulls).milliseconds
            let gone = "SELECT 1 FROM pull WHERE pull.state <> 'open' AND pull.seenAt < ?"
            for table in ["verdict", "sighting", "publication", "foreignStatus"] {
                try database.execute(
                    sql: """
                        DELETE FROM \(table) WHERE EXISTS (
                            \(gone) AND pull.repository = \(table).repository AND pull.number = \(table).number)
                        """, arguments: [old])
            }
            try database.execute(sql: "DELETE FROM pull WHERE state <> 'open' AND seenAt < ?", arguments: [old])
            let count = database.changesCount
            try database.execute(sql: "DELETE FROM mergeFacts WHERE at < ?", arguments: [old])
            for table in ["merge", "bypass"] {
                try database.execute(
                    sql: "DELETE FROM \(table) WHERE at < ?", arguments: [(now - retention.merges).milliseconds])
            }
            return count
        }
    }
}
