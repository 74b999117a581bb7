import GatePolicy

/// A repository in an organisation's list.
public struct ListedRepository: Hashable, Sendable {
    /// The id, which survives renames.
    public var id: Int64
    /// The name.
    public var name: RepositoryName
    /// Whether only members see it.
    public var isPrivate: Bool
    /// Whether it is archived.
    public var isArchived: Bool
    /// Whether it mirrors another one.
    public var isMirror: Bool
    /// Whether it has no commit.
    public var isEmpty: Bool
    /// Whether it has pull requests at all: that part of it can be switched off.
    public var hasPullRequests: Bool
    /// The default branch.
    public var defaultBranch: String
    /// Whether pull requests may be merged by rebase, with a merge commit after it or not; nil where that is not told.
    public var allowsRebase: Bool?

    /// A repository of which no more than the name is known.
    public init(name: RepositoryName, defaultBranch: String = "") {
        id = 0
        self.name = name
        isPrivate = true
        isArchived = false
        isMirror = false
        isEmpty = false
        hasPullRequests = true
        self.defaultBranch = defaultBranch
    }

    init(_ json: RepositoryJSON) {
        id = json.id
        name = json.repositoryName
        isPrivate = json.isPrivate || (json.isInternal ?? false)
        isArchived = json.isArchived ?? false
        isMirror = json.isMirror ?? false
        isEmpty = json.isEmpty ?? false
        hasPullRequests = json.hasPullRequests ?? true
        defaultBranch = json.defaultBranch
        switch (json.allowsRebase, json.allowsRebaseThenMerge) {
        case (true, _), (_, true): allowsRebase = true
        case (false, false): allowsRebase = false
        case (nil, _), (_, nil): allowsRebase = nil
        }
    }
}
