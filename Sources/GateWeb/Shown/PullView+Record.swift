import GatePolicy
import GateStore

extension PullView {
    /// - Parameter posted: what was posted last in the summary's context of its head; nil when that is not known.
    init(_ pull: PullRecord, in repository: RepositoryRecord, posted: Publication? = nil) {
        let decision = pull.decision
        let finding: Finding =
            switch decision?.result {
            case .verdict(let verdict): .verdict(verdict)
            case .broken(let diagnostics): .broken(diagnostics)
            case .undecided(let unknowns): .undecided(unknowns)
            case .unmanaged: .unmanaged
            case nil: .unread
            }
        let state: State =
            switch pull.state {
            case .open: .open
            case .closed: .closed
            case .merged: .merged
            }
        self.init(
            repositoryID: pull.repository, repository: repository.name, number: pull.number,
            title: decision?.pullRequest.title ?? "", author: decision?.pullRequest.author ?? pull.author,
            head: pull.head, base: pull.base, state: state, isDraft: decision?.pullRequest.isDraft ?? false,
            finding: finding, summary: decision.flatMap { Summary($0, posted) }, policy: PolicyOrigin(decision),
            holder: decision?.holder,
            decidedAt: pull.decidedAt?.timestamp, checkedAt: pull.checkedAt?.timestamp,
            notes: decision?.statuses.compactMap(\.note) ?? [])
        notes += verdict?.goneNames.map(\.message) ?? []
        if let decided = decision?.pullRequest {
            isOutdated = decided.head != pull.head || !decided.baseBranch.isExactly(pull.base)
        }
    }
}

extension PullView.Summary {
    /// What the decision made the commit show, unless something less favourable was posted since: nobody could look.
    fileprivate init?(_ decision: DecisionRecord, _ posted: Publication?) {
        guard let status = decision.summaryStatus else { return nil }
        self.init(state: status.state, description: status.description, stands: status.stands)
        if let posted, posted.head == decision.pullRequest.head, posted.context.isExactly(status.context),
            !posted.state.passes
        {
            self.init(state: posted.state, description: posted.description, stands: true)
        }
    }
}

extension PolicyOrigin {
    /// Where the policy was read, as far as the pull request tells: into the default branch, at that branch's commit.
    fileprivate init?(_ decision: DecisionRecord?) {
        guard let decision, case .verdict(let verdict) = decision.result,
            let file = verdict.gates.compactMap(\.span?.file).first(where: { !$0.contains(":") }),
            decision.pullRequest.baseBranch.isExactly(decision.repository.defaultBranch),
            let commit = decision.pullRequest.base
        else { return nil }
        self.init(repository: decision.repository.name, commit: commit, path: file, shown: file)
    }
}

extension PastVerdict {
    init(_ entry: HistoryEntry) {
        self.init(
            at: entry.at.timestamp, head: entry.head, outcome: entry.outcome, description: entry.summary,
            cause: entry.cause)
    }
}

extension PostedStatus {
    /// What a reader must know where the forge shows something else than the page; nil where it shows the same.
    var note: String? {
        switch result {
        case .posted, .unchanged: nil
        case .heldBack: "The status `\(context)` was held back, because one before it could not be posted."
        case .overtaken: "The status `\(context)` was not posted, because a newer one is less favourable."
        case .failed: "The status `\(context)` could not be posted; it is tried again."
        case .left: "The status `\(context)` is somebody else's, and no more favourable than ours: it was left."
        }
    }
}

extension [ForeignStatus] {
    /// What was posted by whom, each once, and how often where that is more than once.
    func notes(limit: Int) -> [String] {
        var counts: [String: Int] = [:]
        let posted = map { "\($0.creator?.login ?? "somebody") posted the status `\($0.context)` (\($0.shownState))" }
        for one in posted { counts[one, default: 0] += 1 }
        var seen: Set<String> = []
        return posted.filter { seen.insert($0).inserted }.prefix(limit).map { one in
            let times = counts[one].map { $0 > 1 ? ", \($0) times" : "" } ?? ""
            return "\(one)\(times), which is for Countersign to post."
        }
    }
}

extension ForeignStatus {
    fileprivate var shownState: String { state?.rawValue ?? "unknown" }
}

extension Bypass {
    var note: String {
        let what = number.map { "\(repository)#\($0)" } ?? "a push to \(repository)"
        let who = by.map { "\($0.login) merged `\(commit.short)` into `\(branch)`, " } ?? ""
        let missing = gates.isEmpty ? "" : "; without \(gates.map { "`\($0)`" }.joined(separator: ", "))"
        return "\(what) went around the gates: \(who)\(TimeText.exact(at.timestamp)): \(summary)\(missing)"
    }
}

extension FailingSubject {
    var note: String {
        let what: String =
            switch target {
            case .pull(let number): "\(repository)#\(number)"
            case .branch(let name): "\(repository), branch \(name)"
            default: "\(repository)"
            }
        return "\(what) has failed \(attempts) times in a row: \(problem)"
    }
}

extension RepositoryRecord.LeftAlone {
    fileprivate var wording: String {
        switch self {
        case .archived: "it is archived"
        case .mirror: "it is a mirror"
        case .deselected: "`repositories` of the settings does not have it"
        case .gone: "the forge does not show it under this name any more"
        }
    }

    fileprivate static let anyReason = "archived, a mirror, taken out of the settings, or not to be found"
}

extension RepositoryRecord {
    /// Why a repository is not gated, or not as it should be.
    var notes: [String] {
        var notes = problem.map { [$0] } ?? []
        if isSkipped { notes.append("left alone: \(leftAlone?.wording ?? RepositoryRecord.LeftAlone.anyReason)") }
        switch state {
        case .unmanaged: notes.append("no policy, so nothing is asked for")
        case .broken: notes.append("its policy is not valid")
        case .lost: notes.append("its policy is gone: `countersign forget` lets it be without one")
        case .unknown, .managed: break
        }
        return notes
    }
}
