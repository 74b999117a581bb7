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
            try store.requireSound()
            try await measure()
            if schedule.isDiscoveryDue(clock.now(), every: settings.periods.discovery) {
                let delay = budget.delay(clock.now())
                if delay > .zero { return min(delay, .seconds(1)) }
                try await discover()
            }
            let (repositories, leftAlone) = try await select()
            try await seek(leftAlone)
            let periods = try await pace(repositories, leftAlone: leftAlone.count).periods
            try await listWoken(repositories)
            for repository in repositories {
                guard schedule.isListDue(repository.id, clock.now(), every: periods.list) else { continue }
                let delay = budget.delay(clock.now())
                if delay > .zero { return min(delay, .seconds(1)) }
                try await relist(repository)
            }
            let due = try await store.dueForLook(
                clock.now(), green: periods.green, active: periods.active, all: periods.all)
            try await mark(due.map { Mark($0.0, .pull($0.1), urgency: .background, cause: MemoryUse.schedule) })
            if schedule.isExpiryDue(clock.now()) {
                try await store.expire(settings.retention, at: clock.now())
                schedule.expired(clock.now())
            }
            try await checkRecovery()
        } catch {
            // An end of the service is no failure.
            guard !Task.isCancelled else { return .seconds(1) }
            if schedule.repeats.isToTell("\(error)", at: clock.now()) {
                logger.error("cannot reconcile", metadata: ["problem": "\(error)"])
            }
            await stall()
        }
        return .seconds(1)
    }

    /// - Parameter delay: how long they wait at least.
    func mark(_ marks: [Mark], after delay: Duration = .zero) async throws(StoreError) {
        let now = clock.now()
        try await store.mark(marks, at: now, due: now + delay)
        GateInstruments.marked(marks.count)
        if !marks.isEmpty { bell.ring() }
    }

    /// How often everything is looked at, by what there is and what a look costs; found anew every few seconds.
    private func pace(_ repositories: [RepositoryRecord], leftAlone: Int) async throws(StoreError) -> Pace {
        let now = clock.now()
        if let pace = schedule.pace, !schedule.isPaceDue(now) { return pace }
        let pace = Pace(
            settings.periods, try await store.openCounts(now),
            lists: repositories.reduce(0) { $0 + max(1, ($1.openPulls + 49) / 50) }, leftAlone: leftAlone,
            lookCost: schedule.lookCost, perSecond: budget.perSecond)
        schedule.paced(pace, now)
        let kept = [("green", pace.periods.green), ("active", pace.periods.active), ("all", pace.periods.all)]
        for (name, period) in kept {
            GateInstruments.gauge(.reconcilePeriod, Double(period.wholeMilliseconds) / 1000, [("class", name)])
        }
        try await store.remember(
            promise: FreshnessPromise(
                green: pace.periods.green.components.seconds, active: pace.periods.active.components.seconds,
                all: pace.periods.all.components.seconds, people: settings.peopleSeconds))
        return pace
    }

    /// How often open pull requests are looked at again at present; what the settings ask for until that is known.
    public var pace: ReconcilePeriods { schedule.pace?.periods ?? settings.periods }

    /// Leaves alone what the settings do not have any more; `discover` and `seek` take up what they have again.
    /// - Returns: what is looked at; and what is left alone though the settings have it, and no list of its owner tells of.
    private func select() async throws(StoreError) -> (selected: [RepositoryRecord], leftAlone: [RepositoryRecord]) {
        var selected: [RepositoryRecord] = []
        var leftAlone: [RepositoryRecord] = []
        for one in try await store.repositories() {
            if settings.repositories.contains(one.name) {
                if !one.isSkipped {
                    selected.append(one)
                } else if !schedule.isListed(one.name.owner) {
                    leftAlone.append(one)
                }
            } else if !one.isSkipped {
                try await store.set(leftAlone: .deselected, one.id)
            }
        }
        return (selected, leftAlone)
    }

    /// Asks for one of the repositories that are left alone: it may be there again.
    private func seek(_ leftAlone: [RepositoryRecord]) async throws(StoreError) {
        let now = clock.now()
        guard budget.delay(now) == .zero,
            let id = schedule.nextToSeek(leftAlone.map(\.id), now, every: settings.periods.discovery),
            let one = leftAlone.first(where: { $0.id == id })
        else { return }
        let meter = CallMeter()
        _ = await meter.measure { await find(one) }
        budget.spend(meter.count, clock.now())
        // It takes a tenth of the calls, however much is left alone.
        schedule.rest(.seconds(Double(meter.count) * 10 / budget.perSecond), clock.now())
    }

    /// Finds the repositories of the settings' patterns.
    private func discover() async throws(StoreError) {
        let meter = CallMeter()
        let lists = await meter.measure {
            var lists: [(String, Known<RepositoryListing>)] = []
            for owner in Set(settings.repositories.owners).sorted() {
                lists.append((owner, await forge.organizationRepositories(owner)))
            }
            return lists
        }
        var isWhole = true
        var listedOwners: Set<String> = []
        for (owner, list) in lists {
            switch list {
            case .unknown(let unknown):
                isWhole = isWhole && !unknown.cause.isPassing
                logger.warning(
                    "cannot list repositories",
                    metadata: ["owner": "\(owner)", "problem": "\(unknown.reason)", "cure": "\(unknown.cure)"])
            case .known(let repositories):
                if repositories.incomplete == nil { listedOwners.insert(owner.lowercased()) }
                for one in repositories.listed where settings.repositories.contains(one.name) {
                    try await note(one)
                }
            }
        }
        for name in settings.repositories.named where try await store.repository(named: name) == nil {
            // Its list of open pull requests makes it known, and follows a rename.
            try await mark([Mark(name, .repository, urgency: .background, cause: "discovery")])
        }
        budget.spend(meter.count, clock.now())
        schedule.discovered(clock.now(), isWhole: isWhole, listedOwners)
    }

    func note(_ one: ListedRepository) async throws(StoreError) {
        let leftAlone: RepositoryRecord.LeftAlone? =
            if !settings.repositories.contains(one.name) {
                .deselected
            } else if one.isArchived {
                .archived
            } else {
                one.isMirror ? .mirror : nil
            }
        try await store.discover(
            one.id, one.name, isPrivate: one.isPrivate, defaultBranch: one.defaultBranch, leftAlone: leftAlone)
    }

    /// Lists the repositories again whose organisation's law may have changed, as far as the budget goes: those first
    /// that have something to lose.
    private func listWoken(_ repositories: [RepositoryRecord]) async throws(StoreError) {
        let woken = repositories.filter { schedule.isWoken($0.id) }
        guard !woken.isEmpty else { return }
        let green = try await store.repositoriesShownToPass()
        for repository in woken.filter({ green.contains($0.id) }) + woken.filter({ !green.contains($0.id) }) {
            guard budget.delay(clock.now()) == .zero else { return }
            try await relist(repository)
        }
    }

    /// Lists the open pull requests of a repository, and marks those that look different, or all after a start.
    private func relist(_ repository: RepositoryRecord) async throws(StoreError) {
        let meter = CallMeter()
        let isFirst = !schedule.wasListed(repository.id)
        let answer = await meter.measure { await openPulls(repository.name) }
        defer { budget.spend(meter.count, clock.now()) }
        let asked = clock.now()
        schedule.listed(repository.id, asked)
        func whereabouts() async -> Whereabouts { await meter.measure { await find(repository) } }
        switch answer {
        case .failure(let error):
            if case .notFound = error.kind {
                switch await whereabouts() {
                // It is there and has no pull requests: nothing failed.
                case .shown(let found) where !found.hasPullRequests:
                    return try await mark(
                        try await remember(repository.id, []).map {
                            Mark(repository.name, .pull($0), urgency: .background, cause: MemoryUse.schedule)
                        })
                case .hidden, .gone: return
                case .shown, .unknown: break
                }
            }
            try await store.set(listProblem: error.description, of: repository.id)
        case .success(let listed) where listed.contains(where: { $0.repository.id != repository.id }):
            _ = await whereabouts()
        case .success(let listed):
            schedule.heard(repository.id)
            let name = listed.first?.repository.name ?? repository.name
            schedule.pulls.keep(repository.id, name, listed, at: asked, seen: clock.uptime())
            var numbers = Set(try await remember(repository.id, listed))
            // An empty list does not say whose it is.
            if listed.isEmpty, !numbers.isEmpty, case .gone = await whereabouts() { return }
            if isFirst { numbers.formUnion(listed.map(\.pullRequest.number)) }
            var bases: [ExactText: [PullRequestSnapshot]] = [:]
            for one in listed { bases[ExactText(one.pullRequest.baseBranch), default: []].append(one) }
            let laws = try await store.appliedLaws(repository.id)
            for group in bases.values {
                numbers.formUnion(await meter.measure { await outdated(group, laws) })
                await meter.measure { await checkUnheardPush(repository.id, group[0], logger) }
            }
            await meter.measure {
                await withdrawStaleGreens(repository.id, name, most: Self.withdrawalsOfAList, logger)
            }
            try await mark(
                numbers, of: name, laws, urgency: .background, cause: isFirst ? MemoryUse.start : MemoryUse.schedule,
                at: clock.now())
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
