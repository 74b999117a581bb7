#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import GRDB
import GatePolicy

extension Store {
    /// What was once seen of a pull request.
    public func remembered(_ repository: Int64, _ number: Int64) async throws(StoreError) -> Remembered {
        try await read { database in
            var memory = Remembered()
            let rows = try Row.fetchAll(
                database,
                sql: "SELECT kind, key, value FROM sighting WHERE repository = ? AND number = ? ORDER BY at, key",
                arguments: [repository, number])
            for row in rows { memory.add(row["kind"], row["key"], row["value"]) }
            return memory
        }
    }

    /// Remembers what is new; nothing that was seen is ever changed, but the last look, and a revoke or an objection that
    /// reaches less than others.
    public func remember(
        _ memory: Remembered, before: Remembered, of repository: Int64, _ number: Int64, at now: Moment
    ) async throws(StoreError) {
        if memory == before { return }
        try await write { database in
            for (kind, key, value) in try memory.stored(without: before) {
                let conflict = kind == "look" ? "DO UPDATE SET value = excluded.value" : "DO NOTHING"
                try database.cachedStatement(
                    sql: """
                        INSERT INTO sighting (repository, number, kind, key, value, at) VALUES (?, ?, ?, ?, ?, ?)
                        ON CONFLICT (repository, number, kind, key) \(conflict)
                        """
                ).execute(arguments: [repository, number, kind, key, value, now.milliseconds])
            }
            let furthest = before.withdrawals.union(memory.withdrawals).furthest
            let latest = before.objections.union(memory.objections).latest
            let reached =
                try before.withdrawals.subtracting(furthest).map { ("withdrawal", try row(of: $0).key) }
                + before.objections.subtracting(latest).map { ("objection", try row(of: $0).key) }
            for (kind, key) in reached {
                try database.cachedStatement(
                    sql: "DELETE FROM sighting WHERE repository = ? AND number = ? AND kind = ? AND key = ?"
                ).execute(arguments: [repository, number, kind, key])
            }
        }
    }

    /// The answers that acknowledgements of a pull request were first seen with, in their order.
    public func answers(_ repository: Int64, _ number: Int64) async throws(StoreError) -> [AnswerSighting] {
        try await read { database in
            let rows = try Row.fetchAll(
                database,
                sql: "SELECT key, value FROM sighting WHERE repository = ? AND number = ? AND kind = 'answer'",
                arguments: [repository, number])
            return rows.compactMap { AnswerSighting(key: $0["key"], digest: $0["value"]) }.sorted()
        }
    }

    /// Remembers the answers that acknowledgements were first seen with: the first of each stays.
    public func remember(
        answers: [AnswerSighting], before: [AnswerSighting], of repository: Int64, _ number: Int64, at now: Moment
    ) async throws(StoreError) {
        let known = Set(before.map(\.key))
        let fresh = answers.filter { !known.contains($0.key) }
        if fresh.isEmpty { return }
        try await write { database in
            for one in fresh {
                try database.cachedStatement(
                    sql: """
                        INSERT OR IGNORE INTO sighting (repository, number, kind, key, value, at)
                        VALUES (?, ?, 'answer', ?, ?, ?)
                        """
                ).execute(arguments: [repository, number, one.key, Data(one.digest.utf8), now.milliseconds])
            }
        }
    }
}

extension AnswerSighting {
    /// The same for all answers of one acknowledgement.
    fileprivate var key: String { "\(comment) \(item)" }

    fileprivate init?(key: String, digest: Data) {
        let parts = key.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, let comment = Int64(parts[0]) else { return nil }
        self.init(comment: comment, item: String(parts[1]), digest: String(decoding: digest, as: UTF8.self))
    }
}

/// A row whose key is its value.
private func row(of seen: some Encodable) throws -> (key: String, value: Data) {
    let value = try StoredValue.data(seen)
    return (String(decoding: value, as: UTF8.self), value)
}

extension Remembered {
    fileprivate mutating func add(_ kind: String, _ key: String, _ value: Data) {
        switch kind {
        case "push": if let row = StoredValue.value(TimelineEntry.self, from: value) { pushes.append(row) }
        case "withdrawal":
            if let withdrawal = StoredValue.value(Withdrawal.self, from: value) { withdrawals.insert(withdrawal) }
        case "objection":
            if let objection = StoredValue.value(Objection.self, from: value) { objections.insert(objection) }
        case "comment":
            if let id = Int64(key), let head = StoredValue.value(CommitID.self, from: value) {
                sightings.append(Sighting(comment: id, head: head))
            }
        case "look": lastLook = StoredValue.value(Look.self, from: value)
        default: break
        }
    }

    fileprivate func stored(without before: Remembered) throws -> [(kind: String, key: String, value: Data)] {
        var rows: [(kind: String, key: String, value: Data)] = []
        let known = Set(before.pushes.map(\.id))
        for push in pushes where !known.contains(push.id) {
            rows.append(("push", "\(push.id)", try StoredValue.data(push)))
        }
        for withdrawal in withdrawals.subtracting(before.withdrawals) {
            let (key, value) = try row(of: withdrawal)
            rows.append(("withdrawal", key, value))
        }
        for objection in objections.subtracting(before.objections) {
            let (key, value) = try row(of: objection)
            rows.append(("objection", key, value))
        }
        for one in Set(sightings).subtracting(before.sightings) {
            rows.append(("comment", "\(one.comment)", try StoredValue.data(one.head)))
        }
        if let lastLook, lastLook != before.lastLook { rows.append(("look", "", try StoredValue.data(lastLook))) }
        return rows
    }
}
