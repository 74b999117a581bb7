/// Where a file of a policy is, as an `include` names it.
public struct PolicyFilePlace: Hashable, Sendable, CustomStringConvertible {
    /// The repository; nil for the one that the policy is for.
    public var repository: RepositoryName?
    /// The path from the repository's root.
    public var path: ExactText
    /// The commit, tag or branch as written; nil for the commit at which the policy's own file is read.
    public var ref: ExactText?

    /// A place.
    public init(repository: RepositoryName? = nil, path: String, ref: String? = nil) {
        self.repository = repository
        self.path = ExactText(path)
        self.ref = ref.map { ExactText($0) }
    }

    /// As an `include` writes it: `base.yml`, `acme/.countersign:base.yml@main`.
    public var description: String {
        (repository.map { "\($0):" } ?? "") + path.description + (ref.map { "@\($0)" } ?? "")
    }
}

extension RepositoryName {
    /// Whether both name one repository; the forge does not tell capital letters from small ones.
    public func isSame(as other: RepositoryName) -> Bool { description.lowercased() == other.description.lowercased() }
}
