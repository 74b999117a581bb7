import GRDB
import GatePolicy

extension Store {
    static func note(_ repository: Repository, _ database: Database) throws {
        try rename(repository.id, to: repository.name, database)
        if !repository.isPrivate { try open(repository.id, database) }
        try database.cachedStatement(
            sql: """
                INSERT INTO repository (id, owner, name, isPrivate, defaultBranch, state) VALUES (?, ?, ?, ?, ?, 'unknown')
                ON CONFLICT (id) DO UPDATE SET owner = excluded.owner, name = excluded.name,
                    isPrivate = excluded.isPrivate, defaultBranch = excluded.defaultBranch
                """
        ).execute(arguments: [
            repository.id, repository.name.owner, repository.name.name, repository.isPrivate, repository.defaultBranch,
        ])
    }

    /// Links lead to the name of their time: one that a repository is to lose is kept.
    private static func rename(_ id: Int64, to name: RepositoryName, _ database: Database) throws {
        try database.cachedStatement(
            sql: """
                INSERT OR IGNORE INTO formerName (name, repository) SELECT owner || '/' || name, id FROM repository
                WHERE id = ?1 AND (owner <> ?2 COLLATE NOCASE OR name <> ?3 COLLATE NOCASE)
                """
        ).execute(arguments: [id, name.owner, name.name])
    }

    /// The repositories that have a name, or had it: the one that has it first.
    public func identities(named name: RepositoryName) async throws(StoreError) -> [Int64] {
        let present = try await repository(named: name)?.id
        let former = try await read { database in
            try Int64.fetchAll(
                database, sql: "SELECT repository FROM formerName WHERE name = ? ORDER BY repository DESC LIMIT 20",
                arguments: [name.description])
        }
        return (present.map { [$0] } ?? []) + former.filter { $0 != present }
    }

    /// Remembers a repository that a list showed.
    public func discover(
        _ id: Int64, _ name: RepositoryName, isPrivate: Bool, defaultBranch: String, isSkipped: Bool
    ) async throws(StoreError) {
        try await write { database in
            try Self.rename(id, to: name, database)
            if !isPrivate { try Self.open(id, database) }
            try database.execute(
                sql: """
                    INSERT INTO repository (id, owner, name, isPrivate, defaultBranch, isSkipped, state)
                    VALUES (?, ?, ?, ?, ?, ?, 'unknown') ON CONFLICT (id) DO UPDATE SET owner = excluded.owner,
                        name = excluded.name, isPrivate = excluded.isPrivate, defaultBranch = excluded.defaultBranch,
                        isSkipped = excluded.isSkipped
                    """,
                arguments: [id, name.owner, name.name, isPrivate, defaultBranch, isSkipped])
        }
    }

    /// All repositories that were ever seen, by name.
    public func repositories() async throws(StoreError) -> [RepositoryRecord] {
        try await read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM repository ORDER BY owner COLLATE NOCASE, name COLLATE NOCASE"
            )
            .compactMap(RepositoryRecord.init)
        }
    }

    /// The repository that has this name now; of two that had it, the one seen last under it.
    public func repository(named name: RepositoryName) async throws(StoreError) -> RepositoryRecord? {
        try await read { database in
            try Row.fetchOne(
                database,
                sql: """
                    SELECT * FROM repository WHERE owner = ? COLLATE NOCASE AND name = ? COLLATE NOCASE
                    ORDER BY id DESC LIMIT 1
                    """, arguments: [name.owner, name.name]
            ).flatMap(RepositoryRecord.init)
        }
    }

    /// A repository by its id.
    public func repository(_ id: Int64) async throws(StoreError) -> RepositoryRecord? {
        try await read { database in
            try Row.fetchOne(database, sql: "SELECT * FROM repository WHERE id = ?", arguments: [id])
                .flatMap(RepositoryRecord.init)
        }
    }

    /// Remembers what is known of a repository's policy; one that had a policy and has none now is `lost`.
    /// - Returns: what it is called now.
    @discardableResult
    public func set(
        _ state: RepositoryRecord.State, of repository: Int64
    ) async throws(StoreError) -> RepositoryRecord.State {
        try await write { database in
            let wasManaged =
                try Bool.fetchOne(
                    database, sql: "SELECT wasManaged FROM repository WHERE id = ?", arguments: [repository]) ?? false
            let state = state == .unmanaged && wasManaged ? .lost : state
            // A file at a policy path that is not valid shows the wish for a gate, too.
            let isManaged = wasManaged || state == .managed || state == .broken
            try database.execute(
                sql: "UPDATE repository SET state = ?, wasManaged = ? WHERE id = ? AND (state <> ? OR wasManaged <> ?)",
                arguments: [state.rawValue, isManaged, repository, state.rawValue, isManaged])
            return state
        }
    }

    /// Remembers why the open pull requests of a repository could not be listed, until they are.
    public func set(listProblem problem: String, of repository: Int64) async throws(StoreError) {
        try await write { database in
            try database.execute(
                sql: "UPDATE repository SET listProblem = ? WHERE id = ?", arguments: [problem, repository])
        }
    }

    /// Remembers why a repository cannot be posted to; nil when it can.
    public func set(problem: String?, of repository: Int64) async throws(StoreError) {
        try await write { database in
            try database.execute(
                sql: "UPDATE repository SET problem = ? WHERE id = ? AND problem IS NOT ?",
                arguments: [problem, repository, problem])
        }
    }

    /// Leaves a repository alone from now on, or takes it up again.
    public func set(isSkipped: Bool, _ repository: Int64) async throws(StoreError) {
        try await write { database in
            try database.execute(
                sql: "UPDATE repository SET isSkipped = ? WHERE id = ?", arguments: [isSkipped, repository])
        }
    }

    /// Remembers that the open pull requests of a repository were listed; those not listed are closed to the store.
    /// - Returns: the numbers of those that were open before and are not listed.
    public func listed(_ repository: Int64, open numbers: [Int64], at now: Moment) async throws(StoreError) -> [Int64] {
        try await write { database in
            try database.execute(
                sql: "UPDATE repository SET listedAt = ?, listedPulls = ?, listProblem = NULL WHERE id = ?",
                arguments: [now.milliseconds, numbers.count, repository])
            let listed = Set(numbers)
            return try Int64.fetchAll(
                database, sql: "SELECT number FROM pull WHERE repository = ? AND state = 'open'",
                arguments: [repository]
            ).filter { !listed.contains($0) }
        }
    }

    /// Lets a repository that had a policy be without one: `countersign forget`.
    /// - Returns: whether such a repository is known.
    public func forget(_ name: RepositoryName) async throws(StoreError) -> Bool {
        try await write { database in
            try database.execute(
                sql: """
                    UPDATE repository SET wasManaged = 0, state = 'unknown'
                    WHERE owner = ? COLLATE NOCASE AND name = ? COLLATE NOCASE
                    """, arguments: [name.owner, name.name])
            return database.changesCount > 0
        }
    }
}

extension RepositoryRecord {
    init?(_ row: Row) {
        let listedAt: Int64? = row["listedAt"]
        self.init(
            id: row["id"], name: RepositoryName(owner: row["owner"], name: row["name"]), isPrivate: row["isPrivate"],
            defaultBranch: row["defaultBranch"], isSkipped: row["isSkipped"],
            state: State(rawValue: row["state"]) ?? .unknown, problem: row["listProblem"] ?? row["problem"],
            listedAt: listedAt.map { Moment(milliseconds: $0) }, openPulls: row["listedPulls"] ?? 0)
    }
}
