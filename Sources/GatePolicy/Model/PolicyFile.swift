/// What stands at a policy path of a commit; read as data, whoever wrote it.
public enum PolicyFile: Hashable, Sendable, Codable {
    /// A policy without a mistake, and the files of the repository that it includes, but for those of one commit, which
    /// are there whatever is changed.
    case valid(includes: [ExactText])
    /// A file that is no valid policy, and why.
    case broken([Diagnostic])
    /// A directory, a link or a submodule.
    case notAFile(String)
    /// Nothing.
    case absent

    /// Which path of which commit.
    public struct Key: Hashable, Comparable, Sendable, Codable {
        /// The path.
        public var path: ExactText
        /// The commit.
        public var commit: CommitID

        /// A path of a commit.
        public init(path: ExactText, commit: CommitID) {
            self.path = path
            self.commit = commit
        }

        /// By path, then by commit.
        public static func < (left: Key, right: Key) -> Bool {
            (left.path, left.commit.text) < (right.path, right.commit.text)
        }
    }
}

extension PolicyFile {
    /// An included file that is deleted while the policy still includes it.
    static func stillIncluded(_ path: String) -> PolicyFile {
        .broken([
            Diagnostic(
                span: SourceSpan(file: path, line: 1, column: 1),
                message: "the policy includes the file, and it is deleted", hint: "take its `include` out as well")
        ])
    }
}
