import GRDB
import GatePolicy

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Store {
    /// What was written while only members saw a repository names people who never acted: before everybody sees it,
    /// that is taken away, and what is open is decided anew.
    static func open(_ repository: Int64, _ database: Database) throws {
        let wasPrivate = try Bool.fetchOne(
            database.cachedStatement(sql: "SELECT isPrivate FROM repository WHERE id = ?"), arguments: [repository])
        guard wasPrivate == true else { return }
        try database.execute(
            sql: "UPDATE pull SET record = NULL, outcome = NULL, summary = NULL, checkedAt = NULL WHERE repository = ?",
            arguments: [repository])
        for row in try Row.fetchAll(
            database, sql: "SELECT id, entry FROM verdict WHERE repository = ?", arguments: [repository])
        {
            guard var entry = StoredValue.value(HistoryEntry.self, from: row["entry"]) else { continue }
            entry.summary = entry.outcome?.rawValue ?? ""
            try database.execute(
                sql: "UPDATE verdict SET entry = ? WHERE id = ?",
                arguments: [try StoredValue.data(entry), row["id"] as Int64])
        }
        for row in try Row.fetchAll(
            database, sql: "SELECT key, entry FROM bypass WHERE repository = ?", arguments: [repository])
        {
            guard var bypass = StoredValue.value(Bypass.self, from: row["entry"]), bypass.kind == .merge else {
                continue
            }
            bypass.summary = "not all gates had passed"
            try database.execute(
                sql: "UPDATE bypass SET entry = ? WHERE repository = ? AND key = ?",
                arguments: [try StoredValue.data(bypass), repository, row["key"] as String])
        }
    }
}
