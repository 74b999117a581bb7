#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Keeps a second service away from a store: what one has claimed the other would do again.
final class StoreLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock beside a store's file.
    init(_ path: String) throws(StoreError) {
        descriptor = open("\(path).lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StoreError(
                .cannotOpen, "the store's folder cannot be written: check `store.path` and who owns its folder")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw StoreError(.locked, "another service works with this store: run one service on one store")
        }
    }

    deinit { close(descriptor) }

    /// The file behind links, by which SQLite names its log and all locks are named; made where it is not there, for a
    /// link that leads nowhere would be another name of what SQLite makes behind it.
    static func target(of path: String) -> String {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        if descriptor >= 0 { close(descriptor) }
        guard let target = realpath(path, nil) else { return path }
        defer { free(target) }
        return String(cString: target)
    }
}
