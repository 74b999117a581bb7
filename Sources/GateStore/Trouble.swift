import Synchronization

/// Why the store could not be written the last time.
final class Trouble: Sendable {
    private let last = Mutex<StoreError?>(nil)

    /// The obstacle; nil while it can be written.
    var present: StoreError? { last.withLock { $0 } }

    func note(_ error: StoreError?) {
        // What is refused for its own sake, or given up, says nothing of the file.
        if error?.kind == .other { return }
        // A damaged file stays damaged, whatever may still be written to it; one that was put back may lack what was written
        // meanwhile.
        last.withLock { if $0?.isLasting != true { $0 = error } }
    }

    /// Notes only that the file is damaged or gone: what else keeps it from being read says nothing of writing.
    func noteDamage(_ error: StoreError) { if error.isLasting { note(error) } }
}
