/// What policy-bot's file says.
struct PolicyBotDocument {
    var rules: [ApprovalRule]
    /// `policy.approval`, an implicit and.
    var approval: [ApprovalNode]
    var disapproval: Disapproval?
}

/// A place in `policy.approval`.
indirect enum ApprovalNode: Hashable {
    /// The index of a rule.
    case rule(Int)
    case or([ApprovalNode])
    case and([ApprovalNode])
}

/// One of `approval_rules`.
struct ApprovalRule {
    /// As written.
    var name: String
    var line: Int
    var description: String?
    var conditions: [PredicateUse] = []
    var count = 0
    var countLine = 0
    var actors = Actors()
    var requirements: [PredicateUse] = []
    var options = RuleOptions()
}

/// `options` of a rule.
struct RuleOptions: Hashable {
    var allowsAuthor = false
    var allowsContributor = false
    var allowsNonAuthorContributor = false
    var invalidatesOnPush = false
    var ignoresUpdateMerges = false
    var ignoresCommitsBy: Actors?
    /// Patterns of comments as our language writes them; nil where the file leaves policy-bot's defaults.
    var comments: [String]?
    var reviews = true
    /// Patterns on the text of approving reviews.
    var reviewPatterns: [String] = []
    /// Whether a pattern on the description was left out.
    var hasBodyPatterns = false
}

/// People, as our language writes them.
struct Actors: Hashable {
    /// `@alice`, `@acme/qa`, `org_members`, `writers`.
    var members: [String] = []
    /// Whether everybody who may read is among them.
    var isOpen = false
    /// Whether the file names somebody, even if nobody of that name can exist here.
    var isGiven = false

    /// Adds somebody once; logins are compared without regard to case.
    mutating func add(_ member: String) {
        if !members.contains(where: { $0.lowercased() == member.lowercased() }) { members.append(member) }
    }
}

/// A predicate and its place.
struct PredicateUse: Hashable {
    var predicate: Predicate
    var key: String
    var line: Int
}

/// `policy.disapproval`.
struct Disapproval {
    var line: Int
    var conditions: [PredicateUse] = []
    var actors = Actors()
}
