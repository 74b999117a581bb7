/// What a case says of the world, by names; the facts are made of it when a policy asks for them.
struct TestScene: Sendable {
    /// The repository and who holds rights on it.
    struct Place: Sendable {
        var name = RepositoryName(owner: "acme", name: "widget")
        var ownerIsOrganization = true
        var isPrivate = true
        var defaultBranch = "main"
        var protectedBranches: [String] = []
        var writers: [String] = []
        var admins: [String] = []
        var members: [String] = []
        var serviceAccount: String?
        /// What new pull requests' descriptions begin with; nil for nothing.
        var template: String?
        /// What CODEOWNERS of the default branch says; nil where there is none.
        var codeOwners: String?
    }

    /// The pull request.
    struct Pull: Sendable {
        var author = "opener"
        var title = "A change"
        var body = ""
        /// Nil for the default branch.
        var base: String?
        var head = "topic"
        var isFork = false
        /// The owner of the fork; nil for the author.
        var forkOwner: String?
        var labels: [Label] = []
        var files: [ChangedFile] = []
        /// What is at policy paths, where that is not a valid policy.
        var policyFiles: [ExactText: PolicyFile] = [:]
        /// Nil for one commit of the author.
        var commits: [Commit]?
    }

    /// A label, and who put it on; nil for the author.
    struct Label: Sendable {
        var name: String
        var actor: String?
        var isRemoved = false
        /// Who took it off; nil for whoever put it on.
        var remover: String?
    }

    /// A commit; `nobody` is an address without an account.
    struct Commit: Sendable {
        var author: String
        var committer: String
        /// Who pushed it: of what the pull request was opened with, the opener.
        var pusher: String?
        /// Whose key signed it, as the forge verified; nil for nobody's.
        var signer: String?
        /// The key.
        var key: String?
        /// Whether the pull request changes after it what it changed before.
        var isSameDiff = false
    }

    /// A review; `head` counts from 1, nil for the newest.
    struct Review: Sendable {
        var author: String
        var state: GatePolicy.Review.State
        var head: Int?
        /// Its text.
        var body = ""
        var isDismissed = false
    }

    /// A waiver; `head` counts from 1, nil for the newest.
    struct Waiver: Sendable {
        var author: String
        var gate: String
        var reason: String
        var head: Int?
        var span: SourceSpan
    }

    /// A comment of the conversation; `head` counts from 1, nil for the newest.
    struct Comment: Sendable {
        var author: String
        var text: String
        var head: Int?
        var isEdited = false
        /// The item it acknowledges, and where that is written.
        var item: (name: String, span: SourceSpan)?
    }

    /// A status on the head; by the forge's Actions where nobody is named.
    struct Status: Sendable {
        var context: String
        var state: StatusState
        var creator: String?
    }

    /// A fact that cannot be had.
    enum Missing: Hashable, Sendable {
        case policyFiles
        case reviews, files, commits, timeline, statuses, comments, template, writers, admins, members
        case codeOwners, signatures
        case teams(organization: String)
        case team(TeamReference)
        case user(String)
        case change(head: Int)
        case protection(branch: String)
    }

    /// The day of the evaluation; nil for one that no `until` has reached.
    var day: CalendarDay?
    var place = Place()
    var teams: [TeamReference: [String]] = [:]
    var inactive: [String] = []
    var pull = Pull()
    var reviews: [Review] = []
    var waivers: [Waiver] = []
    var comments: [Comment] = []
    var statuses: [Status] = []
    var missing: Set<Missing> = []
    /// Names of what cannot be had, and where they are written.
    var missingNames: [(missing: Missing, span: SourceSpan)] = []
    /// Who says something in the case, and where.
    var speakers: [(login: String, span: SourceSpan)] = []
    /// Teams that the case itself names, and where.
    var teamNames: [(team: TeamReference, span: SourceSpan)] = []

    /// The commits; heads are counted by them.
    var commits: [Commit] {
        pull.commits ?? [Commit(author: pull.author, committer: pull.author, pusher: pull.author)]
    }

    /// The branch it wants to enter.
    var base: String { pull.base ?? place.defaultBranch }
}
