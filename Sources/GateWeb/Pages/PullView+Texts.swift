import GatePolicy

extension PullView {
    var verdict: Verdict? {
        if case .verdict(let verdict) = finding { verdict } else { nil }
    }

    var outcome: Outcome? {
        switch finding {
        case .verdict(let verdict): verdict.summary.outcome
        case .broken, .undecided: .undecided
        case .unmanaged, .unread: nil
        }
    }

    /// The line of the summary's status.
    var statusLine: String {
        // Where the gates pass and the forge shows something else, that is what must be explained.
        if let summary, !summary.state.passes, outcome?.status == .success, !isDraft {
            return summary.description.oneLine
        }
        // What was posted while the store failed is not remembered.
        if isStalled, state == .open, outcome?.status == .success {
            return "it passed at the last look; while the store fails nothing is looked at, and nothing stays green"
        }
        return switch finding {
        case .verdict(let verdict): verdict.statusDescription.description
        case .broken(let diagnostics): diagnostics.first.map { "the policy is not valid: \($0.message.oneLine)" } ?? ""
        case .undecided(let unknowns): unknowns.first?.phrase.oneLine ?? ""
        case .unmanaged, .unread: ""
        }
    }

    /// The same without a cut: a page has room.
    var sentence: String {
        guard let verdict, statusLine == verdict.statusDescription.description else { return statusLine }
        return verdict.statusDescription.sentence
    }

    /// Mistakes in the policy.
    var diagnostics: [Diagnostic] {
        switch finding {
        case .broken(let diagnostics): diagnostics
        case .verdict(let verdict): verdict.mistakes
        default: []
        }
    }

    /// What is not known about the pull request as a whole.
    var doubts: [PullPage.Doubt] {
        switch finding {
        case .undecided(let unknowns): unknowns.map(PullPage.Doubt.init)
        case .verdict(let verdict): verdict.summary.unknowns.map(PullPage.Doubt.init)
        default: []
        }
    }
}

extension PullPage.Doubt {
    init(_ unknown: Unknown) {
        doubtSubject = Prose(unknown.subject)
        doubtReason = Prose(unknown.reason)
        doubtCure = Prose(unknown.cure)
    }
}

extension Verdict {
    /// What keeps the pull request from passing, gate by gate.
    func missing(_ rules: RuleLinks) -> [PullPage.Missing] {
        gates.filter { $0.isEnforced && $0.postedState != .success }.map { gate in
            var needs = gate.steps.map { $0.wording(names: mayNamePeople) }
            if needs.isEmpty { needs = [gate.phrase(names: mayNamePeople)] }
            if gate.outcome == .undecided {
                needs = gate.unknowns.map { "\($0.phrase); \($0.cure)" }
            }
            return PullPage.Missing(
                subject: gate.name, subjectAnchors: [gate.anchor], needs: needs.map(Prose.init),
                alternatives: gate.alternative.map { [Prose($0)] } ?? [],
                rules: rules.rule(gate.span, gate.requirement?.expression))
        }
    }
}

extension GateVerdict {
    /// The gate's name as an element's id.
    var anchor: String { "gate-\(name)" }
}
