import GatePolicy

/// The pages' addresses relative to the page that links to them, so that they hold below any path of a proxy's.
struct Paths: Sendable {
    /// The way from the page to the root: `./`, `../` and so on.
    let root: String

    /// - Parameter path: the path of the page that links.
    init(from path: String) {
        let depth = path.utf8.count { $0 == UInt8(ascii: "/") } - 1
        root = depth > 0 ? String(repeating: "../", count: depth) : "./"
    }

    /// The page of a repository.
    func repository(_ repository: RepositoryName) -> String { root + "\(repository)" }

    /// The page of a pull request.
    func pull(_ repository: RepositoryName, _ number: Int64) -> String { root + Self.pull(repository, number) }

    /// The path of a pull request's page below the root.
    static func pull(_ repository: RepositoryName, _ number: Int64) -> String { "\(repository)/pulls/\(number)" }
}
