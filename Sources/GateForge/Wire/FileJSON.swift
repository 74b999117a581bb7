import GatePolicy

/// A changed file.
struct FileJSON: Decodable, Sendable, ListRow {
    var filename: String
    var previousFilename: String?
    var status: String
    var additions: Int
    var deletions: Int
    var contentsURL: String

    private enum CodingKeys: String, CodingKey {
        case filename, status, additions, deletions
        case previousFilename = "previous_filename"
        case contentsURL = "contents_url"
    }

    /// A file that becomes a link, or a link a file, has two rows of one name: it is deleted, and added.
    var rowIdentity: String { "\(status)\0\(filename)" }

    /// The head that this row is of.
    var head: CommitID? {
        contentsURL.firstRange(of: "?ref=").flatMap { CommitID(String(contentsURL[$0.upperBound...])) }
    }

    /// Whether all of its name was told: bytes that are not UTF-8 all become U+FFFD, and names become one.
    var isNamed: Bool { !filename.contains("\u{fffd}") && previousFilename?.contains("\u{fffd}") != true }

    /// Whether it has another name than before and does not say which that was, as before Gitea 1.22.3.
    var hidesItsOldName: Bool { status == "renamed" && previousPath == nil }

    private var previousPath: String? {
        previousFilename.flatMap { $0.isEmpty || $0.isExactly(filename) ? nil : $0 }
    }

    var file: ChangedFile {
        ChangedFile(
            path: filename, previousPath: previousPath, additions: additions, deletions: deletions,
            mayBeBinary: additions == 0 && deletions == 0)
    }
}
