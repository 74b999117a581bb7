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
    var ignoresEditedComments = false
    var methods = Methods(comments: Methods.approvingComments, isGiven: false)
}

/// How people say something, as our language writes it.
struct Methods: Hashable {
    /// policy-bot's defaults.
    static let approvingComments = [":+1:", "👍"].map(Pattern.containing)
    static let objectingComments = [":-1:", "👎"].map(Pattern.containing)

    /// Patterns of comments.
    var comments: [String]
    /// Whether reviews say it.
    var reviews = true
    /// Patterns on the text of such reviews.
    var reviewPatterns: [String] = []
    /// Expressions on the description.
    var bodyPatterns: [String] = []
    /// Whether the file says anything of it.
    var isGiven = true

    /// The value of `reviews`.
    var reviewValue: String { reviewPatterns.isEmpty ? (reviews ? "true" : "false") : Self.list(reviewPatterns) }
    /// Whether a review or a comment can say it at all.
    var isOpen: Bool { reviews || !comments.isEmpty }

    /// A list as YAML.
    static func list(_ texts: [String]) -> String {
        "[\(texts.map { Writing.yaml($0, isInFlow: true) }.joined(separator: ", "))]"
    }

    /// `body("re:…")`.
    var body: String {
        "body(\(bodyPatterns.map { Writing.literal("re:\(Pattern.whole($0))") }.joined(separator: ", ")))"
    }
}

/// People, as our language writes them.
struct Actors: Hashable {
    /// What more of them would do.
    enum Effect {
        /// More pull requests pass.
        case softens
        /// Fewer pull requests pass.
        case hardens
        /// One or the other.
        case either
    }

    /// `@alice`, `@acme/qa`, `org_members`, `writers`.
    var members: [String] = []
    /// Whether everybody who may read is among them.
    var isOpen = false
    /// Apps of GitHub that the file names, and that no account here can be.
    var apps: [String] = []
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
    var disapprove = Methods(comments: Methods.objectingComments, isGiven: false)
    var revoke = Methods(comments: Methods.approvingComments, isGiven: false)
}
