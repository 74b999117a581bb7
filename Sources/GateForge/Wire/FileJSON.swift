import GatePolicy

/// A changed file.
struct FileJSON: Decodable, Sendable, ListRow {
    var filename: String
    var previousFilename: String?
    var status: String?
    var additions: Int
    var deletions: Int
    var contentsURL: String

    private enum CodingKeys: String, CodingKey {
        case filename, status, additions, deletions
        case previousFilename = "previous_filename"
        case contentsURL = "contents_url"
    }

    var rowIdentity: String { filename }

    /// The head that this row is of.
    var head: CommitID? {
        contentsURL.firstRange(of: "?ref=").flatMap { CommitID(String(contentsURL[$0.upperBound...])) }
    }

    var file: ChangedFile {
        let previous = previousFilename.flatMap { $0.isEmpty || $0 == filename ? nil : $0 }
        return ChangedFile(
            path: filename, previousPath: previous, additions: additions, deletions: deletions,
            mayBeBinary: additions == 0 && deletions == 0)
    }
}
