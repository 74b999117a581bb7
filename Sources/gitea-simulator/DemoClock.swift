import Foundation
import Synchronization

/// The forge's clock in the demo: it stands, and is moved on, while the story is told, and then goes like any other.
final class DemoClock: Sendable {
    private let standing: Mutex<Date?>

    /// A clock that stands a quarter of an hour ago.
    init() { standing = Mutex(Date() - 900) }

    var now: Date { standing.withLock { $0 } ?? Date() }

    func tick() { standing.withLock { $0 = $0.map { $0 + 1 } } }

    func go() { standing.withLock { $0 = nil } }
}
