import GRDB
import GatePolicy

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What was seen of a pull request before anything was decided.
public struct SeenPull: Hashable, Sendable {
    /// The repository.
    public var repository: Repository
    /// The pull request.
    public var pullRequest: PullRequest
    /// Whether it was merged.
    public var isMerged: Bool
    /// Everything that changes when the forge thinks the pull request changed; compared, never read.
    public var stamp: String

    /// A look.
    public init(repository: Repository, pullRequest: PullRequest, isMerged: Bool = false, stamp: String = "") {
        self.repository = repository
        self.pullRequest = pullRequest
        self.isMerged = isMerged
        self.stamp = stamp
    }

    var state: PullRecord.State { pullRequest.isOpen ? .open : isMerged ? .merged : .closed }
}

/// How the store knew a pull request before this look.
public struct SeenBefore: Hashable, Sendable {
    /// The head then.
    public var head: CommitID
    /// The base branch then.
    public var base: String
    /// Whether it was open.
    public var state: PullRecord.State
    /// The stamp then.
    public var stamp: String
    /// The head that was last decided on while it was open; nil when there is none.
    public var decidedHead: CommitID?
    /// The base branch it was decided for.
    public var decidedBase: String
    /// When it was last decided on; nil for never.
    public var checkedAt: Moment?
    /// When somebody last did something there, as far as was seen.
    public var activeAt: Moment
    /// In one word; nil when it was never decided.
    public var outcome: Outcome?
}

extension Store {
    /// Remembers what a pull request looks like now, and tells how it looked before; nil at the first sight.
    @discardableResult
    public func see(_ pull: SeenPull, at now: Moment) async throws(StoreError) -> SeenBefore? {
        try await see([pull], at: now).first ?? nil
    }

    /// Remembers many at once: one commit.
    public func see(_ pulls: [SeenPull], at now: Moment) async throws(StoreError) -> [SeenBefore?] {
        try await write { database in
            try pulls.map { pull in
                let key: StatementArguments = [pull.repository.id, pull.pullRequest.number]
                let before = try Row.fetchOne(
                    database.cachedStatement(
                        sql: """
                            SELECT * FROM pull
                            WHERE repository = ? AND number = ?
                            """), arguments: key
                ).flatMap(SeenBefore.init)
                try Self.note(pull.repository, database)
                let isSame = before.map { $0.stamp == pull.stamp && $0.state == pull.state } ?? false
                try database.cachedStatement(
                    sql: """
                        INSERT INTO pull (repository, number, head, base, author, state, stamp, seenAt, activeAt)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (repository, number) DO UPDATE SET
                            head = excluded.head, base = excluded.base, author = excluded.author, state = excluded.state, stamp = excluded.stamp,
                            seenAt = excluded.seenAt, activeAt = MAX(activeAt, excluded.activeAt),
                            decidedHead = CASE WHEN excluded.state = 'open' THEN decidedHead END
                        """
                ).execute(
                    arguments: key + [
                        pull.pullRequest.head.text, pull.pullRequest.baseBranch,
                        try pull.pullRequest.author.map { try StoredValue.data($0) }, pull.state.rawValue, pull.stamp,
                        now.milliseconds, isSame ? 0 : now.milliseconds,
                    ])
                return before
            }
        }
    }

    /// Remembers a decision; a line of history is added when it differs from the last one.
    /// - Returns: whether it differs.
    @discardableResult
    public func record(
        _ decision: DecisionRecord, cause: String, by law: AppliedLaw = AppliedLaw(), readsStatuses: Bool = false,
        at now: Moment
    ) async throws(StoreError) -> Bool {
        // Before the commit: as long as it is written deliveries wait, and a verdict may be large.
        let stored: Data
        do { stored = try StoredValue.data(decision) } catch { throw StoreError(error) }
        return try await write { database in
            let pull = decision.pullRequest
            let entry = HistoryEntry(decision, cause: cause, at: now)
            let last = try Row.fetchOne(
                database,
                sql: "SELECT entry FROM verdict WHERE repository = ? AND number = ? ORDER BY id DESC LIMIT 1",
                arguments: [decision.repository.id, pull.number]
            ).flatMap { StoredValue.value(HistoryEntry.self, from: $0["entry"]) }
            let isNew = last.map { !$0.says(sameAs: entry) } ?? (decision.outcome != nil)
            if isNew {
                try database.execute(
                    sql: "INSERT INTO verdict (repository, number, head, at, entry) VALUES (?, ?, ?, ?, ?)",
                    arguments: [
                        decision.repository.id, pull.number, pull.head.text, now.milliseconds,
                        try StoredValue.data(entry),
                    ])
            }
            try Self.note(decision.repository, database)
            try database.execute(
                sql: """
                    UPDATE pull SET decidedHead = ?, decidedBase = ?, outcome = ?, summary = ?, policyMark = ?, policyBranch = ?,
                        filesMark = ?, readsStatuses = ?, record = ?, isShownToPass = ?, checkedAt = ?, decidedAt = CASE WHEN ? OR decidedAt IS NULL THEN ? ELSE decidedAt END
                    WHERE repository = ? AND number = ?
                    """,
                arguments: [
                    pull.head.text, pull.baseBranch, decision.outcome?.rawValue, decision.summary, law.policyMark,
                    law.branch, law.filesMark, readsStatuses, stored, decision.isShownToPass,
                    now.milliseconds, isNew, now.milliseconds,
                    decision.repository.id,
                    pull.number,
                ])
            return isNew
        }
    }

    /// Remembers that an open pull request is not there any more; should it be listed again, it is open again.
    public func close(_ repository: Int64, _ number: Int64) async throws(StoreError) {
        try await write { database in
            try database.execute(
                sql: "UPDATE pull SET state = 'closed', decidedHead = NULL WHERE repository = ? AND number = ?",
                arguments: [repository, number])
        }
    }

    /// Says that a decision was confirmed by looking again.
    public func confirm(_ repository: Int64, _ number: Int64, at now: Moment) async throws(StoreError) {
        try await write { database in
            try database.execute(
                sql: "UPDATE pull SET checkedAt = ? WHERE repository = ? AND number = ?",
                arguments: [now.milliseconds, repository, number])
        }
    }

    /// A pull request with its last decision.
    public func pull(_ repository: Int64, _ number: Int64) async throws(StoreError) -> PullRecord? {
        try await read { database in
            try Row.fetchOne(
                database, sql: "SELECT * FROM pull WHERE repository = ? AND number = ?",
                arguments: [repository, number]
            ).flatMap(PullRecord.init)
        }
    }

    /// Other open pull requests of a head, as far as they were seen.
    public func openPulls(of repository: Int64, head: CommitID) async throws(StoreError) -> [PullRecord] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT * FROM pull WHERE repository = ? AND head = ? AND state = 'open' ORDER BY number",
                arguments: [repository, head.text]
            ).compactMap(PullRecord.init)
        }
    }

    /// Open pull requests of a head for which a status matters.
    /// - Parameter all: whether it matters to all of them; else to those whose last decision looked at statuses, or that
    ///   were never decided.
    public func pullsReadingStatuses(
        _ repository: Int64, head: CommitID, all: Bool
    ) async throws(StoreError) -> [Int64] {
        try await read { database in
            try Int64.fetchAll(
                database,
                sql: """
                    SELECT number FROM pull WHERE repository = ? AND head = ? AND state = 'open'
                        AND (? OR readsStatuses OR record IS NULL)
                    """,
                arguments: [repository, head.text, all])
        }
    }

    /// By what the open pull requests of a repository were last decided.
    public func appliedLaws(_ repository: Int64) async throws(StoreError) -> [Int64: AppliedLaw] {
        try await read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT number, policyMark, policyBranch, filesMark, isShownToPass FROM pull
                    WHERE repository = ? AND state = 'open'
                    """,
                arguments: [repository])
            let laws = rows.map { row in
                AppliedLaw(
                    policyMark: row["policyMark"], branch: row["policyBranch"], filesMark: row["filesMark"],
                    isShownToPass: row["isShownToPass"])
            }
            return Dictionary(zip(rows.map { $0["number"] }, laws), uniquingKeysWith: { $1 })
        }
    }

    /// Repositories with open pull requests that are shown to pass.
    public func repositoriesShownToPass() async throws(StoreError) -> Set<Int64> {
        try await read { database in
            try Int64.fetchSet(
                database, sql: "SELECT DISTINCT repository FROM pull WHERE state = 'open' AND isShownToPass")
        }
    }
}

extension HistoryEntry {
    init(_ decision: DecisionRecord, cause: String, at now: Moment) {
        self.init(
            at: now, head: decision.pullRequest.head, base: decision.pullRequest.baseBranch, outcome: decision.outcome,
            summary: decision.summary, policyDigest: nil, gates: [], cause: cause)
        guard case .verdict(let verdict) = decision.result else { return }
        policyDigest = verdict.policyDigest
        gates = verdict.gates.map { GateEntry(name: $0.name, outcome: $0.outcome, isEnforced: $0.isEnforced) }
    }

    func says(sameAs other: HistoryEntry) -> Bool {
        head == other.head && base.isExactly(other.base) && outcome == other.outcome && summary == other.summary
            && policyDigest == other.policyDigest && gates == other.gates
    }
}

extension SeenBefore {
    init?(_ row: Row) {
        guard let head = CommitID(row["head"]), let state = PullRecord.State(rawValue: row["state"]) else { return nil }
        let checkedAt: Int64? = row["checkedAt"]
        let outcome: String? = row["outcome"]
        self.init(
            head: head, base: row["base"], state: state, stamp: row["stamp"],
            decidedHead: (row["decidedHead"] as String?).flatMap { CommitID($0) },
            decidedBase: row["decidedBase"] ?? "",
            checkedAt: checkedAt.map { Moment(milliseconds: $0) }, activeAt: Moment(milliseconds: row["activeAt"]),
            outcome: outcome.flatMap { Outcome(rawValue: $0) })
    }
}

extension PullRecord {
    init?(_ row: Row) {
        guard let head = CommitID(row["head"]), let state = State(rawValue: row["state"]) else { return nil }
        let decidedAt: Int64? = row["decidedAt"]
        let checkedAt: Int64? = row["checkedAt"]
        self.init(
            repository: row["repository"], number: row["number"], head: head, base: row["base"],
            author: StoredValue.value(Account.self, from: row["author"]), state: state,
            decision: StoredValue.value(DecisionRecord.self, from: row["record"]),
            decidedAt: decidedAt.map { Moment(milliseconds: $0) }, checkedAt: checkedAt.map { Moment(milliseconds: $0) }
        )
    }
}
