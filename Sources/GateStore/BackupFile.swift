import GRDB

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The file of a backup: readable by its owner alone, there whole or not at all, and never in the place of another.
///
/// It carries a mark by which the store knows that it was put in the place of another: what that one had not written into
/// its file yet lies beside it, and SQLite would write it into this one.
enum BackupFile {
    /// Where SQLite's header has the number that says whose a file is, and what stands there in a backup: `CsBk`.
    private static let (place, mark): (off_t, UInt32) = (68, 0x4373_426B)

    /// Makes a store of a backup that lies in its place; everything else stays as it is.
    static func restore(_ path: String) throws(StoreError) {
        let descriptor = open(path, O_RDWR | O_CLOEXEC)
        // What is not there is made, and what cannot be opened is told by SQLite.
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        guard isBackup(descriptor) else { return }
        for end in ["-wal", "-shm", "-journal"] where unlink(path + end) != 0 && errno != ENOENT {
            throw StoreError(
                .readOnly, "the store cannot be written: give the service's user its file and its folder")
        }
        var none: UInt32 = 0
        guard pwrite(descriptor, &none, 4, place) == 4, fsync(descriptor) == 0 else {
            throw StoreError(
                .readOnly, "the store cannot be written: give the service's user its file and its folder")
        }
    }

    /// Whether an open file is a backup that no service was started with yet.
    static func isBackup(_ descriptor: Int32) -> Bool {
        var found: UInt32 = 0
        return pread(descriptor, &found, 4, place) == 4 && UInt32(bigEndian: found) == mark
    }

    static func write(_ path: String, _ copy: (DatabaseQueue) throws -> Void) throws(StoreError) {
        var status = stat()
        guard lstat(path, &status) != 0 else { throw taken(path) }
        let draft = "\(path).new-\(getpid())"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StoreError(.cannotOpen, "`\(path)` cannot be written") }
        close(descriptor)
        defer { for end in ["", "-wal", "-shm", "-journal"] { unlink(draft + end) } }
        do {
            let queue = try DatabaseQueue(path: draft)
            try copy(queue)
            try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA application_id = \(mark)") }
            try queue.close()
        } catch {
            throw StoreError(error)
        }
        if link(draft, path) == 0 { return }
        if errno == EEXIST { throw taken(path) }
        // A file system without links.
        guard rename(draft, path) == 0 else { throw StoreError(.cannotOpen, "`\(path)` cannot be written") }
    }

    private static func taken(_ path: String) -> StoreError {
        StoreError(.cannotOpen, "`\(path)` exists already: a backup takes no other file's place")
    }
}
