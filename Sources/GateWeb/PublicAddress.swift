import GatePolicy

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Under which address browsers reach the pages; a reverse proxy may put them below a path.
public struct PublicAddress: Hashable, Sendable, CustomStringConvertible {
    /// The address without a slash at its end.
    public let description: String
    let host: String

    /// An address such as `https://gate.example.org` or `https://example.org/gate`; nil for anything else.
    public init?(_ text: String) {
        guard let components = URLComponents(string: text), let scheme = components.scheme?.lowercased(),
            scheme == "https" || scheme == "http", let host = components.host?.lowercased(), !host.isEmpty,
            components.user == nil, components.password == nil, components.query == nil, components.fragment == nil
        else { return nil }
        var text = text
        while text.hasSuffix("/") { text.removeLast() }
        self.host = host
        description = text
    }

    /// The page of a pull request, with the key that opens it.
    public func page(of repository: RepositoryName, _ number: Int64, key: String) -> String {
        "\(description)/\(Paths.pull(repository, number))?\(PageKeys.parameter)=\(key)"
    }
}
