import GatePolicy

/// A rule of branch protection with everything that the forge shows of it, what this program does not know included.
public struct WholeRule: Hashable, Codable, Sendable {
    /// The branch or glob it is for.
    public var name: String
    /// Whether it asks for statuses.
    public var asksForStatuses: Bool
    /// The contexts it asks for.
    public var contexts: [String]
    /// Everything else but names, times and places in lists, as on the wire.
    public var fields: [String: JSONValue]

    private static let identity: Set<String> = [
        "rule_name", "branch_name", "created_at", "updated_at", "priority", "enable_status_check",
        "status_check_contexts",
    ]

    init(_ name: String, _ object: [String: JSONValue]) {
        self.name = name
        asksForStatuses = object["enable_status_check"] == .flag(true)
        contexts = []
        if case .list(let texts)? = object["status_check_contexts"] {
            contexts = texts.compactMap { if case .text(let text) = $0 { text } else { nil } }
        }
        fields = object.filter { !Self.identity.contains($0.key) }
    }

    /// Whether it asks for the same, apart from statuses.
    public func isLike(_ other: WholeRule) -> Bool {
        fields.filter { !$0.value.isNothing } == other.fields.filter { !$0.value.isNothing }
    }

    /// Whether it asks for nothing but statuses.
    public var asksForNothingElse: Bool { fields.values.allSatisfy(\.isNothing) }
}

extension JSONValue {
    fileprivate var isNothing: Bool {
        switch self {
        case .null, .flag(false), .integer(0), .text(""): true
        case .list(let values): values.isEmpty
        case .object(let values): values.isEmpty
        case .flag, .integer, .number, .text: false
        }
    }
}
