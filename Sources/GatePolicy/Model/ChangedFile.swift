/// A file that differs between the merge base and the head.
public struct ChangedFile: Hashable, Sendable, Codable {
    /// The path at the head (or, of a deleted file, at the base).
    public var path: String
    /// The path it was renamed from, when the forge noticed.
    ///
    /// Of renames whose old names only the trees tell it may be another one's: together they are right.
    public var previousPath: String?
    /// Lines added.
    public var additions: Int
    /// Lines deleted.
    public var deletions: Int
    /// Whether the forge counted no line although the content may differ: it says so of binary files.
    public var mayBeBinary: Bool
    /// Whether its lines were told at all: of a file that becomes a link, and of one that such a change takes off the
    /// forge's list, they are not.
    public var isCounted: Bool

    /// A changed file.
    public init(
        path: String, previousPath: String? = nil, additions: Int = 0, deletions: Int = 0, mayBeBinary: Bool = false,
        isCounted: Bool = true
    ) {
        self.path = path
        self.previousPath = previousPath
        self.additions = additions
        self.deletions = deletions
        self.mayBeBinary = mayBeBinary
        self.isCounted = isCounted
    }

    /// Every path it touches: both names of a rename.
    public var paths: [String] { previousPath.map { [path, $0] } ?? [path] }
}

extension [ChangedFile] {
    /// Every path that they touch.
    var paths: [String] {
        var paths: [String] = []
        paths.reserveCapacity(count)
        for file in self {
            paths.append(file.path)
            if let previous = file.previousPath { paths.append(previous) }
        }
        return paths
    }

    /// Whether something holds of every path that they touch; none is asked about after one of which it does not.
    func allPaths(_ holds: (String) -> Bool) -> Bool {
        allSatisfy { file in holds(file.path) && file.previousPath.map(holds) ?? true }
    }
}
