import GRDB

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The file of a backup: readable by its owner alone, there whole or not at all, and never in the place of another.
enum BackupFile {
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
