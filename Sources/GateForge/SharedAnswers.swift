import GatePolicy

/// Answers that are kept for a while; of those who ask for one at the same time, one reads it for all.
actor SharedAnswers<Key: Hashable & Sendable, Value: Sendable> {
    private struct Kept {
        var value: Value
        var until: Timestamp
    }

    private let limit: Int
    private var kept: [Key: Kept] = [:]
    private var waiting: [Key: [CheckedContinuation<Value, Never>]] = [:]

    /// - Parameter limit: how many answers are kept; when there are more, all of them are forgotten.
    init(limit: Int) { self.limit = limit }

    /// The answer, kept or read.
    /// - Parameter seconds: how long an answer is kept; 0 for not at all.
    func answer(
        _ key: Key, now: Timestamp, keep seconds: @Sendable (Value) -> Int64, _ read: @Sendable () async -> Value
    ) async -> Value {
        // A clock that jumped back must not keep an answer for longer.
        if let known = kept[key], now < known.until, known.until.seconds - now.seconds <= seconds(known.value) {
            return known.value
        }
        if waiting[key] != nil { return await withCheckedContinuation { waiting[key]?.append($0) } }
        waiting[key] = []
        let value = await read()
        let duration = seconds(value)
        if kept.count >= limit { kept = [:] }
        kept[key] = duration > 0 ? Kept(value: value, until: Timestamp(seconds: now.seconds + duration)) : nil
        for continuation in waiting.removeValue(forKey: key) ?? [] { continuation.resume(returning: value) }
        return value
    }

    /// Forgets everything.
    func clear() { kept = [:] }
}
