import GRDB
import GatePolicy

/// Writes marks durably: callers that arrive while a commit is under way share the next one.
actor CommitGroup {
    private enum Turn {
        case lead
        case done(Result<Void, StoreError>)
    }

    private let database: any DatabaseWriter
    private let trouble: Trouble
    private var waiting: [(marks: [StoredMark], continuation: CheckedContinuation<Turn, Never>)] = []
    private var isWriting = false

    init(_ database: any DatabaseWriter, _ trouble: Trouble) {
        self.database = database
        self.trouble = trouble
    }

    /// How many wait for the commit after the one that is under way.
    var followers: Int { waiting.count }

    /// Returns when the marks are in the file.
    func write(_ marks: [StoredMark]) async throws(StoreError) {
        if marks.isEmpty { return }
        var mine = marks
        var followers: [CheckedContinuation<Turn, Never>] = []
        if isWriting {
            let turn = await withCheckedContinuation { waiting.append((marks, $0)) }
            if case .done(let result) = turn { return try result.get() }
            // The one before handed over: everybody who waits goes with this commit.
            for (marks, continuation) in waiting {
                mine += marks
                followers.append(continuation)
            }
            waiting = []
        }
        isWriting = true
        let result = await commit(mine)
        for follower in followers { follower.resume(returning: .done(result)) }
        if waiting.isEmpty {
            isWriting = false
        } else {
            waiting.removeFirst().continuation.resume(returning: .lead)
        }
        try result.get()
    }

    private func commit(_ marks: [StoredMark]) async -> Result<Void, StoreError> {
        if let damage = trouble.present, damage.kind == .corrupt { return .failure(damage) }
        do {
            try await database.write { database in for mark in marks { try mark.write(database) } }
            return .success(())
        } catch {
            let error = StoreError(error)
            trouble.note(error)
            return .failure(error)
        }
    }
}

/// A mark and when it was made.
struct StoredMark: Sendable {
    var mark: Mark
    var at: Moment

    func write(_ database: Database) throws {
        let (kind, target) = mark.target.stored
        // An event makes it due at once and, while somebody works on it, one more turn due. The schedule adds nothing to
        // what is due already; what only waits for a later time it makes due now. Causes add up until somebody works on
        // them: each says what may not be taken from memory.
        let onConflict =
            mark.urgency == .background
            ? """
            DO UPDATE SET dueAt = excluded.dueAt, firstMarkedAt = excluded.firstMarkedAt, cause = excluded.cause,
                urgency = excluded.urgency, correlation = excluded.correlation
            WHERE claimed = 0 AND attempts = 0 AND dueAt > excluded.dueAt
            """
            : """
            DO UPDATE SET name = excluded.name, urgency = MIN(urgency, excluded.urgency),
                cause = CASE WHEN claimed <> 0 AND claimed = generation THEN excluded.cause
                    WHEN instr(' ' || cause || ' ', ' ' || excluded.cause || ' ') > 0 THEN cause
                    ELSE cause || ' ' || excluded.cause END,
                correlation = excluded.correlation, generation = generation + 1, dueAt = MIN(dueAt, excluded.dueAt),
                firstMarkedAt = CASE WHEN (claimed <> 0 AND claimed = generation) OR dueAt > excluded.dueAt
                    THEN excluded.firstMarkedAt ELSE firstMarkedAt END
            """
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO dirty (repository, name, kind, target, urgency, cause, correlation, firstMarkedAt, dueAt)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (repository, kind, target) \(onConflict)
                """)
        try statement.execute(arguments: [
            mark.repository.description.lowercased(), mark.repository.description, kind, target, mark.urgency.rawValue,
            mark.cause, mark.correlation, at.milliseconds, at.milliseconds,
        ])
    }
}
