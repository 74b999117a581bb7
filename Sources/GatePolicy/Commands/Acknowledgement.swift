/// Somebody's word that an item of the checklist is done; whether it is valid is for the evaluation to say.
public struct Acknowledgement: Hashable, Sendable, Codable {
    /// The item's name.
    public var item: String
    /// The comment it stands in.
    public var comment: Int64
    /// Who acknowledges.
    public var author: Account
    /// A note in the person's own words; may be empty.
    public var note: String
    /// The head it was given for; nil when that could not be told, and then it gives nothing.
    public var commit: CommitID?
    /// When it was given.
    public var givenAt: Timestamp

    /// An acknowledgement.
    public init(item: String, comment: Int64, author: Account, note: String, commit: CommitID?, givenAt: Timestamp) {
        self.item = item
        self.comment = comment
        self.author = author
        self.note = note
        self.commit = commit
        self.givenAt = givenAt
    }
}
