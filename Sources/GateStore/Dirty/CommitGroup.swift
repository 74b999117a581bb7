import GRDB
import GatePolicy
import Synchronization

/// Writes durably: callers that arrive while a commit is under way share the next one, for it is the disk that takes the
/// time.
///
/// What one of them cannot write harms no other, and none is told before all of it is in the file. It needs the
/// database's own thread and no other: however long the rest computes, a delivery gets into the file.
final class CommitGroup: Sendable {
    private struct Job: Sendable {
        /// Writes, and returns what tells the caller; throws where that cannot be written.
        let write: @Sendable (Database) throws -> @Sendable () -> Void
        let fail: @Sendable (StoreError) -> Void
    }

    private struct Queue {
        var waiting: [Job] = []
        var writing: [Job] = []
        var isAtWork = false
    }

    private let database: any DatabaseWriter
    private let trouble: Trouble
    /// Where the file lies; nil in memory.
    private let place: StorePlace?
    private let queue = Mutex(Queue())

    init(_ database: any DatabaseWriter, _ trouble: Trouble, _ place: StorePlace?) {
        self.database = database
        self.place = place
        self.trouble = trouble
    }

    /// How many wait, those of the commit that is under way among them.
    var pending: Int { queue.withLock { $0.waiting.count + $0.writing.count } }

    /// Returns when what the body wrote is in the file; nothing of it is when it throws.
    ///
    /// A caller that gives up does not take the others' commit along.
    func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws(StoreError)
        -> Value
    {
        let result = await withCheckedContinuation { (caller: CheckedContinuation<Result<Value, StoreError>, Never>) in
            let job = Job(
                write: { database in
                    let value = try body(database)
                    return { caller.resume(returning: .success(value)) }
                }, fail: { caller.resume(returning: .failure($0)) })
            let isFirst = queue.withLock { queue in
                queue.waiting.append(job)
                defer { queue.isAtWork = true }
                return !queue.isAtWork
            }
            if isFirst { commit() }
        }
        return try result.get()
    }

    private func commit() {
        database.asyncWrite { [self] database in
            let jobs = begin()
            if let damage = trouble.present, damage.isLasting { throw damage }
            let before = database.totalChangesCount
            return (try jobs.map { try Self.part($0, database) }, database.totalChangesCount != before)
        } completion: { [self] _, result in
            // What is in a file that has no name any more is not written down.
            end(place?.loss.map { .failure($0) } ?? result)
            let isOver = queue.withLock { queue in
                queue.isAtWork = !queue.waiting.isEmpty
                return !queue.isAtWork
            }
            if !isOver { commit() }
        }
    }

    /// Takes those along who have come by now.
    private func begin() -> [Job] {
        queue.withLock { queue in
            (queue.writing, queue.waiting) = (queue.waiting, [])
            return queue.writing
        }
    }

    private func end(_ result: Result<([Result<@Sendable () -> Void, StoreError>], Bool), any Error>) {
        // Where it could not even begin, those who wait were to go along.
        let jobs = queue.withLock { queue in
            let jobs = queue.writing.isEmpty ? queue.waiting : queue.writing
            if queue.writing.isEmpty { queue.waiting = [] }
            queue.writing = []
            return jobs
        }
        switch result {
        case .success((let results, let isWritten)):
            // What changes nothing finds no obstacle.
            if isWritten { trouble.note(nil) }
            for (job, result) in zip(jobs, results) {
                switch result {
                case .success(let tell): tell()
                case .failure(let error):
                    trouble.note(error)
                    job.fail(error)
                }
            }
        case .failure(let error):
            let error = StoreError(error)
            trouble.note(error)
            for job in jobs { job.fail(error) }
        }
    }

    /// One caller's part of the commit; throws where nothing of the whole can be written.
    private static func part(_ job: Job, _ database: Database) throws -> Result<@Sendable () -> Void, StoreError> {
        do {
            var tell: (@Sendable () -> Void)?
            try database.inSavepoint {
                tell = try job.write(database)
                return .commit
            }
            guard let tell else { throw DatabaseError(resultCode: .SQLITE_ABORT) }
            return .success(tell)
        } catch {
            // SQLite takes a whole transaction back for some errors, a full disk among them.
            guard database.isInsideTransaction else { throw error }
            return .failure(StoreError(error))
        }
    }
}

/// A mark and when it was made.
struct StoredMark: Sendable {
    var mark: Mark
    var at: Moment
    var due: Moment

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
                correlation = excluded.correlation, generation = generation + 1,
                dueAt = CASE WHEN claimed <> 0 AND claimed = generation THEN excluded.dueAt
                    ELSE MIN(dueAt, excluded.dueAt) END,
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
            mark.cause, mark.correlation, at.milliseconds, due.milliseconds,
        ])
    }
}
