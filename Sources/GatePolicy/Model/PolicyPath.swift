/// Where policies are.
public enum PolicyPath {
    /// The paths in a repository, in the order in which they are looked at: the first that exists is the policy.
    public static let inOrder: [ExactText] = [".countersign.yml", ".gitea/countersign.yml", ".forgejo/countersign.yml"]
    /// The name of an organisation's own repository.
    public static let organizationRepository = ".countersign"
    /// The file in it that holds for every repository without a policy of its own.
    public static let organizationFile: ExactText = "countersign.yml"

    /// Every path of a repository that a policy may be read from.
    public static func all(of repository: RepositoryName) -> [ExactText] {
        repository.name.lowercased() == organizationRepository ? inOrder + [organizationFile] : inOrder
    }
}
