import Synchronization

/// Answers one after the other; the last one again and again.
final class Script: Sendable {
    private let rest: Mutex<[Canned]>

    init(_ answers: [Canned]) { rest = Mutex(answers) }

    func next() -> Canned {
        rest.withLock { rest in
            guard let first = rest.first else { return .notFound }
            if rest.count > 1 { rest.removeFirst() }
            return first
        }
    }
}
