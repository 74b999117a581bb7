import GatePolicy

/// What was decided about a pull request, as it is remembered and shown.
public struct DecisionRecord: Hashable, Sendable, Codable {
    /// The ways a decision can end.
    public enum Result: Hashable, Sendable, Codable {
        /// The policy said this.
        case verdict(Verdict)
        /// There is no policy, and there never was one.
        case unmanaged
        /// The policy is not valid.
        case broken([Diagnostic])
        /// Something could not be known.
        case undecided([Unknown])
    }

    /// The repository.
    public var repository: Repository
    /// The pull request; its description is left out.
    public var pullRequest: PullRequest
    /// How it ended.
    public var result: Result
    /// Doubts about the policy.
    public var warnings: [Diagnostic]
    /// How many reviews were begun and not submitted, by whomever.
    public var drafts: Int
    /// What the commit was made to show, the summary last.
    public var statuses: [PostedStatus]
    /// The other pull request of the same head and base whose statuses are shown instead; nil for its own.
    public var holder: Int64?

    /// A record.
    public init(
        repository: Repository, pullRequest: PullRequest, result: Result, warnings: [Diagnostic] = [], drafts: Int = 0,
        statuses: [PostedStatus] = [], holder: Int64? = nil
    ) {
        self.repository = repository
        self.pullRequest = pullRequest
        self.pullRequest.body = ""
        self.result = result
        self.warnings = warnings
        self.drafts = drafts
        self.statuses = statuses
        self.holder = holder
    }

    /// In one word; nil for a repository without a policy.
    public var outcome: Outcome? {
        switch result {
        case .verdict(let verdict): verdict.summary.outcome
        case .unmanaged: nil
        case .broken, .undecided: .undecided
        }
    }

    /// What became of its summary's status.
    public var summaryStatus: PostedStatus? {
        let context = Policy.summaryContext(base: pullRequest.baseBranch)
        return statuses.last { $0.context.isExactly(context) }
    }

    /// In one line, as the status says it; empty for a repository without a policy.
    public var summary: String {
        switch result {
        case .verdict(let verdict): verdict.statusDescription.description
        case .unmanaged: ""
        case .broken(let diagnostics): "the policy is not valid" + (diagnostics.first.map { ": \($0.message)" } ?? "")
        case .undecided(let unknowns): unknowns.first.map { "cannot be decided: \($0.reason)" } ?? "cannot be decided"
        }
    }
}

/// A status and what became of it.
public struct PostedStatus: Hashable, Sendable, Codable {
    /// What became of it.
    public enum Result: String, Hashable, Sendable, Codable {
        /// It was posted now.
        case posted
        /// It stood already.
        case unchanged
        /// It waits for one that could not be posted.
        case heldBack
        /// Another check knew better.
        case overtaken
        /// The forge did not take it.
        case failed
        /// Somebody else's row stands in its place, and the limit on overwriting it is reached.
        case left

        /// Why the forge shows something else, for who asked to have it posted; nil where it shows this.
        public var obstacle: String? {
            switch self {
            case .posted, .unchanged: nil
            case .heldBack: "one that comes before it could not be posted"
            case .overtaken: "another check posted something less favourable meanwhile: run this again"
            case .failed: "the forge did not take it"
            case .left: "somebody else's stands there, no more favourable than ours, and was overwritten often enough"
            }
        }
    }

    /// The context.
    public var context: String
    /// The state.
    public var state: StatusState
    /// The description.
    public var description: String
    /// What became of it.
    public var result: Result
    /// Whether the forge shows it.
    public var stands: Bool { result == .posted || result == .unchanged }

    /// A status.
    public init(context: String, state: StatusState, description: String, result: Result) {
        self.context = context
        self.state = state
        self.description = description
        self.result = result
    }
}

extension DecisionRecord {
    /// Whether the commit was made to show that it may go in.
    var isShownToPass: Bool {
        guard let shown = summaryStatus, holder == nil, !pullRequest.isDraft else { return false }
        return outcome?.status == .success && shown.state.passes && shown.stands
    }
}
