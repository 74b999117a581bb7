/// What a check found out about one thing: who was asked what, the answer, what follows, and the way out.
public struct Finding: Hashable, Codable, Sendable {
    /// How bad it is.
    public var severity: Severity
    /// What it is about: a setting, a team, a repository, a branch.
    public var subject: String
    /// The calls, and as whom they were made.
    public var asked: [String]
    /// What came back.
    public var answer: String
    /// What that means.
    public var meaning: String
    /// What it keeps from deciding, or lets past.
    public var blocks: [Blocked]
    /// The smallest cure.
    public var cure: Cure

    /// A finding.
    public init(
        _ severity: Severity, _ subject: String, asked: [String], answer: String, meaning: String,
        blocks: [Blocked] = [], cure: Cure
    ) {
        self.severity = severity
        self.subject = subject
        self.asked = asked
        self.answer = answer
        self.meaning = meaning
        self.blocks = blocks
        self.cure = cure
    }
}

/// Gates that a finding keeps from deciding.
public struct Blocked: Hashable, Codable, Sendable, CustomStringConvertible {
    /// The repository; nil for every one.
    public var repository: String?
    /// The gates; none for all of the repository's.
    public var gates: [String]

    /// Gates of a repository.
    public init(_ repository: String?, _ gates: [String] = []) {
        self.repository = repository
        self.gates = gates
    }

    /// `acme/widget: qa-review, security-review`.
    public var description: String {
        guard let repository else { return "every gate of every repository" }
        return gates.isEmpty ? "\(repository): every gate" : "\(repository): \(gates.joined(separator: ", "))"
    }
}
