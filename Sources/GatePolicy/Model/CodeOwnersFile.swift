/// The CODEOWNERS file of the default branch, as text.
public struct CodeOwnersFile: Hashable, Sendable, Codable {
    /// Where a file may stand, in the order in which they are looked at; the first that is there is the file.
    public static let paths = ["CODEOWNERS", "docs/CODEOWNERS", ".gitea/CODEOWNERS", ".forgejo/CODEOWNERS"]

    /// Where it stands.
    public var path: String
    /// What it says.
    public var text: String

    /// A file.
    public init(path: String, text: String) {
        self.path = path
        self.text = text
    }
}
