/// A file whose text the forge puts into the description of a new pull request.
public struct PullRequestTemplate: Hashable, Sendable, Codable {
    /// Its path on the default branch.
    public var path: String
    /// What it says.
    public var text: String

    /// A template.
    public init(path: String, text: String) {
        self.path = path
        self.text = text
    }

    /// Whether it is a form, which the forge renders as headings and texts.
    var isForm: Bool { path.hasSuffix(".yml") || path.hasSuffix(".yaml") }
}
