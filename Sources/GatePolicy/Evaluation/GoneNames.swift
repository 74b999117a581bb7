/// The teams and accounts that a policy names and that are gone.
struct GoneNames {
    private let teams: Set<Plan.PlannedTeam>
    private let facts: Facts

    init(_ evaluation: inout Evaluation) {
        let plan = evaluation.policy.plan
        var teams: Set<Plan.PlannedTeam> = []
        for (number, named) in plan.teams.enumerated() where evaluation.teamID(ofPlanned: number) == .known(nil) {
            teams.insert(named.team)
        }
        (self.teams, facts) = (teams, evaluation.facts)
    }

    /// Whether enough people could be known to be in a count's set, as far as names that are gone decide it.
    func canFill(_ quota: PlannedRequirement.Quota) -> Bool {
        guard let count = quota.count else { return leaves(of: quota.people).isEmpty }
        return canPlace(in: quota.people, isInside: true)
            && quota.people.atMost(without: isGone).map { $0 >= count } ?? true
    }

    /// The names in a set that are gone.
    func leaves(of people: People) -> [People] {
        var found: [People] = []
        people.eachLeaf { if isGone($0) { found.append($0) } }
        return found
    }

    /// Whether somebody could be known to be in a set, or known to be outside: of one that is gone nobody is known to be
    /// either.
    private func canPlace(in people: People, isInside: Bool) -> Bool {
        switch people {
        case .group(_, let meaning): canPlace(in: meaning, isInside: isInside)
        case .union(let parts):
            isInside
                ? parts.contains { canPlace(in: $0, isInside: true) }
                : parts.allSatisfy { canPlace(in: $0, isInside: false) }
        case .intersection(let parts):
            isInside
                ? parts.allSatisfy { canPlace(in: $0, isInside: true) }
                : parts.contains { canPlace(in: $0, isInside: false) }
        case .difference(let left, let right):
            isInside
                ? canPlace(in: left, isInside: true) && canPlace(in: right, isInside: false)
                : canPlace(in: left, isInside: false) || canPlace(in: right, isInside: true)
        default: !isGone(people)
        }
    }

    private func isGone(_ leaf: People) -> Bool {
        if case .user(let login, _) = leaf { return facts.isGone(login: login) }
        return Plan.PlannedTeam.named(by: leaf).map { teams.contains($0.0) } ?? false
    }
}

extension Policy {
    /// Names that are gone and without which a gate that holds a change of the policy back can be neither met nor waived,
    /// whoever signs; empty where there are none, and while anything else holds it back.
    public func goneNames(holding verdict: Verdict, _ facts: Facts) -> [Diagnostic] {
        guard verdict.summary.outcome.status != .success, verdict.gates.contains(where: { $0.change != nil }) else {
            return []
        }
        var evaluation = Evaluation(policy: self, facts: facts, asksWhoCanSign: false)
        guard case .known(let reviews) = evaluation.reviewsInOrder() else { return [] }
        let gone = GoneNames(&evaluation)
        let meetable = Plan.meetable(plan.gatesByName, gone.canFill) { gate in
            // What is rejected whatever happens cannot be waived.
            gate.canEverBeMet && gate.waive?.canEverBeMet(gone.canFill) { _ in false } ?? false
        }
        func isBlocked(_ rule: Block) -> Bool { evaluation.blockers(rule, reviews).stands != .no }
        func unmeetable(_ held: GateVerdict) -> PlannedGate? {
            let planned = held.change == nil ? plan.gate(named: held.name) : plan.change
            guard let planned, planned.canEverBeMet, held.isEnforced, held.outcome.status != .success else {
                return nil
            }
            let canBeMet =
                held.change == nil
                ? meetable[held.name] ?? true : planned.require.canEverBeMet(gone.canFill) { _ in false }
            if canBeMet || isBlocked(planned.block) { return nil }
            // Whoever asked for changes is not gone around where that holds what this gate looks at, either.
            let applying = plan.reached(from: planned).compactMap(\.gate).filter {
                evaluation.judgement(named: $0.name)?.possible != .notNeeded
            }
            return applying.contains { isBlocked($0.block) } ? nil : planned
        }
        let stuck = verdict.gates.map(unmeetable)
        let others = zip(verdict.gates, stuck).filter { $1 == nil }.map(\.0)
        guard evaluation.summary(of: others).outcome.status == .success else { return [] }
        var found: [Diagnostic] = []
        for gate in stuck.compactMap(\.self).flatMap({ [$0] + plan.reached(from: $0) }) {
            gate.require.eachQuota { quota in
                found += gone.leaves(of: quota.people).compactMap { evaluation.diagnostic(ofGone: $0) }
            }
        }
        return Set(found).sorted {
            ($0.span.file, $0.span.line, $0.span.column) < ($1.span.file, $1.span.line, $1.span.column)
        }
    }
}

extension Plan {
    /// The gates and parts that a gate refers to, directly or through others, each once.
    fileprivate func reached(from gate: PlannedGate) -> [PlannedGate] {
        var names = gate.references
        var seen = Set(names)
        var next = 0
        while next < names.count {
            names += self.gate(named: names[next])?.references.filter { seen.insert($0).inserted } ?? []
            next += 1
        }
        return names.compactMap { self.gate(named: $0) }
    }
}

extension Evaluation {
    /// What is told of a name that is gone where the policy cannot be used for it.
    fileprivate mutating func diagnostic(ofGone leaf: People) -> Diagnostic? {
        var found: Diagnostic?
        if case .user(let login, let span) = leaf {
            found = .missingAccount(login, span)
        } else if let (team, span) = Plan.PlannedTeam.named(by: leaf) {
            found = problem(with: team.reference(in: facts.repository.name), at: span)
        }
        found?.severity = .error
        return found
    }
}
