import GateForge
import GatePolicy
import GateService

/// What a check prints and ends with.
struct CheckReport {
    let report: CheckRun.Report
    let requiresPolicy: Bool

    init(_ report: CheckRun.Report, requiresPolicy: Bool) {
        self.report = report
        self.requiresPolicy = requiresPolicy
    }

    func print(_ format: Check.Format, _ context: CommandContext) throws {
        for warning in report.decision.warnings { context.talk(warning.rendered) }
        switch format {
        case .text: context.output(text)
        case .json: context.output(try json() + "\n")
        case .annotations:
            context.output(text)
            context.output(annotations)
        }
    }

    /// The exit status: a status that could not be posted is never a pass.
    var status: ExitStatus {
        let failed = (report.posted ?? []).contains { posted in
            switch posted.result {
            case .failed, .heldBack, .overtaken: true
            case .posted, .unchanged: false
            }
        }
        switch report.decision.result {
        case .unmanaged: return requiresPolicy ? .invalidPolicy : failed ? .undecided : .passed
        case .broken: return .invalidPolicy
        case .undecided: return .undecided
        case .verdict(let verdict):
            if failed { return .undecided }
            // What the head shows may be worse than the verdict: a sibling may hold it, or it is a draft.
            let shown = report.statuses.first { $0.context == verdict.summary.context }?.state ?? .error
            switch (verdict.summary.outcome, shown) {
            case (.undecided, _), (_, .error): return .undecided
            case (.rejected, _), (.waiting, _), (_, .failure), (_, .pending): return .held
            case (_, .success), (_, .warning): return .passed
            }
        }
    }

    var text: String {
        var lines: [String] = []
        switch report.decision.result {
        case .verdict(let verdict): lines.append(verdict.text)
        case .unmanaged:
            lines.append(
                "\(report.decision.subject): no policy\n    there is no policy file on the base branch"
                    + ", and none for the whole organisation: nothing is posted\n")
        case .broken(let diagnostics):
            lines.append("\(report.decision.subject): the policy is not valid\n")
            lines += diagnostics.map { $0.rendered + "\n" }
        case .undecided(let unknowns):
            lines.append("\(report.decision.subject): undecided\n")
            for unknown in unknowns {
                lines.append("    not known: \(unknown.subject): \(unknown.reason)\n    cure: \(unknown.cure)\n")
            }
        }
        for sibling in report.siblings {
            lines.append("    same commit: \(sibling.subject) is \(sibling.outcome?.rawValue ?? "without a policy")\n")
        }
        if let snapshot = report.decision.snapshot, !snapshot.pullRequest.isOpen {
            lines.append("    the pull request is not open: nothing is posted\n")
        }
        lines += postedLines
        return lines.joined()
    }

    private var postedLines: [String] {
        guard let posted = report.posted else { return [] }
        return ["\n"]
            + posted.map { item in
                switch item.result {
                case .posted: "posted     \(item.status.state.rawValue) \(item.status.context)\n"
                case .unchanged: "unchanged  \(item.status.state.rawValue) \(item.status.context)\n"
                case .heldBack:
                    "held back  \(item.status.state.rawValue) \(item.status.context): an earlier one failed\n"
                case .overtaken:
                    "held back  \(item.status.state.rawValue) \(item.status.context): another check posted meanwhile, "
                        + "and may know more: run it again\n"
                case .failed(let error):
                    "NOT POSTED \(item.status.state.rawValue) \(item.status.context): \(error)\n           cure: \(error.cure)\n"
                }
            }
    }
}
