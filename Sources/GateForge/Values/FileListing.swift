import GatePolicy

/// The changed files as the forge lists them, and whether that may be less than there is.
///
/// The forge counts a file that becomes a link, or a link a file, once, lists it twice, and cuts the list to the count.
/// So a name that is there twice says that others may be missing; and a deleted file at the end may be the first half of
/// such a change.
public struct FileListing: Hashable, Sendable {
    /// The files, each once.
    public var files: [ChangedFile]
    /// Files that are there twice: the list may be cut.
    public var split: [String]
    /// The last file, where it is said to be deleted.
    public var lastDeleted: String?

    /// A listing.
    public init(files: [ChangedFile], split: [String] = [], lastDeleted: String? = nil) {
        self.files = files
        self.split = split
        self.lastDeleted = lastDeleted
    }

    init(_ rows: [FileJSON]) {
        var files: [ChangedFile] = []
        var places: [ExactText: Int] = [:]
        var split: [String] = []
        for row in rows {
            let file = row.file
            if let place = places[ExactText(file.path)] {
                files[place].isCounted = false
                split.append(file.path)
            } else {
                places[ExactText(file.path)] = files.count
                files.append(file)
            }
        }
        // A row without a status may be any.
        let isDeleted = rows.last.map { $0.status == nil || $0.status == "deleted" } ?? false
        self.init(files: files, split: split, lastDeleted: isDeleted ? rows.last?.filename : nil)
    }
}
