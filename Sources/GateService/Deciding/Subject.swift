import GatePolicy

/// The pull request to decide on.
public struct Subject: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The repository.
    public var repository: RepositoryName
    /// The number.
    public var number: Int64

    /// A pull request of a repository.
    public init(repository: RepositoryName, number: Int64) {
        self.repository = repository
        self.number = number
    }

    /// A pull request from `owner/repo#12`; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: "#", omittingEmptySubsequences: false)
        guard parts.count == 2, let repository = RepositoryName(String(parts[0])),
            let number = Int64(parts[1]), number > 0
        else { return nil }
        self.init(repository: repository, number: number)
    }

    /// `owner/repo#12`.
    public var description: String { "\(repository)#\(number)" }
}
