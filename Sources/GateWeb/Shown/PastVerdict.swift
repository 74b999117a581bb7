import GatePolicy

/// What a pull request came to at some moment.
public struct PastVerdict: Hashable, Sendable, Codable {
    /// When.
    public var at: Timestamp
    /// The head it was for.
    public var head: CommitID
    /// What it came to in one word; nil without a policy.
    public var outcome: Outcome?
    /// What its summary's status said.
    public var description: String
    /// Why it was looked at.
    public var cause: String

    /// An entry of the history.
    public init(at: Timestamp, head: CommitID, outcome: Outcome?, description: String, cause: String) {
        self.at = at
        self.head = head
        self.outcome = outcome
        self.description = description
        self.cause = cause
    }
}

extension PastVerdict {
    private static let words = [
        "reconcile": "looked at again", "start": "the service began", "time": "its time had come",
        "operator": "an operator asked", "discovery": "found", "sibling": "another pull request of the commit",
    ]

    /// Why it was looked at, for people; what is no word of ours is the forge's name of an event.
    var because: String {
        cause.split(separator: " ").map { Self.words[String($0)] ?? String($0).replacing("_", with: " ") }
            .joined(separator: ", ").oneLine
    }
}
