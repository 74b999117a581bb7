import GatePolicy

/// Where the pages read what they show.
public struct PageSource: Sendable {
    let identities: @Sendable (RepositoryName) async throws -> [Int64]
    let pull: @Sendable (_ repositoryID: Int64, _ number: Int64) async throws -> PullView?
    let repository: @Sendable (RepositoryName, _ limit: Int) async throws -> RepositoryView?
    let overview: @Sendable (_ limit: Int) async throws -> Overview

    /// A source.
    /// - Parameters:
    ///   - identities: the repositories that have a name, or had it: the one that has it first.
    ///   - pull: a pull request with its history; nil when it is not known.
    ///   - repository: a repository's open pull requests, at most so many; nil when it is not known.
    ///   - overview: what is open everywhere.
    public init(
        identities: @escaping @Sendable (RepositoryName) async throws -> [Int64],
        pull: @escaping @Sendable (_ repositoryID: Int64, _ number: Int64) async throws -> PullView?,
        repository: @escaping @Sendable (RepositoryName, _ limit: Int) async throws -> RepositoryView?,
        overview: @escaping @Sendable (_ limit: Int) async throws -> Overview
    ) {
        self.identities = identities
        self.pull = pull
        self.repository = repository
        self.overview = overview
    }
}

/// A repository's open pull requests.
public struct RepositoryView: Sendable {
    /// The repository.
    public var repository: RepositoryName
    /// The pull requests that are shown.
    public var pulls: [PullView]
    /// How many are open.
    public var open: Int
    /// Why the repository is not gated as it should be, and ways around the gates.
    public var notes: [String]

    /// A repository.
    public init(repository: RepositoryName, pulls: [PullView], open: Int, notes: [String] = []) {
        self.repository = repository
        self.pulls = pulls
        self.open = open
        self.notes = notes
    }
}

/// What is open everywhere.
public struct Overview: Sendable {
    /// A repository and how much is open in it.
    public struct RepositoryLine: Sendable {
        /// The repository.
        public var repository: RepositoryName
        /// How many pull requests are open.
        public var open: Int
        /// Why it is not gated, where it is not.
        public var note: String?

        /// A line.
        public init(repository: RepositoryName, open: Int, note: String? = nil) {
            self.repository = repository
            self.open = open
            self.note = note
        }
    }

    /// The repositories.
    public var repositories: [RepositoryLine]
    /// Open pull requests that do not pass, those that have waited longest first.
    public var waiting: [PullView]
    /// How many open pull requests pass.
    public var passing: Int
    /// How many do not, shown or not.
    public var notPassing: Int
    /// Since when every open pull request has been looked at; nil when that is not known.
    public var lookedAtSince: Timestamp?
    /// How fresh everything is, in one sentence; nil when that is not known.
    public var freshness: String?
    /// What an operator should know: a look that keeps failing, a way around the gates.
    public var notes: [String]

    /// An overview.
    public init(
        repositories: [RepositoryLine], waiting: [PullView], passing: Int, notPassing: Int,
        lookedAtSince: Timestamp? = nil, freshness: String? = nil, notes: [String] = []
    ) {
        self.repositories = repositories
        self.waiting = waiting
        self.passing = passing
        self.notPassing = notPassing
        self.lookedAtSince = lookedAtSince
        self.freshness = freshness
        self.notes = notes
    }
}
