import GRDB
import GatePolicy

extension Store {
    /// Remembers a merge, once.
    /// - Parameters:
    ///   - facts: what was read of it when it was seen merged; nil where that could not be read.
    ///   - bypass: that it went around its gates; nil when it did not.
    /// - Returns: whether it was not known before.
    public func record(
        _ merge: MergeRecord, of repository: Int64, facts: Facts?, bypass: Bypass? = nil
    ) async throws(StoreError) -> Bool {
        try await write { database in
            try database.execute(
                sql: "INSERT OR IGNORE INTO merge (repository, number, at, entry) VALUES (?, ?, ?, ?)",
                arguments: [repository, merge.number, merge.at.milliseconds, try StoredValue.data(merge)])
            let isNew = database.changesCount == 1
            if isNew, let facts {
                try database.execute(
                    sql: "INSERT OR REPLACE INTO mergeFacts (repository, number, at, entry) VALUES (?, ?, ?, ?)",
                    arguments: [repository, merge.number, merge.at.milliseconds, try StoredValue.data(facts)])
            }
            if isNew, let bypass { try Self.insert(bypass, repository, database) }
            return isNew
        }
    }

    /// What a merge was judged by, as it was read when it was seen; nil when that was not kept, or not for so long.
    public func facts(ofMerge repository: Int64, _ number: Int64) async throws(StoreError) -> Facts? {
        try await entry(Facts.self, of: "mergeFacts WHERE repository = ? AND number = ?", [repository, number])
    }

    /// A merge; nil when none was recorded.
    public func merge(_ repository: Int64, _ number: Int64) async throws(StoreError) -> MergeRecord? {
        try await entry(MergeRecord.self, of: "merge WHERE repository = ? AND number = ?", [repository, number])
    }

    /// The merges of a repository, newest first.
    public func merges(of repository: Int64, limit: Int = 100) async throws(StoreError) -> [MergeRecord] {
        try await read { database in
            try Row.fetchAll(
                database, sql: "SELECT entry FROM merge WHERE repository = ? ORDER BY at DESC LIMIT ?",
                arguments: [repository, limit]
            ).compactMap { StoredValue.value(MergeRecord.self, from: $0["entry"]) }
        }
    }

    /// The last commit that a branch was known to have; nil for none.
    public func tip(_ repository: Int64, branch: String) async throws(StoreError) -> CommitID? {
        try await read { database in
            try String.fetchOne(
                database, sql: "SELECT value FROM note WHERE name = ?", arguments: ["tip \(repository) \(branch)"]
            ).flatMap { CommitID($0) }
        }
    }

    /// Remembers the last commit of a branch, and that it went there around the gates when it did.
    /// - Returns: whether the bypass was not known before.
    @discardableResult
    public func remember(
        tip: CommitID, of branch: String, in repository: Int64, _ bypass: Bypass? = nil
    ) async throws(StoreError) -> Bool {
        try await write { database in
            try database.execute(
                sql: "INSERT OR REPLACE INTO note (name, value) VALUES (?, ?)",
                arguments: ["tip \(repository) \(branch)", tip.text])
            return try bypass.map { try Self.insert($0, repository, database) } ?? false
        }
    }

    /// Once for each pull request or pushed commit.
    @discardableResult
    private static func insert(_ bypass: Bypass, _ repository: Int64, _ database: Database) throws -> Bool {
        let key = bypass.number.map { "#\($0)" } ?? "\(bypass.branch)@\(bypass.commit)"
        try database.execute(
            sql: "INSERT OR IGNORE INTO bypass (repository, key, at, entry) VALUES (?, ?, ?, ?)",
            arguments: [repository, key, bypass.at.milliseconds, try StoredValue.data(bypass)])
        return database.changesCount == 1
    }

    /// How a pull request went around its gates; nil when it did not.
    public func bypass(_ repository: Int64, _ number: Int64) async throws(StoreError) -> Bypass? {
        try await entry(Bypass.self, of: "bypass WHERE repository = ? AND key = ?", [repository, "#\(number)"])
    }

    /// Bypasses of one repository, of all for nil; newest first, and under the repository's present name.
    public func bypasses(of repository: Int64? = nil, limit: Int = 100) async throws(StoreError) -> [Bypass] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT entry, owner, name FROM bypass LEFT JOIN repository ON id = bypass.repository AND hasName
                    WHERE ?1 IS NULL OR bypass.repository = ?1 ORDER BY at DESC LIMIT ?2
                    """, arguments: [repository, limit]
            ).compactMap { row in
                var bypass = StoredValue.value(Bypass.self, from: row["entry"])
                if let owner: String = row["owner"], let name: String = row["name"] {
                    bypass?.repository = RepositoryName(owner: owner, name: name)
                }
                return bypass
            }
        }
    }

    private func entry<Value: Decodable & Sendable>(
        _ type: Value.Type, of place: String, _ arguments: StatementArguments
    ) async throws(StoreError) -> Value? {
        try await read { database in
            try Row.fetchOne(database, sql: "SELECT entry FROM \(place)", arguments: arguments)
                .flatMap { StoredValue.value(type, from: $0["entry"]) }
        }
    }
}
