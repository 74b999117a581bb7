import GateDoctor
import GateForge
import GatePolicy
import GateService
import GateStore

extension ServiceAssembly {
    /// Marks what an operator's order takes; the lanes decide it, never two at once for one pull request.
    func refire(_ argument: String) async throws -> ControlAnswer {
        guard let order = JSONText.read(RefireOrder.self, argument) else {
            return ControlAnswer(isDone: false, text: "expected what this version's `countersign refire` sends\n")
        }
        let gate = gates.current
        let decider = Decider(gate.forge, gate.settings.deciding, now: { gate.now().timestamp })
        let refiring = Refiring(
            gate.forge, CheckRun(gate.forge, decider, gate.settings.deciding),
            takesAll: order.takesAll, contexts: order.contexts, width: gate.settings.concurrency,
            link: { pull in
                gate.settings.targetURL(
                    pull.repository.id, Subject(repository: pull.repository.name, number: pull.pullRequest.number))
            })
        let gated = try await gate.store.repositories()
            .filter { $0.isGated && gate.settings.repositories.contains($0.name) }
        // Lists of the forge are read on the threads that all tasks share: these ones take deliveries.
        let choice = try await withTaskExecutorPreference(globalConcurrentExecutor) {
            try await refiring.choose(
                order.targets, gated: Dictionary(gated.map { ($0.id, $0.name) }, uniquingKeysWith: { $1 }))
        }
        let failing = try await gate.store.failing(limit: Int(Int32.max))
        var attempts: [Subject: Int] = [:]
        for one in failing { if let subject = one.subject { attempts[subject] = one.attempts } }
        let round = rounds.begin(
            RefireRound(chosen: choice.chosen, attempts: attempts, since: gate.now()))
        for one in choice.chosen { try await gate.refire(one.subject.repository, .pull(one.subject.number)) }
        let begun = RefireOrder.Begun(round: round, chosen: choice.chosen, unread: choice.unread)
        return ControlAnswer(isDone: true, text: try JSONText.pretty(begun))
    }

    /// What of a round has been decided, or has failed, since it was begun.
    func refired(_ argument: String) async throws -> ControlAnswer {
        guard let name = Int(argument), let round = rounds[name] else {
            return ControlAnswer(isDone: false, text: "that round is not known any more\n")
        }
        let gate = gates.current
        let store = gate.store
        let waiting = try await store.waitedFor(round.chosen.map { ($0.subject.repository, $0.subject.number) })
        var turned: [Refiring.Turned] = []
        for (one, wait) in zip(round.chosen, waiting) {
            if let wait {
                guard wait.attempts > round.attempts[one.subject, default: 0] else { continue }
                turned.append(
                    Refiring.Turned(
                        subject: one.subject, before: one.before, after: one.before, isDecided: false,
                        obstacle: wait.problem))
            } else {
                turned.append(try await outcome(one, since: round.since, gate))
            }
        }
        return ControlAnswer(isDone: true, text: try JSONText.pretty(turned))
    }

    private func outcome(_ one: Refiring.Chosen, since: Moment, _ gate: Gatekeeper) async throws -> Refiring.Turned {
        var turned = Refiring.Turned(subject: one.subject, before: one.before, after: nil, isDecided: false)
        let repository = try await gate.store.repository(named: one.subject.repository)
        let isGated = repository?.isSkipped == false && gate.settings.repositories.contains(one.subject.repository)
        var record: PullRecord?
        if let repository { record = try await gate.store.pull(repository.id, one.subject.number) }
        if isGated, let record, record.state != .open {
            turned.after = one.before
            turned.isDecided = true
            turned.obstacle = "it is closed"
            return turned
        }
        guard isGated, let record, let decision = record.decision, let checked = record.checkedAt, checked >= since
        else {
            turned.after = one.before
            turned.obstacle = "the service leaves it alone: is it among its `repositories`?"
            return turned
        }
        let summary = decision.summaryStatus
        let isShown = summary.map { $0.result == .posted || $0.result == .unchanged } ?? true
        turned.after = isShown ? summary?.state : one.before
        turned.isDecided = isShown && decision.outcome != .undecided
        if let summary, let obstacle = summary.result.obstacle {
            let cure =
                summary.result == .left ? "; `countersign forget \(one.subject)` lets it be posted over" : ""
            turned.obstacle = "not posted: \(summary.context): \(obstacle)\(cure)"
        }
        let blind = decision.statuses.first { $0.state == .error }
        if isShown, let blind, decision.outcome != .undecided {
            turned.isDecided = false
            turned.obstacle = "\(blind.context): \(blind.description)"
        }
        if isShown, decision.outcome == .undecided { turned.obstacle = summary?.description ?? decision.summary }
        return turned
    }
}

extension FailingSubject {
    fileprivate var subject: Subject? {
        if case .pull(let number) = target { Subject(repository: repository, number: number) } else { nil }
    }
}
