import GatePolicy
import GateStore
import GateWeb

extension PageSource {
    /// What the store knows, for the pages.
    init(_ store: Store) {
        self.init(
            pull: { name, number in
                guard let repository = try await store.repository(named: name),
                    let record = try await store.pull(repository.id, number)
                else { return nil }
                var view = PullView(record, repository)
                view.history = try await store.history(repository.id, number).compactMap { entry in
                    entry.outcome.map {
                        PastVerdict(at: entry.at.timestamp, head: entry.head, outcome: $0, description: entry.summary)
                    }
                }
                view.forgeries = try await store.foreignStatuses(repository.id, head: record.head).map { status in
                    "`\(status.context)` as \(status.state?.rawValue ?? "an empty state") by "
                        + (status.creator.map { "@\($0.login)" } ?? "the forge's Actions")
                }
                let failing = try await store.failing().first {
                    $0.repository.description.lowercased() == repository.name.description.lowercased()
                        && $0.target == .pull(number)
                }
                view.problem = failing?.problem ?? repository.problem
                return view
            },
            repository: { name, limit in
                guard let repository = try await store.repository(named: name) else { return nil }
                return RepositoryView(
                    repository: repository.name,
                    pulls: try await store.pulls(of: repository.id, limit: limit).map { PullView($0, repository) },
                    open: repository.openPulls, note: repository.note)
            },
            overview: { limit in try await Self.overview(store, limit) })
    }

    private static func overview(_ store: Store, _ limit: Int) async throws -> Overview {
        let repositories = try await store.repositories()
        let names = Dictionary(repositories.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        let outcomes = try await store.outcomes()
        let passing = outcomes.filter { $0.key.status == .success }.values.reduce(0, +)
        let waiting = try await store.overview(limit: limit, waitingOnly: true)
        var notes = try await store.failing(attempts: FailingSubject.poisonedAttempts, limit: 20).map {
            "\($0.repository) keeps failing: \($0.problem)"
        }
        notes += repositories.compactMap { one in one.problem.map { "\(one.name): \($0)" } }.prefix(20)
        return Overview(
            repositories: repositories.filter { !$0.isSkipped }.map {
                Overview.RepositoryLine(repository: $0.name, open: $0.openPulls, note: $0.note)
            },
            waiting: waiting.compactMap { record in names[record.repository].map { PullView(record, $0) } },
            passing: passing, notPassing: outcomes.values.reduce(0, +) - passing, notes: notes)
    }
}

extension RepositoryRecord {
    /// Why it is not gated, where it is not.
    fileprivate var note: String? {
        if isSkipped { return "archived or a mirror: left alone" }
        switch state {
        case .managed: return problem
        case .unmanaged: return "has no policy"
        case .broken: return "its policy is not valid"
        case .lost: return "had a policy and has none now: put it back, or run `countersign forget \(name)`"
        case .unknown: return problem ?? "not looked at yet"
        }
    }
}

extension PullView {
    /// A pull request as the store knows it.
    init(_ record: PullRecord, _ repository: RepositoryRecord) {
        let decision = record.decision
        let finding: Finding =
            switch decision?.result {
            case .verdict(let verdict): .verdict(verdict)
            case .broken(let diagnostics): .broken(diagnostics)
            case .undecided(let unknowns): .undecided(unknowns)
            case .unmanaged: .unmanaged
            case nil: .unread
            }
        let state: State =
            switch record.state {
            case .open: .open
            case .closed: .closed
            case .merged: .merged
            }
        self.init(
            repositoryID: record.repository, repository: repository.name, number: record.number,
            title: decision?.pullRequest.title ?? "", author: record.author, head: record.head, base: record.base,
            state: state, isDraft: decision?.pullRequest.isDraft ?? false, finding: finding,
            drafts: decision?.drafts ?? 0, holder: decision?.holder, decidedAt: record.decidedAt?.timestamp,
            checkedAt: record.checkedAt?.timestamp)
    }
}
