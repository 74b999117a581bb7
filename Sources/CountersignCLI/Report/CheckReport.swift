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
                "\(report.decision.subject): no policy\n    there is no `.countersign.yml` in the repository, "
                    + "and no policy for the whole organisation: nothing is posted\n")
        case .broken(let diagnostics):
            lines.append("\(report.decision.subject): the policy is not valid\n")
            lines += diagnostics.map { $0.rendered + "\n" }
        case .undecided(let unknowns):
            lines.append("\(report.decision.subject): undecided\n")
            for unknown in unknowns {
                lines.append("    not known: \(unknown.subject): \(unknown.reason)\n    cure: \(unknown.cure)\n")
            }
        }
        if report.decision.drafts > 0 { lines.append("\n\(drafts)\n") }
        if !report.siblings.isEmpty { lines.append("\n") }
        lines += siblingLines.map { $0 + "\n" }
        if let note { lines.append("\n\(note)\n") }
        lines += postedLines
        return lines.joined()
    }

    private var drafts: String {
        let count = report.decision.drafts
        return
            (count == 1
            ? "1 review was begun and not submitted: only its author sees it"
            : "\(count) reviews were begun and not submitted: only their authors see them")
            + "; by API, the event must be `APPROVED` (`APPROVE` files a draft)"
    }

    /// What each other pull request of the same commit has to do with this one.
    var siblingLines: [String] { report.siblings.map(line) }

    private func line(on sibling: Decision) -> String {
        let outcome = sibling.outcome?.rawValue ?? "without a policy"
        guard sibling.subject.number == report.holder else {
            return "\(sibling.subject) has the same commit, is \(outcome), and does not hold this one"
        }
        let shown = report.statuses.last?.state
        return shown == .success
            ? "the commit shows what \(sibling.subject), which has it too, came to: \(outcome)"
            : "held by \(sibling.subject), which has the same commit: \(outcome)"
    }

    /// What there is to know about the pull request besides the verdict on it.
    var note: String? {
        guard let snapshot = report.decision.snapshot else { return nil }
        if !snapshot.pullRequest.isOpen { return "the pull request is not open: nothing is posted" }
        if snapshot.isArchived { return "the repository is archived: nothing is posted" }
        if snapshot.pullRequest.isDraft { return Self.draft }
        return nil
    }

    static let draft = "the pull request is a draft: it is pending until it is ready"

    private var postedLines: [String] {
        guard let posted = report.posted else {
            guard let snapshot = report.decision.snapshot, snapshot.pullRequest.isOpen, !snapshot.isArchived,
                !report.statuses.isEmpty
            else { return [] }
            return ["\nnothing is posted, as asked; it would be:\n"]
                + report.statuses.map { "           \($0.state.rawValue) \($0.context)\n" } + withheldLines
        }
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
            } + withheldLines
    }

    /// Why a gate's context is missing among what is posted.
    private var withheldLines: [String] {
        report.withheld.map { withheld in
            let branches = withheld.branches.map { "`\($0)`" }.joined(separator: ", ")
            return "not posted \(withheld.context): `contexts.allow` names it for \(branches) alone".oneLine + "\n"
        }
    }
}
