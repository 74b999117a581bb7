import Synchronization

/// A line about how far a long command is, on the standard error, now and then.
final class Progress: Sendable {
    private let context: CommandContext
    private let noun: String
    private let told = Mutex(0)

    init(_ context: CommandContext, noun: String) {
        self.context = context
        self.noun = noun
    }

    /// Tells of every tenth part, and of the end; a few things are done before a line could be read.
    var step: @Sendable (Int, Int, String) -> Void {
        { done, total, _ in
            guard total >= 10 else { return }
            let part = done * 10 / total
            let isNew = self.told.withLock { told in
                defer { told = max(told, part) }
                return part > told
            }
            if isNew { self.context.talk("\(done) of \(total) \(self.noun)") }
        }
    }
}
