import GRDB

/// What the service remembers, in one SQLite file.
///
/// It offers whole operations and never rows, so that another database can take its place. All of it but the history
/// (verdicts, merges, bypasses, foreign statuses) can be lost without a wrong verdict: the forge knows the rest.
public struct Store: Sendable {
    let database: any DatabaseWriter
    let commits: CommitGroup
    let turns: Turns
    let unsettled: Unsettled
    private let trouble = Trouble()
    /// Whether it was made at this start: what it does not know, the forge may know.
    public let isNew: Bool
    /// Where it is, which is locked as long as the store is open; nil in memory.
    private let place: StorePlace?

    private init(_ database: any DatabaseWriter, _ place: StorePlace? = nil) throws(StoreError) {
        self.database = database
        self.place = place
        do {
            guard try database.read({ try !Migrations.migrator.hasBeenSuperseded($0) }) else {
                throw StoreError(
                    .newer, "a later version of countersign made this store: run that one, or restore a backup")
            }
            isNew = try database.read { try Migrations.migrator.appliedIdentifiers($0).isEmpty }
            try Migrations.migrator.migrate(database)
            // What was being worked on when the last process ended is due again.
            try database.write { try $0.execute(sql: "UPDATE dirty SET claimed = 0 WHERE claimed <> 0") }
        } catch {
            throw StoreError(error)
        }
        commits = CommitGroup(database, trouble, place)
        turns = Turns()
        unsettled = Unsettled()
    }

    /// A store in memory, for tests and one-shot commands.
    public static func inMemory() throws(StoreError) -> Store {
        do { return try Store(DatabaseQueue()) } catch { throw StoreError(error) }
    }

    /// Opens the file, or makes it, and brings it up to date.
    ///
    /// An answered delivery must survive a power cut: `synchronous=FULL`.
    /// - Parameter path: the file; its folder must exist.
    public static func open(_ path: String) throws(StoreError) -> Store {
        do {
            let path = StoreLock.target(of: path)
            let lock = try StoreLock(path)
            try BackupFile.restore(path)
            let place = try StorePlace(path, lock)
            var configuration = Configuration()
            configuration.busyMode = .timeout(2)
            configuration.maximumReaderCount = 4
            let pool = try DatabasePool(path: path, configuration: configuration)
            // Nothing is believed of a damaged file.
            let state = try pool.writeWithoutTransaction {
                try String.fetchOne($0, sql: "PRAGMA quick_check(1)")
            }
            guard state == "ok" else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
            // The pool chooses NORMAL for itself, after everything that could be prepared.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous=FULL") }
            return try Store(pool, place)
        } catch {
            throw StoreError(error)
        }
    }

    /// Why it could not be written the last time, or that it is damaged; nil while it can be.
    public var problem: StoreError? { trouble.present }

    /// Throws that it was found to be damaged, or not to be there any more, since it was opened: then nothing it says is
    /// believed.
    public func requireSound() throws(StoreError) {
        if let problem, problem.isLasting { throw problem }
    }

    /// Whether the store can be written at this moment; throws the reason when it cannot.
    public func checkWritable() async throws(StoreError) {
        // A statement that changes nothing would find no obstacle.
        try await write { database in
            try database.execute(
                sql: """
                    INSERT INTO note (name, value) VALUES ('written', '1')
                    ON CONFLICT (name) DO UPDATE SET value = CAST(value AS INTEGER) % 1000000 + 1
                    """)
        }
    }

    /// The value of a pragma on the writing connection.
    func pragma(_ name: String) throws(StoreError) -> Int? {
        do {
            return try database.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA \(name)") }
        } catch {
            throw StoreError(error)
        }
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws(StoreError)
        -> Value
    {
        try await commits.write(body)
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws(StoreError) -> Value
    {
        do {
            let value = try await database.read(body)
            if let loss = place?.loss { throw loss }
            return value
        } catch {
            // What is not there cannot be opened either: the first is the reason.
            let error = place?.loss ?? StoreError(error)
            trouble.noteDamage(error)
            throw error
        }
    }
}
