/// One reading of a policy against the facts; what it looks for and does not find becomes a need.
///
/// It is large: what is often asked of it is `mutating` even where it only reads, for else it would be handed on as a copy.
public struct Evaluation {
    let policy: Policy
    let facts: Facts
    /// Whether it also asks who could still sign, so that a verdict can say so.
    let asksWhoCanSign: Bool
    /// Why a fact is not there, and what to do about it; nil where it was only not read yet.
    let leftOut: Policy.WhyLeftOut?
    /// The facts it looked for that were not read yet.
    var needs: Set<Need> = []
    /// Names of the policy that proved to name nothing.
    var unresolved: [Diagnostic] = []
    /// Gates and parts that were judged already, by their places in the plan.
    var judged: [GateJudgement?]
    /// Whether gates and parts apply that wait for what they look at, by their places in the plan.
    var waiting: [Int: (Truth, Explanation)] = [:]
    /// Who fills which places of the gate that is being judged.
    var places = Places()
    /// The labels and what became of them.
    var history: LabelHistory?
    /// Which path patterns match which paths; nil inside where the set could not say.
    var pathHits: PathIndex.Hits??
    /// The teams of the organisation that was asked about last: most policies name those of one.
    var lastDirectory: (organization: String, teams: Known<TeamDirectory>)?
    /// Teams that are wholly known, by the name the policy gives them.
    var resolvedTeams: [String: ResolvedPeople] = [:]
    /// The ids of the plan's teams, by their places there, as far as asked.
    var teamIDs: [Known<Int64?>?]
    /// What was found out about sets of the plan, by their numbers.
    var foundSets: [FoundSet]
    /// Who brought which commits, put together once.
    var readContributions: Contributions?
    /// Who brought each commit, once asked.
    var readPushers: Known<[CommitID: Account?]>?
    /// How each commit is signed, once asked.
    var readSignatures: Known<[CommitID: CommitVerification]>?
    /// Who owns the changed files, once asked.
    var readOwnership: Known<CodeOwners.Ownership?>?
    /// Why lines of CODEOWNERS are in doubt, by the line, as far as asked.
    var ownerDoubts: [Int: Set<Unknown>] = [:]
    /// The owners of the changed files; nil inside where that is not certain.
    var resolvedCodeOwners: ResolvedPeople??
    /// The reviews in the order of their ids.
    var ordered: Known<[Review]>?
    /// Reviews judged already; few rules, so no table.
    var judgedApprovals: [Approvals] = []
    /// The ways of meeting what gates ask for, by name, as far as asked.
    var judgedWays: [String: Ways] = [:]
    /// The same for parts, by how they are asked.
    var judgedPartWays: [Requirement.Reference: Ways] = [:]
    /// What joining ways of meeting requirements took.
    var joinedWays = 0
    /// Looks at voters that answering took whether places can be filled by different people, telling who fills them, and
    /// telling who else could.
    var seatingLooks = 0
    var tellingLooks = 0
    var helpingLooks = 0
    /// Requests for changes judged already; few rules, so no table.
    var judgedBlockers: [(rule: Block, blockers: Blockers)] = []
    /// What takes requests for changes back, as far as asked; few rules, so no table.
    var judgedRevocations: [(rule: Block, approvals: Revocations, comments: Revocations)] = []
    /// What the commands in comments come to, once asked.
    var readLedger: Known<CommandLedger>?
    /// The older commits that were compared for the reviews that are being judged; nil where none are.
    var compared: Set<EffectiveChange.Key>?
    /// For which head each comment was written, once asked.
    var readHeads: Known<HeadHistory>?
    /// What comments plainly say, by their places in the order of their ids, as far as asked.
    var readWords: [PlainWords?] = []
    /// The comments that match the patterns of rules, as far as asked; few rules, so no table.
    var saidByPatterns: [(patterns: TextPatterns, comments: [SpokenComment])] = []
    /// What the description answers to the asks, by item, once asked.
    var answers: [String: Answer] = [:]
    /// What the acknowledgements of items come to, by item, as far as asked.
    var judgedAcknowledgements: [String: Acknowledgements] = [:]
    /// The items of the gate that is being judged.
    var judgedItems: [ItemVerdict] = []
    /// Whether accounts pushed or wrote a commit, as far as asked; few rules, so no table.
    var judgedCommitters: [(rule: CommitterRule, accounts: AccountTable<Truth>)] = []

    init(policy: Policy, facts: Facts, asksWhoCanSign: Bool, leftOut: Policy.WhyLeftOut? = nil) {
        let plan = policy.plan
        judged = plan.list.map { _ in nil }
        teamIDs = plan.teams.map { _ in nil }
        foundSets = (0..<plan.setCount).map { _ in FoundSet() }
        self.policy = policy
        self.leftOut = leftOut
        self.facts = facts
        self.asksWhoCanSign = asksWhoCanSign
    }

    mutating func files() -> Known<[ChangedFile]> { look(facts.files, for: .files, "which files changed") }
    mutating func commits() -> Known<[Commit]> { look(facts.commitsOfHead, for: .commits, "which commits it has") }
    mutating func verifications() -> Known<[CommitVerification]> {
        look(facts.verificationsOfHead, for: .verifications, "how its commits are signed")
    }
    mutating func timeline() -> Known<[TimelineEntry]> {
        look(facts.timeline, for: .timeline, "what happened to the pull request")
    }
    mutating func statuses() -> Known<[CommitStatus]> {
        look(facts.statuses, for: .statuses, "which statuses the head has")
    }
    mutating func comments() -> Known<[Comment]> { look(facts.comments, for: .comments, "what the comments say") }
    mutating func reviews() -> Known<[Review]> { look(facts.reviews, for: .reviews, "which reviews there are") }

    mutating func directory(_ organization: String) -> Known<TeamDirectory> {
        if let lastDirectory, lastDirectory.organization == organization { return lastDirectory.teams }
        let teams = look(
            facts.directories[organization], for: .directory(organization), "which teams `\(organization)` has")
        lastDirectory = (organization, teams)
        return teams
    }

    mutating func members(of id: Int64, _ team: TeamReference) -> Known<TeamMembers> {
        look(
            facts.teamMembers[id], for: .teamMembers(id: id, reference: team),
            "who is in team `\(team.name)` of `\(team.organization)`")
    }

    mutating func user(_ login: String) -> Known<Account?> {
        look(facts.users[login.lowercased()], for: .user(login.lowercased()), "who `\(login)` is")
    }

    mutating func organizationMembers() -> Known<[Account]> {
        let owner = facts.repository.name.owner
        if facts.repository.ownerIsOrganization == .known(false) { return .unknown(.noOrganization(owner)) }
        return look(facts.organizationMembers, for: .organizationMembers, "who is in `\(owner)`")
    }

    mutating func effectiveChange(_ commit: CommitID, against branch: String) -> Known<EffectiveChange?> {
        let key = EffectiveChange.Key(commit: commit, baseBranch: branch)
        return look(
            facts.effectiveChanges[key], for: .effectiveChange(key),
            "what `\(commit.short)` changes against `\(branch)`")
    }

    mutating func isProtected(_ branch: String) -> Known<Bool> {
        if branch.isExactly(facts.repository.defaultBranch) { return .known(true) }
        let name = ExactText(branch)
        return look(
            facts.protectedBranches[name], for: .protection(branch: name), "whether `\(branch)` is protected")
    }

    mutating func look<Value>(
        _ fact: Known<Value>?, for need: @autoclosure () -> Need, _ subject: @autoclosure () -> String
    ) -> Known<Value> {
        if let fact { return fact }
        let need = need()
        needs.insert(need)
        let (reason, cure) = leftOut?(need) ?? ("it was not read yet", "run the check again")
        return .unknown(Unknown(cause: .notRead, subject: subject(), reason: reason, cure: cure))
    }
}
