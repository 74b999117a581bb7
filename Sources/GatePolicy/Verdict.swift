/// What a policy says of one pull request, for exactly one head, one base and one text of the policy.
public struct Verdict: Hashable, Sendable, Codable {
    /// The repository.
    public var repository: RepositoryName
    /// The pull request.
    public var number: Int64
    /// The pull request's title.
    public var title: String
    /// Who opened it.
    public var author: Account?
    /// The head it was computed for.
    public var head: CommitID
    /// The base branch it was computed for.
    public var baseBranch: String
    /// The SHA-256 of the policy's text.
    public var policyDigest: String
    /// The gates, in the policy's order.
    public var gates: [GateVerdict]
    /// All of them together.
    public var summary: SummaryVerdict
    /// Names in the policy that name nothing: those that never did make it invalid here, the others are gone.
    public var problems: [Diagnostic]
    /// Every command in the comments and what became of it, where the policy lets comments matter.
    public var commands: [CommandFate]
    /// Commands in the texts of reviews, which nobody carries out; nil for none.
    public var unheard: [CommandFate]?
    /// Of a repair: why the base's own policy could not be used, so that the built-in gate decided.
    public var repairs: [Diagnostic]?
    /// When time alone can change it.
    public var validUntil: Timestamp?
    /// What might be otherwise for somebody with a memory; nil where nothing might.
    public var unremembered: [Unremembered]?
    /// Whether texts may name people who have not acted on the pull request.
    public var mayNamePeople: Bool
}

extension Verdict {
    /// Why the policy is invalid here; empty where it is not.
    public var mistakes: [Diagnostic] { problems.filter { $0.severity == .error } }
    /// Names of the policy that are gone: nobody where more people could only help, else unknown.
    public var goneNames: [Diagnostic] { problems.filter { $0.severity == .warning } }
}

/// What a policy says of one gate.
public struct GateVerdict: Hashable, Sendable, Codable {
    /// The gate's name.
    public var name: String
    /// Where the policy defines it.
    public var span: SourceSpan?
    /// What it is for, in the policy's words.
    public var summary: String?
    /// The context its own status is posted in; nil for none.
    public var context: String?
    /// What it came to.
    public var outcome: Outcome
    /// Whether it holds the summary back.
    public var isEnforced: Bool
    /// The day from which it holds the summary back, where it does not yet.
    public var enforcedFrom: CalendarDay?
    /// Why it applies, or why not.
    public var when: Explanation?
    /// Why it is only shown, or why it blocks all the same.
    public var advisory: Explanation?
    /// What it asks for and what was found.
    public var requirement: Explanation?
    /// Whether different people fill its places, where the policy asks for that.
    public var distinct: Explanation?
    /// Every review and its fate.
    public var reviews: [ReviewFate]
    /// Every comment that approves and its fate.
    public var comments: [CommentFate] = []
    /// How people approve, where that is not by any review alone.
    public var methods: String?
    /// The waiver that stands.
    public var waiver: Waiver?
    /// Every waiver and its fate.
    public var waivers: [WaiverFate]
    /// Who may waive it, as the policy writes it; nil for nobody.
    public var waivableBy: String?
    /// Who else must waive it, where some waivers count and do not suffice; nil where all of `waivableBy` is asked.
    public var waiverSteps: [Step]?
    /// The items of its checklist.
    public var items: [ItemVerdict] = []
    /// What could not be known; shown even where it does not matter.
    public var unknowns: [Unknown]
    /// The shortest way to green.
    public var steps: [Step]
    /// Of the gate that guards the policy: what the pull request does to it.
    public var change: PolicyChange?

    /// The state its own status is posted with: advisory gates are shown, and do not block.
    public var postedState: StatusState { isEnforced ? outcome.status : .success }
}

/// What all gates together come to: the one status that branch protection requires.
public struct SummaryVerdict: Hashable, Sendable, Codable {
    /// The context it is posted in.
    public var context: String
    /// The worst of the gates that enforce.
    public var outcome: Outcome
    /// Accounts whose request for changes holds everything back.
    public var blockedBy: [Account]
    /// What could not be known about requests for changes.
    public var unknowns: [Unknown]
    /// How many gates enforce.
    public var enforcedGates: Int
}
