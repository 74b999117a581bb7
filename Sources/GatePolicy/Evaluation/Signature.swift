/// Somebody's word that may count for a gate: an approving review or a waiver.
struct Signature {
    /// Who.
    var account: Account
    /// Whether it counts, sets of people apart.
    var freshness: Truth
}

/// Valid words of people: one entry a person, in the order of their first.
struct Votes {
    private(set) var list: [Signature] = []
    /// The places of people in the list, once they are many.
    private var places = AccountTable<Int>()

    /// Fewer people are found quicker one by one.
    private static let few = 16

    /// No votes yet.
    /// - Parameter words: how many there can be.
    init(words: Int) { list.reserveCapacity(words) }

    /// Adds somebody's word, unless it does not count.
    mutating func add(_ account: Account, _ freshness: Truth) {
        if freshness == .no { return }
        if let place = place(of: account.id) {
            list[place].freshness = list[place].freshness || freshness
        } else {
            if !places.isEmpty { places[account] = list.count }
            list.append(Signature(account: account, freshness: freshness))
        }
    }

    private mutating func place(of id: Int64) -> Int? {
        if list.count < Self.few { return list.firstIndex { $0.account.id == id } }
        if places.isEmpty { for (place, vote) in list.enumerated() { places[vote.account.id] = place } }
        return places[id]
    }
}

/// The signatures a requirement is judged by, and the rules that decided which may be among them; shared, for they are
/// much to copy and only read.
final class Signatures {
    /// One entry a person, in the order of their first valid word.
    let votes: [Signature]
    let rules: ApprovalRules
    /// Which of the judged approvals these are; nil for others.
    let number: Int?
    /// Whether it is worth asking who else could sign.
    let asksCandidates: Bool
    /// Why there is no list of signatures at all: then every quota is open.
    let missing: Unknown?
    /// Why there may be more signatures than these: then no quota that is short is certain.
    let incomplete: Unknown?

    init(
        _ votes: Votes, rules: ApprovalRules, asksCandidates: Bool, missing: Unknown? = nil,
        incomplete: Unknown? = nil, number: Int? = nil
    ) {
        self.votes = votes.list
        self.rules = rules
        self.number = number
        self.asksCandidates = asksCandidates
        self.missing = missing
        self.incomplete = incomplete
    }

    convenience init(
        _ signatures: [Signature], rules: ApprovalRules, asksCandidates: Bool, missing: Unknown? = nil
    ) {
        var votes = Votes(words: signatures.count)
        for signature in signatures { votes.add(signature.account, signature.freshness) }
        self.init(votes, rules: rules, asksCandidates: asksCandidates, missing: missing)
    }

    private init(_ other: Signatures, asksCandidates: Bool) {
        votes = other.votes
        rules = other.rules
        number = other.number
        self.asksCandidates = asksCandidates
        missing = other.missing
        incomplete = other.incomplete
    }

    /// The same, asking who else could sign, or not.
    func asking(_ asksCandidates: Bool) -> Signatures { Signatures(self, asksCandidates: asksCandidates) }
}

/// What became of one review or of one comment that approves, for one gate.
public enum Fate: Hashable, Sendable, Codable {
    /// It fills a place of each of these sets.
    case counts(for: [String])
    /// It would count, but counts for an earlier gate of the policy's `distinct` list.
    case keptFor(gate: String)
    /// It would count, but its author's acknowledgement of this item does, and nobody fills two places.
    case acknowledges(item: String)
    /// It is valid, but none of the people asked for wrote it.
    case notAskedFor
    /// It is valid, and the gate asks for acknowledgements alone: of this item, nil where there are several.
    case acknowledgesNothing(item: String?)
    /// Its author opened the pull request.
    case author
    /// Its author pushed or wrote a commit.
    case committer
    /// Its author is the account that posts the statuses.
    case serviceAccount
    /// Its author is deactivated.
    case inactive
    /// Somebody dismissed it.
    case dismissed
    /// It is a draft: nobody but its author sees it.
    case draft
    /// It decides nothing (a comment, or a request for a review).
    case comment
    /// The forge gave it a state that nobody knows.
    case unknownState(String)
    /// Its account is gone.
    case noAccount
    /// It names no commit.
    case noCommit
    /// It is older than the repository: a migration brought it.
    case migrated
    /// A later decision of the same person took it away (the id of that review).
    case superseded(by: Int64)
    /// It was given for an older commit, and what it changed differs now.
    case stale(since: CommitID)
    /// It was given for another base branch, and what it changed differs or cannot be compared now.
    case staleBase(was: String)
    /// Whether it counts could not be known.
    case unknowable([Unknown])
    /// Reviews do not approve here, only comments do.
    case notByReview
    /// Its text does not say what the policy asks for.
    case otherWords
    /// The comment was edited, so it gives nothing.
    case edited
    /// For which head the comment was written cannot be told.
    case noHead
    /// These digits name no head of the pull request, or too few of them to be sure.
    case unknownHead(String)
    /// Its author took it back in this comment.
    case revoked(comment: Int64)
    /// It asks for changes, and that stands.
    case blocks
    /// It asked for changes, and its author approved later (the id of that review).
    case withdrawn(by: Int64)
    /// It asked for changes, and one who may took that back with a review.
    case lifted(by: String, review: Int64)
    /// It asked for changes, and one who may took that back in a comment.
    case liftedByComment(by: String, comment: Int64)
    /// It asks for changes without the words that block.
    case blockerOtherWords
    /// It asked for changes on an older head, and the policy lets that end.
    case endedWithHead
    /// It asks for changes, and its author is not among those who may block.
    case blockerNotAskedFor
    /// It asks for changes; whether its author may block could not be known.
    case blockUnknowable([Unknown])
}

/// A comment that approves, and what became of it.
public struct CommentFate: Hashable, Sendable, Codable {
    /// The comment's id.
    public var comment: Int64
    /// Under whose name it stands.
    public var account: Account?
    /// What became of it.
    public var fate: Fate
}

/// A review and what became of it.
public struct ReviewFate: Hashable, Sendable, Codable {
    /// The review's id.
    public var review: Int64
    /// Who wrote it.
    public var account: Account?
    /// What became of it.
    public var fate: Fate
}
