import GRDB

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension Store {
    /// Opens a file that is there; nothing is made where there is none.
    public static func openExisting(_ path: String) throws(StoreError) -> Store {
        try requireStore(path)
        return try open(path)
    }

    /// Copies everything into a new file while the service goes on; the copy is one consistent state.
    /// - Parameter path: a file that does not exist yet; its owner alone may read it.
    public func backup(to path: String) async throws(StoreError) {
        let database = database
        try requireSound()
        try BackupFile.write(path) { try database.backup(to: $0) }
    }

    /// Copies the store of a service that does not run, as it is: it is not brought up to date.
    public static func copy(_ store: String, to path: String) throws(StoreError) {
        try requireStore(store)
        let store = StoreLock.target(of: store)
        let lock = try StoreLock(store)
        defer { withExtendedLifetime(lock) {} }
        try BackupFile.restore(store)
        let source: DatabaseQueue
        do { source = try DatabaseQueue(path: store) } catch { throw StoreError(error) }
        try BackupFile.write(path) { try source.backup(to: $0) }
    }

    private static func requireStore(_ path: String) throws(StoreError) {
        guard access(path, F_OK) == 0 else {
            throw StoreError(
                .cannotOpen,
                "there is no store at `\(path)`: name the settings of the service (`--settings FILE`), or `store.path`")
        }
    }
}
