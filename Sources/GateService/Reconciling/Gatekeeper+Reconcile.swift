import GateForge
import GatePolicy
import GateStore
import Logging

extension Gatekeeper {
    /// One step of looking again: finds repositories, lists their open pull requests, and marks what is due.
    ///
    /// Its calls, and those of what it marks, are paid from the budget; when that is used up, everything comes later by
    /// the same measure.
    /// - Returns: how long to wait for the next step.
    @discardableResult
    public func reconcile() async -> Duration {
        do {
            if schedule.isDiscoveryDue(clock.now(), every: settings.periods.discovery) { try await discover() }
            for repository in try await store.repositories() where !repository.isSkipped {
                guard settings.repositories.contains(repository.name) else { continue }
                guard schedule.isListDue(repository.id, clock.now(), every: settings.periods.list) else { continue }
                let delay = budget.delay(clock.now())
                if delay > .zero { return min(delay, .seconds(1)) }
                try await relist(repository)
            }
            let due = try await store.dueForLook(
                clock.now(), green: settings.periods.green, active: settings.periods.active, all: settings.periods.all)
            try await mark(due.map { Mark($0.0, .pull($0.1), urgency: .background, cause: "reconcile") })
            if schedule.isExpiryDue(clock.now()) {
                try await store.expire(settings.retention, at: clock.now())
                schedule.expired(clock.now())
            }
            try await measure()
        } catch {
            // An end of the service is no failure.
            guard !Task.isCancelled else { return .seconds(1) }
            logger.error("cannot reconcile", metadata: ["problem": "\(error)"])
        }
        return .seconds(1)
    }

    /// Makes everything due: after a start, a change of the settings, or at the operator's wish.
    public func reconcileAll() { schedule.clear() }

    func mark(_ marks: [Mark]) async throws(StoreError) {
        try await store.mark(marks, at: clock.now())
        GateInstruments.marked(marks.count)
        if !marks.isEmpty { bell.ring() }
    }

    /// Finds the repositories of the settings' patterns.
    private func discover() async throws(StoreError) {
        let meter = CallMeter()
        let lists = await meter.measure {
            var lists: [(String, Known<[ListedRepository]>)] = []
            for owner in Set(settings.repositories.owners).sorted() {
                lists.append((owner, await forge.organizationRepositories(owner)))
            }
            return lists
        }
        var isWhole = true
        for (owner, list) in lists {
            switch list {
            case .unknown(let unknown):
                isWhole = isWhole && !unknown.cause.isPassing
                logger.warning(
                    "cannot list repositories",
                    metadata: ["owner": "\(owner)", "problem": "\(unknown.reason)", "cure": "\(unknown.cure)"])
            case .known(let repositories):
                for one in repositories where settings.repositories.contains(one.name) {
                    try await store.discover(
                        one.id, one.name, isPrivate: one.isPrivate, defaultBranch: one.defaultBranch,
                        isSkipped: one.isArchived || one.isMirror)
                }
            }
        }
        for name in settings.repositories.named where try await store.repository(named: name) == nil {
            // Its list of open pull requests makes it known, and follows a rename.
            try await mark([Mark(name, .repository, urgency: .background, cause: "discovery")])
        }
        budget.spend(meter.count, clock.now())
        if isWhole { schedule.discovered(clock.now()) }
    }

    /// Lists the open pull requests of a repository, and marks those that look different, or all after a start.
    private func relist(_ repository: RepositoryRecord) async throws(StoreError) {
        let meter = CallMeter()
        let isFirst = !schedule.wasListed(repository.id)
        let answer = await meter.measure { await openPulls(repository.name) }
        defer { budget.spend(meter.count, clock.now()) }
        schedule.listed(repository.id, clock.now())
        switch answer {
        case .failure(let error):
            try await store.set(problem: error.description, of: repository.id)
        case .success(let listed):
            var numbers = Set(try await remember(repository.id, listed))
            if isFirst { numbers.formUnion(listed.map(\.pullRequest.number)) }
            var bases: [ExactText: [PullRequestSnapshot]] = [:]
            for one in listed { bases[ExactText(one.pullRequest.baseBranch), default: []].append(one) }
            for group in bases.values {
                numbers.formUnion(await meter.measure { await outdated(group) })
            }
            let name = listed.first?.repository.name ?? repository.name
            try await mark(
                numbers.sorted().map {
                    Mark(name, .pull($0), urgency: .background, cause: isFirst ? "start" : "reconcile")
                })
        }
    }

    private func measure() async throws(StoreError) {
        let now = clock.now()
        let backlog = try await store.backlog(now)
        GateInstruments.gauge(.dirty, Double(backlog.events))
        GateInstruments.gauge(.dirtyBackground, Double(backlog.background))
        GateInstruments.gauge(.poisoned, Double(backlog.poisoned))
        let age = backlog.oldestEvent.map { now.since($0).wholeMilliseconds } ?? 0
        GateInstruments.gauge(.dirtyAge, Double(max(age, 0)) / 1000)
        let oldest = try await store.oldestCheck()
        GateInstruments.gauge(.openPulls, Double(oldest?.of ?? 0))
        let staleness = oldest.map { now.since($0.at).wholeMilliseconds } ?? 0
        GateInstruments.gauge(.reconcileAge, Double(max(staleness, 0)) / 1000)
    }

    /// How fresh everything is at present: how long ago the least fresh open pull request was confirmed.
    public func freshness() async throws(StoreError) -> (age: Duration, openPulls: Int) {
        let oldest = try await store.oldestCheck()
        return (oldest.map { max(clock.now().since($0.at), .zero) } ?? .zero, oldest?.of ?? 0)
    }
}
