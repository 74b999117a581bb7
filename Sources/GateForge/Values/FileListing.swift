import GatePolicy

/// The changed files as the forge lists them, and whether that may be less than there is.
///
/// The forge counts a file that becomes a link, or a link a file, once, lists it twice, and cuts the list to the count.
/// So a name that is there twice says that others may be missing; and a deleted file at the end may be the first half of
/// such a change. Before Gitea 1.22.3 it does not tell what a renamed file was called.
public struct FileListing: Hashable, Sendable {
    /// The files, each once.
    public var files: [ChangedFile]
    /// Files that are there twice: the list may be cut.
    public var split: [String]
    /// The last file, where it is said to be deleted.
    public var lastDeleted: String?
    /// Where in the list the renamed files are whose old names are not told.
    public var renamed: [Int]

    /// A listing.
    public init(files: [ChangedFile], split: [String] = [], lastDeleted: String? = nil, renamed: [Int] = []) {
        self.files = files
        self.split = split
        self.lastDeleted = lastDeleted
        self.renamed = renamed
    }

    init(_ rows: [FileJSON]) {
        var files: [ChangedFile] = []
        var places: [ExactText: Int] = [:]
        var split: [String] = []
        var renamed: Set<Int> = []
        for row in rows {
            let file = row.file
            let place = places[ExactText(file.path)] ?? files.count
            if place < files.count {
                files[place].isCounted = false
                split.append(file.path)
            } else {
                places[ExactText(file.path)] = place
                files.append(file)
            }
            if row.hidesItsOldName { renamed.insert(place) }
        }
        let last = rows.last.flatMap { $0.status == "deleted" ? $0.filename : nil }
        self.init(files: files, split: split, lastDeleted: last, renamed: renamed.sorted())
    }
}
