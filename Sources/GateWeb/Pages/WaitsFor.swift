import GatePolicy

/// Whom or what a pull request waits for, as the overview's headings.
enum WaitsFor: Hashable, Comparable {
    /// Somebody of a set of people, as the policy writes it; team names are an organisation's own.
    case people(String, organization: String)
    /// Somebody who asked for changes.
    case account(String)
    /// Its author: a condition must come to hold, or another gate must pass.
    case author
    /// Somebody who has to let the service see something.
    case knowledge
    /// The service's own turn, or that of whoever runs it.
    case service
    /// Whoever keeps the policy.
    case policy

    /// One thing that a pull request waits for.
    struct Wait {
        var waitsFor: WaitsFor
        var gate: String
        var need: String
    }

    /// The heading.
    var text: String {
        switch self {
        case .people(let people, let organization): "\(people), of \(organization)"
        case .account(let login): "\(login), who asked for changes"
        case .author: "the author, or another gate"
        case .knowledge: "an administrator: something is not known"
        case .service: "Countersign, or whoever runs it"
        case .policy: "whoever keeps the policy"
        }
    }

    /// Everything a pull request waits for; what several gates want alike stands once.
    static func waits(of view: PullView) -> [Wait] {
        if view.isDraft { return [Wait(waitsFor: .author, gate: "", need: "to be a draft no longer")] }
        var joined: [Wait] = []
        for wait in found(in: view) {
            if let place = joined.firstIndex(where: { $0.waitsFor == wait.waitsFor && $0.need == wait.need }) {
                joined[place].gate += ", \(wait.gate)"
            } else {
                joined.append(wait)
            }
        }
        return joined
    }

    private static func found(in view: PullView) -> [Wait] {
        switch view.finding {
        case .unmanaged: return []
        case .unread: return [Wait(waitsFor: .service, gate: "", need: MergeAnswer.unread.word)]
        case .broken, .undecided:
            let kind: WaitsFor = if case .broken = view.finding { .policy } else { .knowledge }
            return [Wait(waitsFor: kind, gate: "", need: view.statusLine)]
        case .verdict(let verdict):
            let found = verdict.gates.filter { $0.isEnforced && $0.postedState != .success }
                .flatMap { waits(for: $0, of: verdict) }
            if !found.isEmpty || MergeAnswer(view) == .yes { return found }
            let isShown = view.summary?.state.passes == false || verdict.summary.outcome.status != .success
            let need = isShown ? view.statusLine : "its green to be shown on its head"
            return [Wait(waitsFor: withoutStep(view, verdict), gate: "", need: need)]
        }
    }

    /// Who has the turn where no gate says what to do.
    private static func withoutStep(_ view: PullView, _ verdict: Verdict) -> WaitsFor {
        if view.holder != nil { return .author }
        return switch verdict.summary.outcome {
        case .undecided: .knowledge
        // What it changes is refused as it is, such as a policy with mistakes.
        case .rejected, .waiting: .author
        case .approved, .waived, .notNeeded, .off: .service
        }
    }

    private static func waits(for gate: GateVerdict, of verdict: Verdict) -> [Wait] {
        if gate.outcome == .undecided {
            return [Wait(waitsFor: .knowledge, gate: gate.name, need: gate.phrase(names: verdict.mayNamePeople))]
        }
        return gate.steps.map { step in
            let waitsFor: WaitsFor =
                switch step {
                case .sign(_, let people, _), .acknowledge(_, _, let people, _):
                    .people(people, organization: verdict.repository.owner)
                case .withdraw(let account): .account(account.login)
                case .condition, .gate, .answer: .author
                case .never: .policy
                }
            return Wait(waitsFor: waitsFor, gate: gate.name, need: step.wording(names: verdict.mayNamePeople))
        }
    }
}
