/// A review as the forge stores it; whether it counts is for the evaluation to say.
public struct Review: Hashable, Sendable, Codable {
    /// The forge's review states; every other word is kept, and counts for nothing.
    public enum State: Hashable, Sendable {
        case approved, requestChanges, comment, pending, requestReview
        case other(String)
    }

    /// The id; ids grow with time.
    public var id: Int64
    /// Who wrote it; nil when the account is gone or the row belongs to a team.
    public var author: Account?
    /// What it says.
    public var state: State
    /// Whether somebody dismissed it; the state stays beside it.
    public var isDismissed: Bool
    /// The head it was given for.
    public var commit: CommitID?
    /// Its text.
    public var body: String
    /// When it was begun: a draft keeps its time, and its id, when it is submitted.
    public var submittedAt: Timestamp
    /// When it was last submitted, dismissed or taken up again; nil where the forge does not say.
    public var updatedAt: Timestamp?

    /// A review.
    public init(
        id: Int64, author: Account?, state: State, isDismissed: Bool = false, commit: CommitID?, body: String = "",
        submittedAt: Timestamp = Timestamp(seconds: 0), updatedAt: Timestamp? = nil
    ) {
        self.id = id
        self.author = author
        self.state = state
        self.isDismissed = isDismissed
        self.commit = commit
        self.body = body
        self.submittedAt = submittedAt
        self.updatedAt = updatedAt
    }

    /// The latest moment at which it may have come to say what it says.
    var spokenBy: Timestamp { max(submittedAt, updatedAt ?? submittedAt) }
}

extension Review.State: Codable {
    private static let words: [(state: Self, word: String)] = [
        (.approved, "APPROVED"), (.requestChanges, "REQUEST_CHANGES"), (.comment, "COMMENT"), (.pending, "PENDING"),
        (.requestReview, "REQUEST_REVIEW"),
    ]

    /// A state by the forge's word for it.
    public init(word: String) {
        self = Self.words.first { $0.word == word }?.state ?? .other(word)
    }

    /// The forge's word.
    public var word: String {
        if case .other(let word) = self { return word }
        return Self.words.first { $0.state == self }?.word ?? ""
    }

    /// Reads the forge's word.
    public init(from decoder: any Decoder) throws {
        self.init(word: try decoder.singleValueContainer().decode(String.self))
    }

    /// Writes the forge's word.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(word)
    }
}
