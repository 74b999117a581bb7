import Synchronization

/// Why the store could not be written the last time.
final class Trouble: Sendable {
    private let last = Mutex<StoreError?>(nil)

    /// The obstacle; nil while it can be written.
    var present: StoreError? { last.withLock { $0 } }

    func note(_ error: StoreError?) {
        // What is refused for its own sake, or given up, says nothing of the file.
        if error?.kind == .other { return }
        last.withLock { $0 = error }
    }
}
