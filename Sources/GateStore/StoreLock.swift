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
}
