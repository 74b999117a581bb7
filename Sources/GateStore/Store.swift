import GRDB

/// What the service remembers, in one SQLite file.
///
/// All of it but the history can be lost without a wrong verdict.
public struct Store: Sendable {
    let database: any DatabaseWriter

    /// A store in memory, for tests and one-shot commands.
    public static func inMemory() throws -> Store {
        Store(database: try DatabaseQueue())
    }

    /// Opens the file, or makes it.
    ///
    /// An answered delivery must survive a power cut: `synchronous=FULL`.
    public static func open(_ path: String) throws -> Store {
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        let pool = try DatabasePool(path: path, configuration: configuration)
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous=FULL") }
        return Store(database: pool)
    }

    /// The value of a pragma on the writing connection.
    func pragma(_ name: String) throws -> Int? {
        try database.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA \(name)") }
    }
}
