import GatePolicy
import GateStore

extension PageSource {
    /// Pages of what the service remembers.
    public init(_ store: Store) {
        self.init(
            identities: { name in try await store.identities(named: name) },
            pull: { repository, number in try await store.view(repository, number) },
            repository: { name, limit in try await store.view(name, limit: limit) },
            overview: { limit in try await store.overview(pulls: limit) })
    }
}

extension Store {
    fileprivate func view(_ repository: Int64, _ number: Int64) async throws -> PullView? {
        guard let repository = try await self.repository(repository),
            let pull = try await pull(repository.id, number)
        else { return nil }
        let summary = Policy.summaryContext(base: pull.base)
        let posted =
            pull.state == .open
            ? try await publications(repository.id, head: pull.head).first { $0.context.isExactly(summary) } : nil
        var view = shown(PullView(pull, in: repository, posted: posted))
        // One that was merged before it was decided on has its title there.
        if view.title.isEmpty { view.title = try await merge(repository.id, number)?.title ?? "" }
        view.history = try await history(repository.id, number, limit: WebLimits.historyEntries).map(PastVerdict.init)
        let failing = try await failing(repository.name, .pull(number))?.problem
        view.problem = problem?.description ?? failing ?? repository.problem
        view.notes += try await foreignStatuses(repository.id, head: pull.head).notes(limit: 5)
        if let bypass = try await self.bypass(repository.id, number) {
            view.wentAround = true
            view.notes.append(bypass.note)
        }
        return view
    }

    fileprivate func view(_ name: RepositoryName, limit: Int) async throws -> RepositoryView? {
        guard let repository = try await repository(named: name) else { return nil }
        let pulls = try await pulls(of: repository.id, limit: limit)
        let bypasses = try await bypasses(of: repository.id, limit: 5).map(\.note)
        let posted = try await summaries(of: repository.id)
        return RepositoryView(
            repository: repository.name,
            pulls: pulls.map { shown(PullView($0, in: repository, posted: posted[$0.number])) },
            open: max(repository.openPulls, pulls.count), notes: repository.notes + bypasses)
    }

    /// A pull request as it is shown while the store can be written, or cannot.
    private func shown(_ view: PullView) -> PullView {
        var view = view
        view.isStalled = problem != nil
        return view
    }

    fileprivate func overview(pulls limit: Int) async throws -> Overview {
        let repositories = try await repositories()
        let names = Dictionary(repositories.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        let counts = try await passing()
        let isStalled = problem != nil
        let waiting = try await waiting(limit: limit)
        var posted: [Int64: [Int64: Publication]] = [:]
        for repository in Set(waiting.map(\.repository)) {
            posted[repository] = try await summaries(of: repository)
        }
        let failing = try await failing(attempts: FailingSubject.poisonedAttempts, limit: 10).map(\.note)
        let bypasses = try await bypasses(limit: 5).map(\.note)
        return Overview(
            repositories: repositories.filter { $0.openPulls > 0 || $0.problem != nil }.prefix(limit).map {
                .init(repository: $0.name, open: $0.openPulls, note: $0.notes.first)
            },
            waiting: waiting.compactMap { pull in
                names[pull.repository].map {
                    shown(PullView(pull, in: $0, posted: posted[pull.repository]?[pull.number]))
                }
            }, passing: isStalled ? 0 : counts.passing,
            notPassing: counts.others + (isStalled ? counts.passing : 0),
            lookedAtSince: try await oldestCheck()?.at.timestamp, freshness: try await freshnessPromise()?.text,
            notes: [problem.map { "\($0); nothing is looked at, and nothing stays green" }].compactMap { $0 } + failing
                + bypasses)
    }
}
