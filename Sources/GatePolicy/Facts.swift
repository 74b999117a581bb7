/// Everything an evaluation may look at, of one head and one base; what was not read is nil, and then a need.
public struct Facts: Hashable, Sendable, Codable {
    /// The moment of the evaluation.
    public var now: Timestamp
    /// The repository.
    public var repository: Repository
    /// The pull request.
    public var pullRequest: PullRequest
    /// The account that posts the statuses; it never signs.
    public var serviceAccount: Account?
    /// The reviews, in the order of their ids.
    public var reviews: Known<[Review]>?
    /// The changed files.
    public var files: Known<[ChangedFile]>?
    /// The commits.
    public var commits: Known<[Commit]>?
    /// What the forge says of the commits' signatures, of every commit one.
    public var verifications: Known<[CommitVerification]>?
    /// The timeline.
    public var timeline: Known<[TimelineEntry]>?
    /// The comments of the conversation.
    public var comments: Known<[Comment]>?
    /// The templates of new pull requests' descriptions, on the default branch.
    public var templates: Known<[PullRequestTemplate]>?
    /// The answers that acknowledgements were first seen with; nil where nobody keeps that.
    public var answersSeen: [AnswerSighting]?
    /// The status rows on the head, of all contexts.
    public var statuses: Known<[CommitStatus]>?
    /// Team names by lower-case organisation.
    public var directories: [String: Known<TeamDirectory>]
    /// Members by team id.
    @Rows public var teamMembers: [Int64: Known<TeamMembers>]
    /// Accounts by lower-case login; a known nil is nobody.
    public var users: [String: Known<Account?>]
    /// Members of the repository's organisation.
    public var organizationMembers: Known<[Account]>?
    /// Who may write the code.
    public var writers: RightHolders?
    /// Who administers the repository.
    public var admins: RightHolders?
    /// The CODEOWNERS file of the default branch; a known nil when it has none.
    public var codeOwners: Known<CodeOwnersFile?>?
    /// The ids that were behind names when they were first seen, `@alice` or `@acme/qa` in lower case.
    ///
    /// Empty for a reader without a memory. It is to be forgotten when the policy is edited or somebody confirms it.
    public var rememberedIdentities: [String: Int64] = [:]
    /// Effective changes that were compared; a known nil means that the forge no longer has the commit.
    @Rows public var effectiveChanges: [EffectiveChange.Key: Known<EffectiveChange?>]
    /// Which branches are protected or the default one, as far as asked.
    public var protectedBranches: [ExactText: Known<Bool>]
    /// Which branches there are, as far as asked.
    public var branches: [ExactText: Known<Bool>]
    /// Whether head and base differ in the files that the policy is made of.
    public var watchedFiles: Known<WatchedFiles>?
    /// What stands at policy paths, as far as asked.
    @Rows public var policyFiles: [PolicyFile.Key: Known<PolicyFile>]
    /// Waivers that people gave.
    public var waivers: [Waiver]
    /// What was once seen and may be gone by now; nil for a reader without a memory.
    public var remembered: Remembered?

    /// Facts of a pull request; everything else is still to be read.
    public init(
        now: Timestamp, repository: Repository, pullRequest: PullRequest, serviceAccount: Account? = nil,
        waivers: [Waiver] = []
    ) {
        self.now = now
        self.repository = repository
        self.pullRequest = pullRequest
        self.serviceAccount = serviceAccount
        self.directories = [:]
        self.teamMembers = [:]
        self.users = [:]
        self.effectiveChanges = [:]
        self.protectedBranches = [:]
        self.policyFiles = [:]
        self.branches = [:]
        self.waivers = waivers
    }
}
