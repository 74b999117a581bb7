import GateDoctor
import GatePolicy
import GateService
import GateStore
import GateWeb

extension ServiceEvidence {
    /// What a service says of itself.
    init(_ gate: Gatekeeper, _ readiness: Readiness, _ deliveries: DeliveryBook.Page) async throws {
        let now = gate.now()
        let limit = Self.maximumEntries
        self.init(now: now.timestamp, since: deliveries.since)
        self.deliveries = Deliveries(deliveries)
        obstacles = await readiness.problems().map { Obstacle(name: $0.name, problem: $0.problem) }
        lagSeconds = try await gate.freshness().age.components.seconds
        periodSeconds = gate.pace.all.components.seconds
        wantedSeconds = gate.settings.periods.all.components.seconds
        let oldest = try await gate.store.oldestUntried(now)
        oldestEventSeconds = oldest.map { max(now.since($0), .zero).components.seconds } ?? 0
        knownTeams = try await gate.store.knownTeams()
        pendingSeconds = gate.settings.longPending.components.seconds
        poisoned = try await gate.store.failing(attempts: FailingSubject.poisonedAttempts, limit: limit)
            .map { Failing(subject: $0.place, attempts: $0.attempts, problem: $0.problem) }
        let repositories = try await gate.store.repositories()
        managed = repositories.filter { $0.isGated && gate.settings.repositories.contains($0.name) }
            .map(\.name.description)
        let names = Dictionary(repositories.map { ($0.id, $0.name) }, uniquingKeysWith: { $1 })
        func subject(_ repository: Int64, _ number: Int64) -> String {
            names[repository].map { "\($0)#\(number)" } ?? "#\(number)"
        }
        undecided = try await gate.store.waiting(limit: limit, undecidedOnly: true)
            .map { Undecided(subject: subject($0.repository, $0.number), $0) }
        foreign = try await gate.store.standingForeignStatuses(limit: limit).map { one in
            Foreign(
                subject: subject(one.repository, one.status.number), context: one.status.context,
                creator: one.status.creator.map { "`\($0.login)`" } ?? "the forge's Actions")
        }
        pending = try await gate.store.waitingSince(now - gate.settings.longPending, limit: limit).map { record in
            Pending(
                subject: subject(record.repository, record.number), context: Policy.summaryContext(base: record.base),
                since: (record.decidedAt ?? now).timestamp)
        }
    }
}

extension ServiceEvidence.Deliveries {
    fileprivate init(_ page: DeliveryBook.Page) {
        self.init(
            since: page.since, last: page.arrivals.mapValues(\.last),
            tests: page.arrivals.mapValues(\.tests).filter { $0.value > 0 },
            forged: Refused(count: page.forged.count, last: page.forged.last),
            unsigned: Refused(count: page.unsigned.count, last: page.unsigned.last))
    }
}

extension ServiceEvidence.Undecided {
    fileprivate init(subject: String, _ record: PullRecord) {
        switch record.decision?.result {
        case .undecided(let unknowns):
            self.init(
                subject: subject, cause: unknowns.first?.cause.rawValue ?? "unknown",
                reason: unknowns.first?.reason ?? "")
        case .broken: self.init(subject: subject, cause: "policy", reason: record.decision?.summary ?? "")
        case .verdict(let verdict):
            let unknown = verdict.summary.unknowns.first
            self.init(
                subject: subject, cause: unknown?.cause.rawValue ?? "unknown",
                reason: unknown?.reason ?? record.decision?.summary ?? "")
        case .unmanaged, nil: self.init(subject: subject, cause: "unknown", reason: record.decision?.summary ?? "")
        }
    }
}

extension FailingSubject {
    /// `owner/repo#12`, `owner/repo@branch` or `owner/repo`.
    var place: String {
        switch target {
        case .pull(let number): "\(repository)#\(number)"
        case .branch(let name): "\(repository)@\(name)"
        case .repository: "\(repository)"
        }
    }
}
