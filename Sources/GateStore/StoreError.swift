import GRDB

/// Why the store could not do something; a sentence for an operator, without any content of the store.
public struct StoreError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of obstacle it is.
    public enum Kind: Hashable, Sendable {
        /// The disk is full.
        case full
        /// The file or its folder cannot be written.
        case readOnly
        /// Somebody else holds the file.
        case locked
        /// The file is not a database, or is damaged.
        case corrupt
        /// The file was moved away or replaced while it was open, or is another service's.
        case replaced
        /// A later version of Countersign made it.
        case newer
        /// The file cannot be opened at all.
        case cannotOpen
        /// The disk or its file system fails.
        case failing
        /// Anything else.
        case other
    }

    /// The kind of obstacle.
    public var kind: Kind
    /// Whether nothing that the store says is believed from then on, until the service is started again.
    public var isLasting: Bool { kind == .corrupt || kind == .replaced }
    /// What happened and what to do, in one line.
    public var description: String

    init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }

    init(_ error: any Error) {
        if let error = error as? StoreError {
            self = error
            return
        }
        // Whoever asked is ending.
        if error is CancellationError {
            self.init(.other, "the call to the store was given up")
            return
        }
        guard let error = error as? DatabaseError else {
            self.init(.other, "the store failed: \(error)")
            return
        }
        switch error.resultCode {
        case .SQLITE_FULL: self.init(.full, "the store's disk is full: make room, nothing else is needed")
        case .SQLITE_READONLY, .SQLITE_PERM:
            self.init(.readOnly, "the store cannot be written: give the service's user its file and its folder")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init(.locked, "the store is held by another process: run one service on one store")
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            self.init(
                .corrupt,
                "the store is damaged: move its file away and start again (only the history is lost), or restore a backup"
            )
        case .SQLITE_CANTOPEN:
            self.init(.cannotOpen, "the store's file cannot be opened: check `store.path` and its folder")
        case .SQLITE_IOERR: self.init(.failing, "the store's disk fails: see what the system's log says of it")
        default: self.init(.other, "the store failed: \(error.message ?? "SQLite error \(error.resultCode.rawValue)")")
        }
    }
}
