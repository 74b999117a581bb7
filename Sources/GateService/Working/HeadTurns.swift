import GatePolicy

/// Lets those who decide about one commit do so one after the other: its statuses are shared.
actor HeadTurns {
    private struct Key: Hashable {
        var repository: Int64
        var head: CommitID
    }

    /// Commits whose last turn is remembered; when there are more, all are forgotten, and count as just ended.
    static let maximum = 10_000

    private var waiting: [Key: [CheckedContinuation<Void, Never>]] = [:]
    private var ended: [Key: Int] = [:]
    private var forgotten = 0

    /// How many turns have ended: what is read now is older than what is done in later ones.
    private(set) var count = 0

    /// How many wait for their turn at some commit.
    var line: Int { waiting.values.reduce(0) { $0 + $1.count } }

    /// Runs the body when nobody else is at this commit; tells it whether somebody else was since a count of turns.
    nonisolated func with<Value: Sendable>(
        _ repository: Int64, _ head: CommitID, since count: Int, _ body: (_ isLater: Bool) async -> Value
    ) async -> Value {
        let key = Key(repository: repository, head: head)
        let isLater = await enter(key) > count
        let value = await body(isLater)
        await leave(key)
        return value
    }

    /// - Returns: how many turns had ended when the last one at this commit did.
    private func enter(_ key: Key) async -> Int {
        if waiting[key] == nil {
            waiting[key] = []
        } else {
            await withCheckedContinuation { waiting[key]?.append($0) }
        }
        return ended[key] ?? forgotten
    }

    private func leave(_ key: Key) {
        count += 1
        if ended.count >= Self.maximum { (ended, forgotten) = ([:], count) }
        ended[key] = count
        guard var line = waiting[key], !line.isEmpty else {
            waiting[key] = nil
            return
        }
        let next = line.removeFirst()
        waiting[key] = line
        next.resume()
    }
}
