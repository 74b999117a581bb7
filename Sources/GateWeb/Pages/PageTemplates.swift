import Mustache

/// The templates, read once.
struct PageTemplates: Sendable {
    /// A page of its own.
    enum Name: String {
        case pull, repository, overview, error
    }

    private let library: MustacheLibrary

    init() throws {
        var library = MustacheLibrary()
        for (name, bytes) in Self.sources {
            try library.register(String(decoding: bytes, as: UTF8.self), named: name)
        }
        self.library = library
    }

    static let sources: [(name: String, bytes: [UInt8])] = [
        ("page", PackageResources.page_mustache), ("pull", PackageResources.pull_mustache),
        ("gate", PackageResources.gate_mustache), ("node", PackageResources.node_mustache),
        ("prose", PackageResources.prose_mustache),
        ("repository", PackageResources.repository_mustache), ("overview", PackageResources.overview_mustache),
        ("error", PackageResources.error_mustache),
    ]

    /// A page as HTML.
    func html(_ page: some Sendable, _ name: Name) -> String {
        library.render(page, withTemplate: name.rawValue) ?? ""
    }
}
