#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import GRDB
import GatePolicy

/// The comment that answers `/why`.
public struct Explained: Hashable, Sendable {
    /// The comment's id.
    public var comment: Int64
    /// Tells its text from another one.
    public var digest: String
    /// When it was written last.
    public var at: Moment

    /// A comment.
    public init(comment: Int64, digest: String, at: Moment) {
        self.comment = comment
        self.digest = digest
        self.at = at
    }
}

extension Store {
    /// The comment that answers `/why` on a pull request; nil when there is none yet.
    public func explanation(_ repository: Int64, _ number: Int64) async throws(StoreError) -> Explained? {
        try await read { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT key, value, at FROM sighting WHERE repository = ? AND number = ? AND kind = 'explanation'
                    """, arguments: [repository, number])
            guard let row, let comment = Int64(row["key"] as String) else { return nil }
            let digest: Data = row["value"]
            return Explained(
                comment: comment, digest: String(decoding: digest, as: UTF8.self), at: Moment(milliseconds: row["at"]))
        }
    }

    /// Remembers the comment that answers `/why`.
    public func remember(explanation: Explained, of repository: Int64, _ number: Int64) async throws(StoreError) {
        try await write { database in
            try database.execute(
                sql: "DELETE FROM sighting WHERE repository = ? AND number = ? AND kind = 'explanation'",
                arguments: [repository, number])
            try database.execute(
                sql: """
                    INSERT INTO sighting (repository, number, kind, key, value, at)
                    VALUES (?, ?, 'explanation', ?, ?, ?)
                    """,
                arguments: [
                    repository, number, "\(explanation.comment)", Data(explanation.digest.utf8),
                    explanation.at.milliseconds,
                ])
        }
    }
}
