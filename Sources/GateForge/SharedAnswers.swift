import GatePolicy

/// Answers that are kept for a while; of those who ask for one at the same time, one reads it for all.
actor SharedAnswers<Key: Hashable & Sendable, Value: Sendable> {
    private struct Kept {
        var value: Value
        var until: Timestamp
    }

    /// A reading that is under way: who asks after everything was forgotten does not share it.
    private struct Reading: Hashable {
        var key: Key
        var generation: Int
    }

    private let limit: Int
    private var generation = 0
    private var kept: [Key: Kept] = [:]
    private var waiting: [Reading: [CheckedContinuation<Value?, Never>]] = [:]

    /// - Parameter limit: how many answers are kept; when there are more, all of them are forgotten.
    init(limit: Int) { self.limit = limit }

    /// The answer, kept or read.
    /// - Parameter seconds: how long an answer is kept; 0 for not at all.
    func answer(
        _ key: Key, now: Timestamp, keep seconds: @Sendable (Value) -> Int64, _ read: @Sendable () async -> Value
    ) async -> Value {
        while true {
            // A clock that jumped back must not keep an answer for longer.
            if let known = kept[key], now < known.until, known.until.seconds - now.seconds <= seconds(known.value) {
                return known.value
            }
            let reading = Reading(key: key, generation: generation)
            if waiting[reading] != nil {
                if let value = await withCheckedContinuation({ waiting[reading]?.append($0) }) { return value }
                continue
            }
            waiting[reading] = []
            let value = await read()
            // Who was told to give up answers for himself only: of the others the next one reads.
            let isForAll = !Task.isCancelled
            if isForAll, reading.generation == generation { keep(value, key, now, seconds(value)) }
            for continuation in waiting.removeValue(forKey: reading) ?? [] {
                continuation.resume(returning: isForAll ? value : nil)
            }
            return value
        }
    }

    private func keep(_ value: Value, _ key: Key, _ now: Timestamp, _ seconds: Int64) {
        if kept.count >= limit { kept = [:] }
        kept[key] = seconds > 0 ? Kept(value: value, until: Timestamp(seconds: now.seconds + seconds)) : nil
    }

    /// Forgets everything, also what is being read at this moment.
    func clear() {
        kept = [:]
        generation += 1
    }
}
