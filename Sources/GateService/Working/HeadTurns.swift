import GatePolicy

/// Lets those who decide about one commit do so one after the other: its statuses are shared.
actor HeadTurns {
    private struct Key: Hashable {
        var repository: Int64
        var head: CommitID
    }

    private var waiting: [Key: [CheckedContinuation<Void, Never>]] = [:]

    /// Runs the body when nobody else is at this commit.
    nonisolated func with<Value: Sendable>(
        _ repository: Int64, _ head: CommitID, _ body: () async -> Value
    ) async -> Value {
        let key = Key(repository: repository, head: head)
        await enter(key)
        let value = await body()
        await leave(key)
        return value
    }

    private func enter(_ key: Key) async {
        guard waiting[key] != nil else {
            waiting[key] = []
            return
        }
        await withCheckedContinuation { waiting[key]?.append($0) }
    }

    private func leave(_ key: Key) {
        guard var line = waiting[key], !line.isEmpty else {
            waiting[key] = nil
            return
        }
        let next = line.removeFirst()
        waiting[key] = line
        next.resume()
    }
}
