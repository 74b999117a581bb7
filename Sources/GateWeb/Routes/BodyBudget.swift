import Synchronization

/// The memory that deliveries may fill while they are being read, shared by all of them.
final class BodyBudget: Sendable {
    private let left: Mutex<Int>

    init(_ bytes: Int) { left = Mutex(bytes) }

    /// Sets bytes aside; false when there are not as many.
    func take(_ bytes: Int) -> Bool {
        left.withLock { left in
            guard left >= bytes else { return false }
            left -= bytes
            return true
        }
    }

    func giveBack(_ bytes: Int) { left.withLock { $0 += bytes } }
}
