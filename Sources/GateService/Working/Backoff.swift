import GateStore

/// How long to leave something alone that failed: twice as long each time, spread by chance.
struct Backoff: Sendable {
    var first = Duration.seconds(2)
    var longest = FailingSubject.longestWait

    /// The wait after so many failures in a row (from 1); between half and all of its time.
    func delay(after failures: Int, random: Double) -> Duration {
        var delay = first
        for _ in 1..<max(failures, 1) where delay < longest { delay *= 2 }
        return min(delay, longest) * (0.5 + min(max(random, 0), 1) / 2)
    }
}
