import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Keeps a second service away from a store: what one has claimed the other would do again.
final class StoreLock: Sendable {
    private let path: String
    private let descriptor: Mutex<Int32>

    /// Takes the lock beside a store's file.
    init(_ store: String) throws(StoreError) {
        path = "\(store).lock"
        descriptor = Mutex(try Self.take(path))
    }

    deinit { descriptor.withLock { _ = close($0) } }

    /// Why the store is not ours alone any more; nil where it is.
    ///
    /// A lock's file that somebody deleted, or put another in the place of, keeps nobody away: it is taken anew.
    var loss: StoreError? {
        descriptor.withLock { descriptor in
            let ours = FileIdentity.find(descriptor)
            let found = FileIdentity.find(path)
            if found == ours || found == .unknown { return nil }
            do throws(StoreError) {
                let new = try Self.take(path)
                close(descriptor)
                descriptor = new
                return nil
            } catch {
                guard error.kind == .locked else { return error }
                return StoreError(
                    .replaced,
                    "the store's lock was deleted, and another service works with this store since: run one service on one "
                        + "store, and start it again")
            }
        }
    }

    private static func take(_ path: String) throws(StoreError) -> Int32 {
        while true {
            let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else {
                throw StoreError(
                    .cannotOpen, "the store's folder cannot be written: check `store.path` and who owns its folder")
            }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                close(descriptor)
                throw StoreError(.locked, "another service works with this store: run one service on one store")
            }
            // One that was deleted since it was opened keeps nobody away.
            let found = FileIdentity.find(path)
            if found == FileIdentity.find(descriptor) || found == .unknown { return descriptor }
            close(descriptor)
        }
    }

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
