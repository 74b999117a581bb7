import GRDB
import GatePolicy

extension Store {
    /// The ids that were behind names when a policy of a repository was first used.
    public func identities(_ repository: Int64, policyMark: String) async throws(StoreError) -> [String: Int64] {
        try await read { database in
            let rows = try Row.fetchAll(
                database, sql: "SELECT name, id FROM knownName WHERE repository = ? AND policyMark = ?",
                arguments: [repository, policyMark])
            return Dictionary(rows.map { ($0["name"], $0["id"]) }, uniquingKeysWith: { $1 })
        }
    }

    /// Remembers ids behind names: the first one of each stays as long as the policy is the same.
    public func remember(
        identities: [String: Int64], of repository: Int64, policyMark: String, at now: Moment
    ) async throws(StoreError) {
        if identities.isEmpty { return }
        try await write { database in
            for (name, id) in identities.sorted(by: { $0.key < $1.key }) {
                try database.cachedStatement(
                    sql: """
                        INSERT OR IGNORE INTO knownName (repository, name, id, policyMark, at) VALUES (?, ?, ?, ?, ?)
                        """
                ).execute(arguments: [repository, name, id, policyMark, now.milliseconds])
            }
        }
    }

    /// The ids of teams behind their names, `organisation/team`, as they were remembered last.
    public func knownTeams() async throws(StoreError) -> [String: Int64] {
        try await read { database in
            let rows = try Row.fetchAll(
                database, sql: "SELECT name, id FROM knownName WHERE name LIKE '@%/%' ORDER BY at, repository")
            return Dictionary(
                rows.map { (String(($0["name"] as String).dropFirst()), $0["id"]) }, uniquingKeysWith: { $1 })
        }
    }

    /// Lets a name mean whom it means now: an administrator says that its new owner is meant.
    /// - Parameter name: `@alice` or `@acme/qa`, in any case.
    /// - Returns: whether the name is one of those that are remembered for the repository.
    public func confirm(name: String, of repository: Int64) async throws(StoreError) -> Bool {
        try await write { database in
            try database.execute(
                sql: "DELETE FROM knownName WHERE repository = ? AND name = ?",
                arguments: [repository, name.lowercased()])
            return database.changesCount > 0
        }
    }
}
