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
                    isPrivate = excluded.isPrivate, defaultBranch = excluded.defaultBranch,
                    isSkipped = isSkipped AND hasName, hasName = 1
                """
        ).execute(arguments: [
            repository.id, repository.name.owner, repository.name.name, repository.isPrivate, repository.defaultBranch,
        ])
    }

    /// Links lead to the name of their time: one that a repository is to lose is kept.
    ///
    /// The forge gives a name to one repository: whichever had this one has another, or is gone, and is left alone
    /// until it is seen again.
    private static func rename(_ id: Int64, to name: RepositoryName, _ database: Database) throws {
        try database.cachedStatement(
            sql: """
                INSERT OR IGNORE INTO formerName (name, repository) SELECT owner || '/' || name, id FROM repository
                WHERE id = ?1 AND (owner <> ?2 COLLATE NOCASE OR name <> ?3 COLLATE NOCASE)
                """
        ).execute(arguments: [id, name.owner, name.name])
        let namesakes = try Int64.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT id FROM repository
                    WHERE owner = ? COLLATE NOCASE AND name = ? COLLATE NOCASE AND hasName AND id <> ?
                    """), arguments: [name.owner, name.name, id])
        for namesake in namesakes {
            try database.execute(
                sql: "INSERT OR IGNORE INTO formerName (name, repository) VALUES (?, ?)",
                arguments: [name.description, namesake])
            try database.execute(
                sql: "UPDATE repository SET hasName = 0, isSkipped = 1, leftAlone = ? WHERE id = ?",
                arguments: [RepositoryRecord.LeftAlone.gone.rawValue, namesake])
        }
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
    /// - Parameter leftAlone: why it is left alone; nil for one that is gated.
    public func discover(
        _ id: Int64, _ name: RepositoryName, isPrivate: Bool, defaultBranch: String,
        leftAlone: RepositoryRecord.LeftAlone? = nil
    ) async throws(StoreError) {
        try await write { database in
            try Self.rename(id, to: name, database)
            if !isPrivate { try Self.open(id, database) }
            try database.execute(
                sql: """
                    INSERT INTO repository (id, owner, name, isPrivate, defaultBranch, isSkipped, leftAlone, state)
                    VALUES (?, ?, ?, ?, ?, ?, ?, 'unknown') ON CONFLICT (id) DO UPDATE SET owner = excluded.owner,
                        name = excluded.name, isPrivate = excluded.isPrivate, defaultBranch = excluded.defaultBranch,
                        isSkipped = excluded.isSkipped, leftAlone = excluded.leftAlone, hasName = 1
                    """,
                arguments: [
                    id, name.owner, name.name, isPrivate, defaultBranch, leftAlone != nil, leftAlone?.rawValue,
                ])
        }
    }

    /// All repositories that were ever seen and have a name, by name.
    public func repositories() async throws(StoreError) -> [RepositoryRecord] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT * FROM repository WHERE hasName ORDER BY owner COLLATE NOCASE, name COLLATE NOCASE"
            )
            .compactMap(RepositoryRecord.init)
        }
    }

    /// The repository that has this name now: the one seen last under it.
    public func repository(named name: RepositoryName) async throws(StoreError) -> RepositoryRecord? {
        try await read { database in
            try Row.fetchOne(
                database,
                sql: """
                    SELECT * FROM repository
                    WHERE owner = ? COLLATE NOCASE AND name = ? COLLATE NOCASE AND hasName
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

    /// Remembers what is known of the policy for a base; where there was one and there is none now it is `lost`.
    ///
    /// A branch with a policy of its own, or without any, says nothing of the others': the repository is called what its
    /// default branch's policy is.
    /// - Parameter branch: the one whose policy it is: the base, or the default branch.
    /// - Returns: what it is for this base.
    @discardableResult
    public func set(
        _ state: RepositoryRecord.State, of repository: Int64, base: String, from branch: String
    ) async throws(StoreError) -> RepositoryRecord.State {
        try await write { database in
            // A file at a policy path that is not valid shows the wish for a gate, too.
            if state == .managed || state == .broken {
                try database.cachedStatement(
                    sql: "INSERT OR IGNORE INTO managedBranch (repository, branch) VALUES (?1, ?2), (?1, ?3)"
                ).execute(arguments: [repository, base, branch])
                try database.cachedStatement(
                    sql: "DELETE FROM branchWithoutPolicy WHERE repository = ? AND (base = ? OR branch = ?)"
                ).execute(arguments: [repository, base, branch])
            }
            let wasManaged = try Bool.fetchOne(
                database.cachedStatement(
                    sql: "SELECT EXISTS (SELECT 1 FROM managedBranch WHERE repository = ? AND branch IN (?, ?))"),
                arguments: [repository, base, branch])
            let state = state == .unmanaged && wasManaged == true ? .lost : state
            if state == .unmanaged {
                try database.cachedStatement(
                    sql: """
                        INSERT INTO branchWithoutPolicy (repository, base, branch) VALUES (?1, ?2, ?3), (?1, ?3, ?3)
                        ON CONFLICT (repository, base) DO UPDATE SET branch = excluded.branch
                            WHERE branch <> excluded.branch
                        """
                ).execute(arguments: [repository, base, branch])
            }
            try database.cachedStatement(
                sql: """
                    UPDATE repository SET state = ?1 WHERE id = ?2 AND state <> ?1
                        AND (defaultBranch = ?3 OR state IN ('unknown', 'unmanaged'))
                        AND (?1 <> 'unmanaged' OR NOT EXISTS (SELECT 1 FROM managedBranch WHERE repository = ?2))
                    """
            ).execute(arguments: [state.rawValue, repository, branch])
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

    /// Whether there ever was a policy for a base, as far as nobody said `countersign forget`.
    public func wasManaged(_ base: String, of repository: Int64) async throws(StoreError) -> Bool {
        try await read { database in
            try Bool.fetchOne(
                database, sql: "SELECT 1 FROM managedBranch WHERE repository = ? AND branch = ?",
                arguments: [repository, base]) ?? false
        }
    }

    /// Whether the last that was proven of a base is that no policy applies to it.
    public func isWithoutPolicy(_ base: String, of repository: Int64) async throws(StoreError) -> Bool {
        try await read { database in
            try Bool.fetchOne(
                database, sql: "SELECT 1 FROM branchWithoutPolicy WHERE repository = ? AND base = ?",
                arguments: [repository, base]) ?? false
        }
    }

    /// Whether something may be open into a branch, or be judged by what it has; so it is of a repository that is not known.
    public func isBase(_ branch: String, of repository: Int64) async throws(StoreError) -> Bool {
        try await read { database in
            try Bool.fetchOne(
                database,
                sql: """
                    SELECT NOT EXISTS (SELECT 1 FROM repository WHERE id = ?1 AND defaultBranch <> ?2)
                        OR EXISTS (SELECT 1 FROM managedBranch WHERE repository = ?1 AND branch = ?2)
                        OR EXISTS (SELECT 1 FROM pull WHERE repository = ?1 AND base = ?2 AND state = 'open')
                    """, arguments: [repository, branch]) ?? true
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

    /// Leaves a repository alone from now on, and remembers why; nil takes it up again.
    public func set(leftAlone: RepositoryRecord.LeftAlone?, _ repository: Int64) async throws(StoreError) {
        try await write { database in
            try database.execute(
                sql: "UPDATE repository SET isSkipped = ?, leftAlone = ? WHERE id = ?",
                arguments: [leftAlone != nil, leftAlone?.rawValue, repository])
        }
    }

    /// Remembers that the open pull requests of a repository were listed; those not listed are closed to the store.
    ///
    /// What failed while they could not be listed is due at once, first what is shown to pass.
    /// - Returns: the numbers of those that were open before and are not listed.
    public func listed(_ repository: Int64, open numbers: [Int64], at now: Moment) async throws(StoreError) -> [Int64] {
        try await write { database in
            try Self.retryFailed(ofUnlisted: repository, at: now, database)
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
            let known = try Int64.fetchOne(
                database,
                sql: """
                    UPDATE repository SET state = 'unknown'
                    WHERE owner = ? COLLATE NOCASE AND name = ? COLLATE NOCASE AND hasName RETURNING id
                    """, arguments: [name.owner, name.name])
            try database.execute(sql: "DELETE FROM managedBranch WHERE repository = ?", arguments: [known])
            return known != nil
        }
    }
}

extension RepositoryRecord.LeftAlone {
    /// Nil where it is not left alone, and where an older version did not say why it is.
    fileprivate init?(_ row: Row) {
        guard row["isSkipped"], let reason: String = row["leftAlone"] else { return nil }
        self.init(rawValue: reason)
    }
}

extension RepositoryRecord {
    init?(_ row: Row) {
        let listedAt: Int64? = row["listedAt"]
        self.init(
            id: row["id"], name: RepositoryName(owner: row["owner"], name: row["name"]), isPrivate: row["isPrivate"],
            defaultBranch: row["defaultBranch"], isSkipped: row["isSkipped"],
            leftAlone: LeftAlone(row), state: State(rawValue: row["state"]) ?? .unknown,
            problem: row["listProblem"] ?? row["problem"],
            listedAt: listedAt.map { Moment(milliseconds: $0) }, openPulls: row["listedPulls"] ?? 0)
    }
}
