/// The `owner/name` of a repository, as the forge shows it; for showing and for calls, never for identity.
public struct RepositoryName: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The user or organisation.
    public var owner: String
    /// The repository's own name.
    public var name: String

    /// A name from its two parts.
    public init(owner: String, name: String) {
        self.owner = owner
        self.name = name
    }

    /// A name from `owner/name`; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy(Self.isAcceptable) else { return nil }
        self.init(owner: String(parts[0]), name: String(parts[1]))
    }

    private static func isAcceptable(_ part: Substring) -> Bool {
        !part.isEmpty && part != "." && part != ".."
            && part.unicodeScalars.allSatisfy { scalar in
                ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
                    || scalar == "-" || scalar == "_" || scalar == "."
            }
    }

    /// `owner/name`.
    public var description: String { "\(owner)/\(name)" }
}
