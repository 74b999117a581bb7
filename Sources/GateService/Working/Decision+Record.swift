import GateForge
import GatePolicy
import GateStore

extension Decision {
    /// Whether it is about the commit and the base that were looked at: a pull request that moves while it is decided is
    /// read again, and what is said of its new head must not be posted on the one of the look.
    func isOf(_ look: Look) -> Bool {
        snapshot.map { $0.repository == look.snapshot.repository && $0.shows(sameAs: look.snapshot) } ?? false
    }

    /// As it is remembered.
    func record(_ look: Look, _ head: WeighedHead?, _ published: [Publisher.Posted]) -> DecisionRecord {
        let snapshot = self.snapshot ?? look.snapshot
        let result: DecisionRecord.Result =
            switch self.result {
            case .verdict(let verdict): .verdict(verdict)
            case .unmanaged: .unmanaged
            case .broken(let diagnostics): .broken(diagnostics)
            case .undecided(let unknowns): .undecided(unknowns)
            }
        let left = (head?.left ?? []).map {
            PostedStatus(context: $0.context, state: $0.state, description: $0.description, result: .left)
        }
        return DecisionRecord(
            repository: snapshot.repository, pullRequest: snapshot.pullRequest, result: result, warnings: warnings,
            drafts: drafts, statuses: published.map(\.record) + left, holder: head?.holder)
    }

    /// By what it was decided, as far as a push can change it.
    var law: AppliedLaw {
        AppliedLaw(policyMark: policyMark, branch: policyBranch, filesMark: basis?.facts.defaultBranchMark)
    }

    /// What is to be remembered after this look.
    func remembering(_ before: Remembered) async -> Remembered {
        guard let basis else { return before }
        let facts = basis.facts
        let (withdrawals, objections) = await Evaluating.apart {
            (basis.policy.withdrawals(facts), basis.policy.objections(facts))
        }
        return before.looking(
            at: facts.comments?.value, timeline: facts.timeline?.value, head: facts.pullRequest.head,
            withdrawals: withdrawals, objections: objections)
    }

    /// The newest comment that it looked at; nil when it looked at none.
    var commandsSeen: Int64? { basis?.facts.comments?.value?.map(\.id).max() }

    /// Whether there are commands in the comments that it looked at.
    var hasCommands: Bool {
        if case .verdict(let verdict) = result { !verdict.commands.isEmpty } else { false }
    }

    /// What could not be known.
    var unknowns: [Unknown] {
        switch result {
        case .verdict(let verdict): verdict.gates.flatMap(\.unknowns) + verdict.summary.unknowns
        case .undecided(let unknowns): unknowns
        case .unmanaged, .broken: []
        }
    }

    /// What keeps it undecided and may well be gone a little later.
    var passingObstacle: Unknown? {
        switch result {
        case .verdict(let verdict)
        where verdict.gates.contains { $0.outcome == .undecided }
            || verdict.summary.outcome == .undecided:
            unknowns.first { $0.cause.isPassing }
        case .undecided(let unknowns): unknowns.first { $0.cause.isPassing }
        default: nil
        }
    }
}

extension Publisher.Posted {
    fileprivate var record: PostedStatus {
        let result: PostedStatus.Result =
            switch self.result {
            case .posted: .posted
            case .unchanged: .unchanged
            case .heldBack: .heldBack
            case .overtaken: .overtaken
            case .failed: .failed
            }
        return PostedStatus(
            context: status.context, state: status.state, description: status.description, result: result)
    }
}
