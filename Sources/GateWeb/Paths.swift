import GatePolicy

/// The pages' addresses below the public URL.
enum Paths {
    /// The page of one pull request.
    static func pull(_ repository: RepositoryName, _ number: Int64) -> String {
        "/\(repository)/pulls/\(number)"
    }
}
