#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import GRDB
import GatePolicy

extension Store {
    /// What was seen of a pull request.
    public func sightings(_ repository: Int64, _ number: Int64) async throws(StoreError) -> Sightings {
        try await read { database in
            var sightings = Sightings()
            let rows = try Row.fetchAll(
                database, sql: "SELECT * FROM sighting WHERE repository = ? AND number = ? ORDER BY at, kind, key",
                arguments: [repository, number])
            for row in rows { sightings.add(row["kind"], row["key"], row["value"]) }
            return sightings
        }
    }

    /// Remembers what is seen for the first time; nothing that was seen is ever changed.
    public func remember(
        _ sightings: Sightings, of repository: Int64, _ number: Int64, at now: Moment
    ) async throws(StoreError) {
        try await write { database in
            for (kind, key, value) in try sightings.stored() {
                let conflict =
                    kind == "look" ? "DO UPDATE SET value = excluded.value WHERE value <> excluded.value" : "DO NOTHING"
                try database.cachedStatement(
                    sql: """
                        INSERT INTO sighting (repository, number, kind, key, value, at) VALUES (?, ?, ?, ?, ?, ?)
                        ON CONFLICT (repository, number, kind, key) \(conflict)
                        """
                ).execute(arguments: [repository, number, kind, key, value, now.milliseconds])
            }
        }
    }

    /// Whether the id behind a name of a policy is the one it always was; remembers it at the first sight.
    ///
    /// A login or a team's name that is given to somebody else must not inherit what the policy means: until the policy
    /// is edited, the name is refused.
    /// - Parameters:
    ///   - scope: the repository or organisation whose policy writes it.
    ///   - kind: `user` or `team`.
    public func isSame(
        _ id: Int64, named name: String, kind: String, scope: String, policyDigest: String, at now: Moment
    ) async throws(StoreError) -> Bool {
        try await write { database in
            let key: StatementArguments = [scope, kind, name.lowercased()]
            let row = try Row.fetchOne(
                database, sql: "SELECT id, policyDigest FROM knownName WHERE scope = ? AND kind = ? AND name = ?",
                arguments: key)
            if let row, row["id"] as Int64 == id {
                if row["policyDigest"] as String != policyDigest {
                    try database.execute(
                        sql: "UPDATE knownName SET policyDigest = ? WHERE scope = ? AND kind = ? AND name = ?",
                        arguments: [policyDigest] + key)
                }
                return true
            }
            if let row, row["policyDigest"] as String == policyDigest {
                try database.execute(
                    sql: "UPDATE knownName SET refusedID = ? WHERE scope = ? AND kind = ? AND name = ?",
                    arguments: [id] + key)
                return false
            }
            try database.execute(
                sql: """
                    INSERT OR REPLACE INTO knownName (scope, kind, name, id, policyDigest, refusedID, at)
                    VALUES (?, ?, ?, ?, ?, NULL, ?)
                    """, arguments: key + [id, policyDigest, now.milliseconds])
            return true
        }
    }

    /// Our own account's id as it was at the first start; a login that somebody else has taken since is not ours.
    public func isOurAccount(_ account: Account) async throws(StoreError) -> Bool {
        try await write { database in
            let known = try String.fetchOne(database, sql: "SELECT value FROM note WHERE name = 'account'")
            if let known { return known == "\(account.id)" }
            try database.execute(
                sql: "INSERT INTO note (name, value) VALUES ('account', ?)", arguments: ["\(account.id)"])
            return true
        }
    }

    /// Lets another account be ours: `countersign forget --account`.
    public func forgetOurAccount() async throws(StoreError) {
        try await write { try $0.execute(sql: "DELETE FROM note WHERE name = 'account'") }
    }
}

extension Sightings {
    fileprivate mutating func add(_ kind: String, _ key: String, _ value: Data) {
        switch kind {
        case "head": if let head = CommitID(key) { heads.append(head) }
        case "pusher": if let account = StoredValue.value(Account.self, from: value) { pushers.append(account) }
        case "withdrawal":
            if let withdrawal = StoredValue.value(Withdrawal.self, from: value) { withdrawals.insert(withdrawal) }
        case "comment":
            if let id = Int64(key), let head = StoredValue.value(CommitID.self, from: value) { comments[id] = head }
        case "look": lastLook = StoredValue.value(Look.self, from: value)
        case "answer": answers[key] = StoredValue.value(String.self, from: value)
        default: break
        }
    }

    fileprivate func stored() throws -> [(kind: String, key: String, value: Data)] {
        var rows: [(kind: String, key: String, value: Data)] = []
        for head in heads { rows.append(("head", head.text, Data())) }
        for pusher in pushers { rows.append(("pusher", "\(pusher.id)", try StoredValue.data(pusher))) }
        for withdrawal in withdrawals {
            let value = try StoredValue.data(withdrawal)
            rows.append(("withdrawal", String(decoding: value, as: UTF8.self), value))
        }
        for (comment, head) in comments { rows.append(("comment", "\(comment)", try StoredValue.data(head))) }
        if let lastLook { rows.append(("look", "", try StoredValue.data(lastLook))) }
        for (key, digest) in answers { rows.append(("answer", key, try StoredValue.data(digest))) }
        return rows
    }
}
