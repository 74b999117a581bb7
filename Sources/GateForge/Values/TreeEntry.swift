import GatePolicy

/// What a directory of a commit has under one name.
public struct TreeEntry: Hashable, Sendable {
    /// Its mode and object id, as `mode id`.
    public var object: String
    /// The id of the directory that it is; nil for a file, a link or a submodule.
    public var directory: CommitID?

    /// An entry.
    public init(object: String, directory: CommitID?) {
        self.object = object
        self.directory = directory
    }
}
