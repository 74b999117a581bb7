#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The HTTP proxy on the way to the forge; its user and password are never shown.
public struct ProxyAddress: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable
{
    let host: String
    let port: Int
    let user: String?
    let password: String?

    /// A proxy such as `http://proxy.example.org:3128` or `http://user:password@proxy.example.org:3128`.
    public init(_ text: String) throws(ForgeSettingsError) {
        guard let components = URLComponents(string: text), components.scheme?.lowercased() == "http",
            var host = components.host, !host.isEmpty, let port = components.port, (1...65535).contains(port),
            components.path.isEmpty || components.path == "/"
        else {
            throw .init(setting: "proxy", problem: "expected `http://`, a host and a port, as in `http://proxy:3128`")
        }
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        self.host = host
        self.port = port
        self.user = components.user
        self.password = components.password
    }

    /// Host and port.
    public var debugDescription: String { description }
    /// Shows no parts.
    public var customMirror: Mirror { Mirror(self, children: []) }
    /// Host and port.
    public var description: String { host.contains(":") ? "http://[\(host)]:\(port)" : "http://\(host):\(port)" }
}
