#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The address of the forge, with the path it lives under; the API is below `/api/v1`.
public struct BaseAddress: Hashable, Sendable, CustomStringConvertible {
    /// The address without a slash at its end.
    public let description: String
    let origin: Origin
    let path: String

    /// Scheme, host and port: a token is never sent to another one.
    struct Origin: Hashable, Sendable, CustomStringConvertible {
        let scheme: String
        let host: String
        let port: Int

        init?(_ components: URLComponents) {
            guard let scheme = components.scheme?.lowercased(), scheme == "http" || scheme == "https",
                let host = components.host?.lowercased(), !host.isEmpty
            else { return nil }
            self.scheme = scheme
            self.host = host
            self.port = components.port ?? (scheme == "https" ? 443 : 80)
        }

        var description: String {
            let shown = host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
            return port == (scheme == "https" ? 443 : 80) ? "\(scheme)://\(shown)" : "\(scheme)://\(shown):\(port)"
        }
    }

    /// An address such as `https://git.example.org`, `https://example.org/git` or `http://[::1]:3000`.
    public init(_ text: String) throws(ForgeSettingsError) {
        func refusal(_ problem: String) -> ForgeSettingsError { .init(setting: "address", problem: problem) }
        guard let components = URLComponents(string: text), let origin = Origin(components) else {
            throw refusal("expected `http://` or `https://` and a host, as in `https://git.example.org`")
        }
        guard components.user == nil, components.password == nil else {
            throw refusal("the address must not contain a user or a password")
        }
        guard components.query == nil, components.fragment == nil else {
            throw refusal("the address must not contain `?` or `#`")
        }
        if let port = components.port, !(1...65535).contains(port) { throw refusal("there is no port \(port)") }
        var path = components.percentEncodedPath
        while path.hasSuffix("/") { path.removeLast() }
        guard !path.hasSuffix("/api/v1") else {
            throw refusal("give the address of the forge itself, without `/api/v1`")
        }
        self.origin = origin
        self.path = path
        self.description = origin.description + path
    }

    /// The address of a path below the API.
    func api(_ relative: String) -> String { "\(description)/api/v1\(relative)" }

    /// Where a redirect from one address leads, and what to call the place when that is not inside this forge's API.
    func destination(of location: String, from current: String) -> Destination {
        guard let base = URL(string: current), let url = URL(string: location, relativeTo: base),
            let components = URLComponents(url: url.absoluteURL, resolvingAgainstBaseURL: true),
            let target = Origin(components)
        else { return .elsewhere("an address that cannot be read") }
        var relative = components.percentEncodedPath
        guard relative.contains("/api/v1/"), !Self.climbs(relative) else {
            return .page(target == origin ? "a page outside the API" : "a page of `\(target)`")
        }
        guard target == origin, components.user == nil, components.password == nil else {
            return .elsewhere(target.description)
        }
        guard relative.hasPrefix(path + "/api/v1/") else {
            let end = relative.firstRange(of: "/api/v1/")?.lowerBound ?? relative.startIndex
            return .elsewhere(target.description + relative[..<end])
        }
        if let query = components.percentEncodedQuery { relative += "?" + query }
        return .here(origin.description + relative)
    }

    /// Whether a path has a step upwards, however it is written: a proxy on the way may decode it.
    private static func climbs(_ path: String) -> Bool {
        var plain = path.lowercased()
        for (code, sign) in [("%2e", "."), ("%2f", "/"), ("%5c", "/"), ("\\", "/")] {
            plain = plain.replacing(code, with: sign)
        }
        return plain.split(separator: "/").contains("..")
    }

    /// Where a redirect leads.
    enum Destination: Hashable, Sendable {
        /// Inside this forge's API.
        case here(String)
        /// The API of another address.
        case elsewhere(String)
        /// No API at all: a page to sign in at, most often.
        case page(String)
    }
}
