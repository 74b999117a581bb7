/// A wish to let a gate go unmet; whether it is valid is for the evaluation to say.
public struct Waiver: Hashable, Sendable, Codable {
    /// The gate's name.
    public var gate: String
    /// Who waives.
    public var author: Account
    /// Why, in the person's own words.
    public var reason: String
    /// The head it was given for; nil when that could not be told, and then it gives nothing.
    public var commit: CommitID?
    /// When it was given.
    public var givenAt: Timestamp
    /// The comment that gave it; nil for one that is supposed.
    public var comment: Int64?

    /// A waiver.
    public init(
        gate: String, author: Account, reason: String, commit: CommitID?, givenAt: Timestamp, comment: Int64? = nil
    ) {
        self.comment = comment
        self.gate = gate
        self.author = author
        self.reason = reason
        self.commit = commit
        self.givenAt = givenAt
    }
}
