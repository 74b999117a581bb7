import GateForge
import GatePolicy

/// What gates wait for besides people can come.
enum ConditionsCanHold: Check {
    static let id = "policy.condition"
    static let area = Area.policies
    static let promise = "every status that a gate waits for has been posted, and every label is there"
    static let needs = Prerequisite.service

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        var found = NoDeadlock.Told()
        for repository in examination.repositories {
            for branch in [repository] + repository.others {
                guard let policy = branch.validPolicy else { continue }
                let sight = Sight(branch, repository, examination)
                for gate in policy.gates where !gate.mode(at: examination.now).isOff {
                    judge(gate, policy, sight, &outcome, &found)
                }
            }
        }
        outcome.findings = found.findings
        return outcome
    }

    private static func judge(
        _ gate: Gate, _ policy: Policy, _ sight: Sight, _ outcome: inout CheckOutcome,
        _ found: inout NoDeadlock.Told
    ) {
        let hanging = policy.awaited(by: gate) { $0.isOfPullRequest }
        guard !hanging.isEmpty else { return }
        let lacking = policy.awaited(by: gate) { sight.comes($0) ?? true }
        if !lacking.isEmpty {
            outcome.examined += 1
            return found.add(sight.finding(lacking, gate), gate, sight.branch)
        }
        let open = hanging.filter { sight.comes($0) == nil }
        for awaited in open { outcome.skip(sight.whyUnknown(awaited)) }
        if open.isEmpty { outcome.add(nil) }
    }
}

extension Awaited {
    /// Whether a pull request tells it, whatever others post or make.
    var isOfPullRequest: Bool { if case .other = self { true } else { false } }
}

/// What is seen of a branch's statuses, and of the labels there are.
private struct Sight {
    let branch: RepositoryEvidence
    /// The heads whose statuses were read.
    private let heads: [(pull: Int64, contexts: [String])]
    /// The labels of the repository and of its organisation; nil where they are not known.
    private let labels: [String]?
    private let failures: [ForgeError]
    private let labelFailure: ForgeError?
    private let examination: Examination

    init(_ branch: RepositoryEvidence, _ repository: RepositoryEvidence, _ examination: Examination) {
        self.branch = branch
        self.examination = examination
        let others = branch.openPulls.compactMap { pull in
            examination.heads[pull.reference].map {
                HeadEvidence(pull: pull.pullRequest.number, statuses: $0)
            }
        }
        var heads: [(pull: Int64, contexts: [String])] = []
        var failures: [ForgeError] = []
        for head in branch.readHeads + others {
            switch head.statuses {
            case .success(let rows): heads.append((head.pull, rows.map(\.context)))
            case .failure(let error): failures.append(error)
            }
        }
        (self.heads, self.failures) = (heads, failures)
        let above = examination.organization(repository.name.owner)?.labels
        switch (repository.labels, above) {
        case (.failure(let error)?, _), (_, .failure(let error)?): (labels, labelFailure) = (nil, error)
        case (.success(let own)?, _): (labels, labelFailure) = (own + ((try? above?.get()) ?? []), nil)
        case (nil, _): (labels, labelFailure) = (nil, nil)
        }
    }

    /// Whether something is seen to come; nil where that is not known.
    func comes(_ awaited: Awaited) -> Bool? {
        switch awaited {
        case .status(let name):
            if heads.contains(where: { $0.contexts.contains { $0.isExactly(name) } }) { return true }
            return heads.isEmpty || !failures.isEmpty ? nil : false
        case .label: return labels.map { $0.contains { awaited.isLabel($0) } }
        case .other: return true
        }
    }

    func whyUnknown(_ awaited: Awaited) -> String {
        switch awaited {
        case .status(let name):
            let reason = failures.first.map { ": \($0.reason)" } ?? ""
            return "\(branch.name): no pull request shows who posts `\(name)`\(reason)"
        case .label(let name):
            let reason = labelFailure.map { ": \($0.reason)" } ?? ""
            return "\(branch.name): whether there is a label `\(name)` is not known\(reason)"
        case .other(let text): return "\(branch.name): whether `\(text)` can hold is not known"
        }
    }

    func finding(_ lacking: [Awaited], _ gate: Gate) -> Finding {
        let statuses = lacking.compactMap { if case .status(let name) = $0 { name } else { nil } }
        let names = lacking.compactMap { if case .label(let name) = $0 { name } else { nil } }
        let name = branch.name.description
        let pulls = heads.map { "#\($0.pull)" }.joined(separator: ", ")
        var (asked, answers): ([String], [String]) = ([], [])
        if !statuses.isEmpty {
            asked.append("`GET …/commits/…/status` of \(pulls) with `forge.token`")
            answers.append("nobody has posted \(list(statuses)) on \(pulls)")
        }
        if !names.isEmpty {
            let owner = branch.name.owner
            let isAsked = examination.organization(owner)?.labels != nil
            asked.append("`GET /repos/\(name)/labels` with `forge.token`")
            if isAsked { asked.append("`GET /orgs/\(owner)/labels` with `\(examination.directoryReader)`") }
            answers.append("`\(name)`\(isAsked ? " and `\(owner)` have" : " has") no label \(list(names))")
        }
        let isProven = statuses.isEmpty || branch.settledHeads >= RequiredContextsArePosted.enoughHeads
        let unless = gate.waive == nil ? "" : ", unless somebody waives it"
        return Finding(
            .warning, NoDeadlock.subject(gate, branch), asked: asked, answer: answers.joined(separator: "; "),
            meaning: "the gate asks for that: a pull request that it does not come to waits for ever\(unless)"
                + (isProven ? "" : "; that was seen on too few to say that nobody ever posts it"),
            cure: cure(statuses, names, gate))
    }

    private func cure(_ statuses: [String], _ names: [String], _ gate: Gate) -> Cure {
        var steps = [
            Cure.Step.tell(
                "\(NoDeadlock.place(gate, branch, examination)): correct what the gate `\(gate.name)` waits for, if it is "
                    + "misspelt; else:")
        ]
        if !statuses.isEmpty {
            steps.append(
                .tell("let what should post \(list(statuses)) run on every pull request into `\(branch.base ?? "")`"))
        }
        for name in names {
            guard !name.contains("*") else {
                steps.append(.tell("make a label such as `\(name)` has in mind"))
                continue
            }
            let person = ForgeRequest.Person.administrator(of: branch.name.description)
            let body = JSONText.of(NewLabel(name: name))
            steps.append(.call(ForgeRequest("POST", "/repos/\(branch.name)/labels", body: body, by: person)))
        }
        return Cure(steps)
    }

    private func list(_ names: [String]) -> String { names.map { "`\($0)`" }.joined(separator: ", ") }
}
