import GRDB
import GatePolicy

/// Writes marks durably: callers that arrive while a commit is under way share the next one.
actor CommitGroup {
    private enum Turn {
        case lead
        case done(Result<Void, StoreError>)
    }

    private let database: any DatabaseWriter
    private var waiting: [(marks: [StoredMark], continuation: CheckedContinuation<Turn, Never>)] = []
    private var isWriting = false

    init(_ database: any DatabaseWriter) { self.database = database }

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
        do {
            try await database.write { database in for mark in marks { try mark.write(database) } }
            return .success(())
        } catch {
            return .failure(StoreError(error))
        }
    }
}

/// A mark and when it was made.
struct StoredMark: Sendable {
    var mark: Mark
    var at: Moment

    func write(_ database: Database) throws {
        let (kind, target) = mark.target.stored
        // An event makes it due at once and, while somebody works on it, one more turn due; the schedule adds nothing to
        // what is dirty already.
        let onConflict =
            mark.urgency == .background
            ? "DO NOTHING"
            : """
            DO UPDATE SET name = excluded.name, urgency = MIN(urgency, excluded.urgency), cause = excluded.cause,
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
