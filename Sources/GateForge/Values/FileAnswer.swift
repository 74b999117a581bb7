/// What is at a path of a repository.
public enum FileAnswer: Hashable, Sendable {
    /// What is there instead of a file.
    public enum Kind: String, Hashable, Sendable {
        case directory, symlink, submodule
    }

    /// A file: its bytes and the id of its blob.
    case content([UInt8], blob: String)
    /// Something else.
    case notAFile(Kind)
    /// Nothing, and the forge has shown that: the repository and the commit are visible.
    case absent
}
