import GatePolicy

/// Every limit on what is taken from the forge; going over one is an error that names it, never a silent cut.
public struct ForgeLimits: Hashable, Sendable {
    /// Bytes of one answer.
    public var responseBytes = 16 * 1024 * 1024
    /// Bytes of one file read for its content.
    public var fileBytes = 1024 * 1024
    /// Pages of one list.
    public var pages = 400
    /// Changed files of a pull request.
    public var files = PolicyLimits.changedFiles
    /// Commits of a pull request.
    public var commits = PolicyLimits.commits
    /// Reviews of a pull request.
    public var reviews = 5_000
    /// Comments of a pull request.
    public var comments = 10_000
    /// Rows of a timeline, the ones that are left out included.
    public var timeline = 20_000
    /// Contexts with a status on one commit.
    public var statuses = 2_000
    /// Open pull requests of a repository.
    public var openPulls = 5_000
    /// Entries of a tree.
    public var treeEntries = 100_000
    /// Teams of an organisation or a repository.
    public var teams = 1_000
    /// Members of a team or an organisation, assignees of a repository.
    public var members = 5_000
    /// Repositories of an organisation.
    public var repositories = 10_000
    /// Branches of a repository.
    public var branches = 1_000
    /// Calls that one operation makes side by side.
    public var sideBySide = 4
    /// Calls under way at once, of everybody together; others wait, within their deadline.
    public var connections = 32
    /// Redirects that one call follows.
    public var redirects = 3
    /// Times that a list is read again because it changed under the reading.
    public var rereads = 3

    /// The default limits.
    public init() {}
}
