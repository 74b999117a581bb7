import GRDB
import GatePolicy
import Synchronization

extension Store {
    /// Marks things dirty; returns when that is in the file, and throws when it is not.
    ///
    /// Marks of one thing collapse. An event during an evaluation makes exactly one more due.
    /// - Parameter due: when they are to be looked at; nil for at once.
    public func mark(_ marks: [Mark], at now: Moment, due: Moment? = nil) async throws(StoreError) {
        // A name that no repository can have would never find its way out again.
        let marks = marks.filter { RepositoryName($0.repository.description) != nil }
        if marks.isEmpty { return }
        try await write { database in
            for mark in marks { try StoredMark(mark: mark, at: now, due: due ?? now).write(database) }
        }
    }

    /// Takes the next thing that is due, repositories by turns; nil when nothing is.
    /// - Parameter urgency: only what is that urgent; nil for everything, events first.
    public func claimNext(_ now: Moment, only urgency: Mark.Urgency? = nil) async throws(StoreError) -> Claim? {
        let released = Unsettled()
        do {
            return try await write { database in try self.next(now, urgency, releasing: released, database) }
        } catch {
            unsettled.add(released.takeAll())
            throw error
        }
    }

    private func next(
        _ now: Moment, _ urgency: Mark.Urgency?, releasing released: Unsettled, _ database: Database
    ) throws -> Claim? {
        // Nobody works on them any more, and what came of them was not written down.
        let lost = unsettled.takeAll()
        released.add(lost)
        for claim in lost {
            try database.execute(
                sql: "UPDATE dirty SET claimed = 0 \(Self.place)", arguments: Self.key(claim))
        }
        for urgency in urgency.map({ [$0] }) ?? [.event, .background] {
            // The repositories after the one that had the last turn, then from the first on.
            for repository in [turns.last(urgency), ""] {
                let row = try Row.fetchOne(
                    database.cachedStatement(
                        sql: """
                            SELECT * FROM dirty WHERE claimed = 0 AND urgency = ?1 AND repository > ?2
                                AND (dueAt <= ?3 OR attempts > 0 AND dueAt > ?4)
                            ORDER BY repository, dueAt LIMIT 1
                            """),
                    arguments: [
                        urgency.rawValue, repository, now.milliseconds, (now + FailingSubject.longestWait).milliseconds,
                    ])
                guard let row, let claim = Claim(row) else { continue }
                try database.execute(
                    sql: "UPDATE dirty SET claimed = generation WHERE repository = ? AND kind = ? AND target = ?",
                    arguments: [row["repository"], row["kind"], row["target"]])
                turns.took(row["repository"], urgency)
                return claim
            }
        }
        return nil
    }

    private static let place = "WHERE repository = ? AND kind = ? AND target = ?"

    private static func key(_ claim: Claim) -> StatementArguments {
        let (kind, target) = claim.target.stored
        return [claim.repository.description.lowercased(), kind, target]
    }

    /// Ends a claim.
    ///
    /// Where that cannot be written it is due again as soon as the store can be.
    public func settle(_ claim: Claim, _ settlement: Settlement) async throws(StoreError) {
        do {
            try await write(claim, settlement)
        } catch {
            unsettled.add([claim])
            throw error
        }
    }

    private func write(_ claim: Claim, _ settlement: Settlement) async throws(StoreError) {
        let (key, place) = (Self.key(claim), Self.place)
        try await write { database in
            switch settlement {
            case .done(nil):
                try database.execute(
                    sql: "DELETE FROM dirty \(place) AND generation = ?", arguments: key + [claim.generation])
                try database.execute(
                    sql: "UPDATE dirty SET claimed = 0, attempts = 0, problem = NULL \(place)", arguments: key)
            case .done(.some(let again)):
                try database.execute(
                    sql: """
                        UPDATE dirty SET claimed = 0, attempts = 0, problem = NULL, firstMarkedAt = ?, dueAt = ?,
                            urgency = 0, cause = 'time' \(place) AND generation = ?
                        """, arguments: [again.milliseconds, again.milliseconds] + key + [claim.generation])
                try database.execute(
                    sql: "UPDATE dirty SET claimed = 0, attempts = 0, problem = NULL \(place) AND generation <> ?",
                    arguments: key + [claim.generation])
            case .failed(let retryAt, let problem):
                try database.execute(
                    sql: "UPDATE dirty SET dueAt = ? \(place) AND generation = ?",
                    arguments: [retryAt.milliseconds] + key + [claim.generation])
                try database.execute(
                    sql: "UPDATE dirty SET claimed = 0, attempts = attempts + 1, problem = ? \(place)",
                    arguments: [problem] + key)
            }
        }
    }

    /// Makes what failed due at once in a repository whose list failed too: the forge was not to be reached.
    static func retryFailed(ofUnlisted repository: Int64, at now: Moment, _ database: Database) throws {
        try database.execute(
            sql: """
                UPDATE dirty SET dueAt = ?2 - (kind = 'pull' AND EXISTS (
                    SELECT 1 FROM pull WHERE pull.repository = ?1 AND pull.number = CAST(dirty.target AS INTEGER)
                        AND pull.outcome IN (\(Self.passing))))
                WHERE attempts > 0 AND claimed = 0 AND dueAt > ?2 AND repository = (
                    SELECT lower(owner || '/' || name) FROM repository WHERE id = ?1 AND listProblem IS NOT NULL)
                """, arguments: [repository, now.milliseconds])
    }

    /// When the next thing that nobody works on is due; nil when nothing is dirty.
    public func nextDue() async throws(StoreError) -> Moment? {
        try await read { database in
            try Int64.fetchOne(database, sql: "SELECT MIN(dueAt) FROM dirty WHERE claimed = 0").map {
                Moment(milliseconds: $0)
            }
        }
    }

    /// How much there is to do.
    public func backlog(_ now: Moment) async throws(StoreError) -> Backlog {
        try await read { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT SUM(urgency = 0 AND dueAt <= ?1) AS events, SUM(urgency = 1 AND dueAt <= ?1) AS background,
                        MIN(CASE WHEN urgency = 0 AND firstMarkedAt <= ?1 THEN firstMarkedAt END) AS oldest,
                        SUM(attempts > 0) AS failing, SUM(attempts >= ?2) AS poisoned
                    FROM dirty
                    """, arguments: [now.milliseconds, FailingSubject.poisonedAttempts])
            let oldest: Int64? = row?["oldest"]
            return Backlog(
                events: row?["events"] ?? 0, background: row?["background"] ?? 0,
                oldestEvent: oldest.map { Moment(milliseconds: $0) }, failing: row?["failing"] ?? 0,
                poisoned: row?["poisoned"] ?? 0)
        }
    }

    /// What keeps failing, the most stubborn first.
    /// - Parameter attempts: how often in a row it has failed at least.
    public func failing(attempts: Int = 1, limit: Int = 200) async throws(StoreError) -> [FailingSubject] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT * FROM dirty WHERE attempts >= ? ORDER BY attempts DESC, repository, target LIMIT ?",
                arguments: [attempts, limit]
            ).compactMap(FailingSubject.init)
        }
    }

    /// What keeps one thing from being looked at; nil when its last look did not fail.
    public func failing(_ repository: RepositoryName, _ target: Mark.Target) async throws(StoreError) -> FailingSubject?
    {
        let (kind, name) = target.stored
        return try await read { database in
            try Row.fetchOne(
                database, sql: "SELECT * FROM dirty \(Self.place) AND attempts > 0",
                arguments: [repository.description.lowercased(), kind, name]
            ).flatMap(FailingSubject.init)
        }
    }
}

extension FailingSubject {
    init?(_ row: Row) {
        guard let claim = Claim(row) else { return nil }
        self.init(
            repository: claim.repository, target: claim.target, attempts: claim.attempts, problem: row["problem"] ?? "",
            retryAt: Moment(milliseconds: row["dueAt"]))
    }

    /// From so many failures in a row on, something is called poisoned.
    public static let poisonedAttempts = 6

    /// How long something that failed is left alone at most: one that waits longer was put off by a clock that was wrong.
    public static let longestWait = Duration.seconds(900)

    /// Whether it has failed so often that somebody should look.
    public var isPoisoned: Bool { attempts >= Self.poisonedAttempts }
}

extension Claim {
    init?(_ row: Row) {
        guard let repository = RepositoryName(row["name"]), let urgency = Mark.Urgency(rawValue: row["urgency"]),
            let target = Mark.Target(kind: row["kind"], target: row["target"])
        else { return nil }
        self.init(
            repository: repository, target: target, urgency: urgency, cause: row["cause"],
            correlation: row["correlation"], markedAt: Moment(milliseconds: row["firstMarkedAt"]),
            attempts: row["attempts"], generation: row["generation"])
    }
}

/// Which repository had the last turn, so that none waits for another's crowd.
final class Turns: Sendable {
    private let lasts = Mutex<[Mark.Urgency: String]>([:])

    func last(_ urgency: Mark.Urgency) -> String { lasts.withLock { $0[urgency] ?? "" } }
    func took(_ repository: String, _ urgency: Mark.Urgency) { lasts.withLock { $0[urgency] = repository } }
}

/// Claims whose end could not be written.
final class Unsettled: Sendable {
    private let list = Mutex<[Claim]>([])

    func add(_ claims: [Claim]) { list.withLock { $0 += claims } }

    func takeAll() -> [Claim] {
        list.withLock { list in
            defer { list = [] }
            return list
        }
    }
}
