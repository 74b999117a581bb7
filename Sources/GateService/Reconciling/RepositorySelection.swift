import GatePolicy

/// Which repositories are gated: patterns such as `acme/*`, and `!acme/sandbox` for exceptions.
public struct RepositorySelection: Hashable, Sendable {
    /// A mistake in a pattern.
    public struct Mistake: Error, Hashable, Sendable, CustomStringConvertible {
        /// The sentence.
        public let description: String

        /// An empty list: nothing would be gated, and who leaves the key out has everything gated.
        public static let nothing = Mistake(
            description: "the list is empty: name what is to be gated, or leave the key out for all that send webhooks")
    }

    /// Every repository that sends something; none is looked for.
    public static let all = RepositorySelection(owner: nil)

    private struct Pattern: Hashable {
        var owner: String
        /// The name in lower case; nil for every one of the owner's.
        var name: String?
        var isException: Bool
    }

    private var patterns: [Pattern] = []

    private init(owner: Never?) {}

    /// A selection from its patterns.
    public init(_ texts: [String]) throws(Mistake) {
        for text in texts {
            let isException = text.hasPrefix("!")
            let parts = text.drop { $0 == "!" }.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            let isWhole = parts.count == 2 && parts[1] == "*" && RepositoryName(owner: parts[0], name: "x").isValid
            guard isWhole || (parts.count == 2 && RepositoryName(owner: parts[0], name: parts[1]).isValid) else {
                throw Mistake(description: "`\(text)`: expected `owner/name`, `owner/*` or one of them behind `!`")
            }
            patterns.append(
                Pattern(
                    owner: parts[0].lowercased(), name: isWhole ? nil : parts[1].lowercased(), isException: isException)
            )
        }
        guard patterns.contains(where: { !$0.isException }) else {
            throw Mistake(description: "there is no pattern without `!`: nothing would be gated")
        }
    }

    /// Whether a repository is gated.
    public func contains(_ repository: RepositoryName) -> Bool {
        if patterns.isEmpty { return true }
        let matching = patterns.filter {
            $0.owner == repository.owner.lowercased()
                && ($0.name ?? repository.name.lowercased()) == repository.name.lowercased()
        }
        return matching.contains { !$0.isException } && !matching.contains(where: \.isException)
    }

    /// Whether a repository is named by itself.
    func names(_ repository: RepositoryName) -> Bool {
        named.contains { $0.description == repository.description.lowercased() }
    }

    /// Owners all of whose repositories are to be found.
    public var owners: [String] { patterns.filter { !$0.isException && $0.name == nil }.map(\.owner) }

    /// Repositories that are named one by one.
    public var named: [RepositoryName] {
        patterns.compactMap { pattern in
            pattern.isException ? nil : pattern.name.map { RepositoryName(owner: pattern.owner, name: $0) }
        }
    }
}

extension RepositoryName {
    fileprivate var isValid: Bool { RepositoryName(description) != nil }
}
