#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Where the store's file lies, and what else must be there: whoever moves it away, or puts another in its place, leaves
/// us with a file without a name, in which nothing that was answered with a 2xx lasts.
///
/// Looked at with every read and every commit.
final class StorePlace: Sendable {
    private let path: String
    /// Open as long as the store is: closing one gives up the locks that SQLite has on the file.
    private let descriptor: Int32
    private let lock: StoreLock

    /// - Parameter lock: the store's, which is held as long as this is.
    init(_ path: String, _ lock: StoreLock) throws(StoreError) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw StoreError(.cannotOpen, "the store's file cannot be opened: check `store.path` and its folder")
        }
        (self.path, self.lock) = (path, lock)
    }

    deinit { close(descriptor) }

    /// Why the store is not to be believed any more; nil where its file lies where it was opened.
    var loss: StoreError? {
        let found = FileIdentity.find(path)
        // A folder that nobody may look into says nothing of the file.
        let isThere = found == FileIdentity.find(descriptor) || found == .unknown
        guard isThere, !BackupFile.isBackup(descriptor) else {
            return StoreError(
                .replaced,
                "the store's file was moved away or replaced while the service works with it: stop the service, put the "
                    + "file, or the backup once more, at `store.path`, and start it (without either only the history is lost)"
            )
        }
        return lock.loss
    }
}

/// Which file a name stands for.
struct FileIdentity: Equatable, Sendable {
    enum Found: Equatable {
        case there(FileIdentity)
        case missing
        case unknown
    }

    private let device: UInt64
    private let node: UInt64

    private init(_ status: stat) { (device, node) = (UInt64(status.st_dev), UInt64(status.st_ino)) }

    static func find(_ path: String) -> Found {
        var status = stat()
        if stat(path, &status) == 0 { return .there(FileIdentity(status)) }
        return errno == ENOENT || errno == ENOTDIR ? .missing : .unknown
    }

    static func find(_ descriptor: Int32) -> Found {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? .there(FileIdentity(status)) : .unknown
    }
}
