import GRDB

/// The store's tables, step by step; a step that was released is never edited.
///
/// Times are whole milliseconds since 1970; values that only we read are JSON.
enum Migrations {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("remember what is dirty, decided, posted and seen") { database in
            for table in tables { try database.execute(sql: table) }
        }
        migrator.registerMigration("remember names for each policy by itself") { database in
            for step in names { try database.execute(sql: step) }
        }
        migrator.registerMigration("keep what a merge was judged by") { database in
            try database.execute(
                sql: """
                    CREATE TABLE mergeFacts (
                        repository INTEGER NOT NULL, number INTEGER NOT NULL, at INTEGER NOT NULL, entry BLOB NOT NULL,
                        PRIMARY KEY (repository, number)
                    ) WITHOUT ROWID
                    """)
        }
        migrator.registerMigration("find greens among all that was posted") { database in
            try database.execute(sql: greens)
        }
        migrator.registerMigration("remember what repositories were called") { database in
            try database.execute(sql: formerNames)
        }
        migrator.registerMigration("tell lists from posts") { database in
            try database.execute(sql: "ALTER TABLE repository ADD COLUMN listProblem TEXT")
        }
        migrator.registerMigration("remember whether what was shown passes") { database in
            try database.execute(sql: "ALTER TABLE pull ADD COLUMN isShownToPass INTEGER NOT NULL DEFAULT 0")
        }
        migrator.registerMigration("give each name to one repository") { database in
            for step in uniqueNames { try database.execute(sql: step) }
        }
        migrator.registerMigration("remember policies by branch") { database in
            for step in managedBranches { try database.execute(sql: step) }
        }
        migrator.registerMigration("remember what decisions read of which branch") { database in
            for column in ["policyBranch", "filesMark"] {
                try database.execute(sql: "ALTER TABLE pull ADD COLUMN \(column) TEXT")
            }
        }
        migrator.registerMigration("tell statuses of other commits apart") { database in
            for step in foreignStatusesByHead { try database.execute(sql: step) }
        }
        migrator.registerMigration("remember of which base there is no policy") { database in
            try database.execute(sql: branchesWithoutPolicy)
        }
        migrator.registerMigration("remember why a repository is left alone") { database in
            try database.execute(sql: "ALTER TABLE repository ADD COLUMN leftAlone TEXT")
        }
        return migrator
    }

    private static let tables = [
        """
        CREATE TABLE dirty (
            repository TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, target TEXT NOT NULL,
            urgency INTEGER NOT NULL, cause TEXT NOT NULL, correlation TEXT NOT NULL,
            firstMarkedAt INTEGER NOT NULL, dueAt INTEGER NOT NULL,
            generation INTEGER NOT NULL DEFAULT 1, claimed INTEGER NOT NULL DEFAULT 0,
            attempts INTEGER NOT NULL DEFAULT 0, problem TEXT,
            PRIMARY KEY (repository, kind, target)
        ) WITHOUT ROWID
        """,
        "CREATE INDEX dirtyByTurn ON dirty (claimed, urgency, repository, dueAt)",
        """
        CREATE TABLE repository (
            id INTEGER PRIMARY KEY, owner TEXT NOT NULL, name TEXT NOT NULL, isPrivate INTEGER NOT NULL,
            defaultBranch TEXT NOT NULL, isSkipped INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL,
            wasManaged INTEGER NOT NULL DEFAULT 0, problem TEXT, listedAt INTEGER, listedPulls INTEGER
        )
        """,
        "CREATE INDEX repositoryByName ON repository (owner COLLATE NOCASE, name COLLATE NOCASE)",
        """
        CREATE TABLE pull (
            repository INTEGER NOT NULL, number INTEGER NOT NULL, head TEXT NOT NULL, base TEXT NOT NULL,
            author BLOB, state TEXT NOT NULL, stamp TEXT NOT NULL, seenAt INTEGER NOT NULL, activeAt INTEGER NOT NULL,
            decidedHead TEXT, decidedBase TEXT, outcome TEXT, summary TEXT, policyMark TEXT, readsStatuses INTEGER NOT NULL DEFAULT 0,
            decidedAt INTEGER, checkedAt INTEGER, record BLOB,
            PRIMARY KEY (repository, number)
        ) WITHOUT ROWID
        """,
        "CREATE INDEX pullByHead ON pull (repository, head)",
        "CREATE INDEX pullByState ON pull (state, checkedAt)",
        """
        CREATE TABLE verdict (
            id INTEGER PRIMARY KEY AUTOINCREMENT, repository INTEGER NOT NULL, number INTEGER NOT NULL,
            head TEXT NOT NULL, at INTEGER NOT NULL, entry BLOB NOT NULL
        )
        """,
        "CREATE INDEX verdictByPull ON verdict (repository, number, id)",
        """
        CREATE TABLE publication (
            repository INTEGER NOT NULL, head TEXT NOT NULL, context TEXT NOT NULL, number INTEGER NOT NULL,
            base TEXT NOT NULL, state TEXT NOT NULL, description TEXT NOT NULL, row INTEGER NOT NULL,
            at INTEGER NOT NULL, PRIMARY KEY (repository, head, context)
        ) WITHOUT ROWID
        """,
        """
        CREATE TABLE foreignStatus (
            repository INTEGER NOT NULL, row INTEGER NOT NULL, number INTEGER NOT NULL, head TEXT NOT NULL,
            context TEXT NOT NULL, state TEXT NOT NULL, description TEXT NOT NULL, creator BLOB,
            isFavourable INTEGER NOT NULL, at INTEGER NOT NULL, clearedAt INTEGER,
            PRIMARY KEY (repository, row)
        ) WITHOUT ROWID
        """,
        """
        CREATE TABLE sighting (
            repository INTEGER NOT NULL, number INTEGER NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL,
            value BLOB NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (repository, number, kind, key)
        ) WITHOUT ROWID
        """,
        """
        CREATE TABLE knownName (
            repository INTEGER NOT NULL, name TEXT NOT NULL, id INTEGER NOT NULL, policyMark TEXT NOT NULL,
            at INTEGER NOT NULL, PRIMARY KEY (repository, name)
        ) WITHOUT ROWID
        """,
        """
        CREATE TABLE merge (
            repository INTEGER NOT NULL, number INTEGER NOT NULL, at INTEGER NOT NULL, entry BLOB NOT NULL,
            PRIMARY KEY (repository, number)
        ) WITHOUT ROWID
        """,
        """
        CREATE TABLE bypass (
            repository INTEGER NOT NULL, key TEXT NOT NULL, at INTEGER NOT NULL, entry BLOB NOT NULL,
            PRIMARY KEY (repository, key)
        ) WITHOUT ROWID
        """,
        "CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    ]

    /// Two policies of one repository took each other's memory away.
    private static let names = [
        """
        CREATE TABLE nameOfPolicy (
            repository INTEGER NOT NULL, policyMark TEXT NOT NULL, name TEXT NOT NULL, id INTEGER NOT NULL,
            at INTEGER NOT NULL, PRIMARY KEY (repository, policyMark, name)
        ) WITHOUT ROWID
        """,
        """
        INSERT INTO nameOfPolicy (repository, policyMark, name, id, at)
        SELECT repository, policyMark, name, id, at FROM knownName
        """,
        "DROP TABLE knownName",
        "ALTER TABLE nameOfPolicy RENAME TO knownName",
    ]

    private static let formerNames = """
        CREATE TABLE formerName (
            name TEXT NOT NULL COLLATE NOCASE, repository INTEGER NOT NULL, PRIMARY KEY (name, repository)
        ) WITHOUT ROWID
        """

    /// Of two with one name the one that was listed last has it.
    private static let uniqueNames = [
        "ALTER TABLE repository ADD COLUMN hasName INTEGER NOT NULL DEFAULT 1",
        """
        UPDATE repository SET hasName = 0, isSkipped = 1 WHERE id IN (
            SELECT id FROM (
                SELECT id, ROW_NUMBER() OVER (
                    PARTITION BY owner COLLATE NOCASE, name COLLATE NOCASE ORDER BY isSkipped, listedAt DESC, id DESC
                ) AS place FROM repository
            ) WHERE place > 1
        )
        """,
        """
        INSERT OR IGNORE INTO formerName (name, repository)
        SELECT owner || '/' || name, id FROM repository WHERE NOT hasName
        """,
        "DROP INDEX repositoryByName",
        """
        CREATE UNIQUE INDEX repositoryByName ON repository (owner COLLATE NOCASE, name COLLATE NOCASE) WHERE hasName
        """,
    ]

    private static let managedBranches = [
        """
        CREATE TABLE managedBranch (
            repository INTEGER NOT NULL, branch TEXT NOT NULL, PRIMARY KEY (repository, branch)
        ) WITHOUT ROWID
        """,
        """
        INSERT INTO managedBranch (repository, branch)
        SELECT id, defaultBranch FROM repository WHERE state IN ('managed', 'broken', 'lost')
        """,
        """
        INSERT OR IGNORE INTO managedBranch (repository, branch)
        SELECT pull.repository, pull.base FROM pull JOIN repository ON repository.id = pull.repository
        WHERE repository.state IN ('managed', 'broken', 'lost') AND pull.policyMark <> 'absent'
        """,
        "ALTER TABLE repository DROP COLUMN wasManaged",
    ]

    /// Bases, and the branch whose policy each would have: the base itself, or the default branch.
    private static let branchesWithoutPolicy = """
        CREATE TABLE branchWithoutPolicy (
            repository INTEGER NOT NULL, base TEXT NOT NULL, branch TEXT NOT NULL, PRIMARY KEY (repository, base)
        ) WITHOUT ROWID
        """

    /// The forge numbers the statuses of each commit from 1.
    private static let foreignStatusesByHead = [
        """
        CREATE TABLE foreignStatusOfHead (
            repository INTEGER NOT NULL, head TEXT NOT NULL, row INTEGER NOT NULL, number INTEGER NOT NULL,
            context TEXT NOT NULL, state TEXT NOT NULL, description TEXT NOT NULL, creator BLOB,
            isFavourable INTEGER NOT NULL, at INTEGER NOT NULL, clearedAt INTEGER,
            PRIMARY KEY (repository, head, row)
        ) WITHOUT ROWID
        """,
        """
        INSERT INTO foreignStatusOfHead (repository, head, row, number, context, state, description, creator,
            isFavourable, at, clearedAt)
        SELECT repository, head, row, number, context, state, description, creator, isFavourable, at, clearedAt
        FROM foreignStatus
        """,
        "DROP TABLE foreignStatus",
        "ALTER TABLE foreignStatusOfHead RENAME TO foreignStatus",
    ]

    private static let greens =
        "CREATE INDEX publicationGreen ON publication (repository, at) WHERE state IN ('success', 'warning')"
}
