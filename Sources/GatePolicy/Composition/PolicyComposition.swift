/// What came of putting a policy's files together.
public struct PolicyComposition: Sendable {
    /// The ways it can end.
    public enum Result: Sendable {
        /// Every file was at hand, and nothing is wrong.
        case policy(Policy)
        /// Something is wrong: the diagnostics say what.
        case invalid
        /// These files are to be read first, and then everything again.
        case needs([PolicyFilePlace])
        /// Nothing is wrong in the files that were at hand; nobody looked at the others. What was read, as if it were all:
        /// it tells whom those files name, and no verdict.
        case incomplete(Policy)
        /// A file could not be read.
        case undecided([Unknown])
    }

    /// How it ended.
    public var result: Result
    /// Everything that was found, file by file.
    public var diagnostics: [Diagnostic]
    /// Files of the policy's own repository that it includes, directly or through others: their paths, each once.
    public var includedPaths: [ExactText]
    /// Files of other repositories that were read, as diagnostics name them.
    public var foreignFiles: [ExactText]
    /// The gates of the files that were read.
    public var gates: [Gate]
    /// The groups of the files that were read, and where they are named.
    public var groups: [(name: String, span: SourceSpan)]
    /// Files that nobody looked at.
    public var unchecked: [PolicyFilePlace]

    /// Files of the policy's own repository that nobody looked at, each once, but for those of one commit.
    public var uncheckedPaths: [ExactText] {
        unchecked.filter { $0.repository == nil && !($0.ref.map { CommitID($0.description) != nil } ?? false) }
            .map(\.path).unique
    }

    /// The policy, when there is one.
    public var policy: Policy? { if case .policy(let policy) = result { policy } else { nil } }
    /// Whether something is wrong for certain.
    public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

/// What a file is to the policy it is a part of.
public enum PolicyFileRole: Hashable, Sendable {
    /// The repository's own policy.
    case repository
    /// The organisation's policy for repositories without one.
    case organization
    /// The organisation's file beside a repository's own policy: only what it requires counts.
    case required
    /// A file that another one includes.
    case included

    /// What a file is by its path: what stands where the organisation's file does may require gates of repositories.
    public init(path: String) {
        let own = [".countersign.yml", ".gitea/countersign.yml", ".forgejo/countersign.yml"]
        self = own.contains { path == $0 || path.hasSuffix("/" + $0) } ? .repository : .organization
    }
}
