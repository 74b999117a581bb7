import GateForge
import GatePolicy
import GateStore
import Synchronization

/// Facts of pull requests that need not be read again; all of it may be forgotten at any time.
final class FactsMemory: Sendable {
    /// One pull request's.
    struct Entry: Sendable {
        var facts: KeptFacts
        /// What its head shows; nil when that is not known.
        var rows: KeptRows?
        /// How often somebody posted on the head since it was kept first, other than for this pull request.
        fileprivate(set) var foreignPosts = 0
    }

    private struct State {
        var known: [Subject: Entry] = [:]
        var rows = 0
        var generation = 0
    }

    /// Rows of lists that are kept at most; when there are more, all are forgotten.
    static let maximumRows = 400_000

    private let entries: Shared
    private let generation: Int

    private final class Shared: Sendable {
        private let state = Mutex(State())

        func withLock<Value>(_ body: (inout State) -> Value) -> Value { state.withLock { body(&$0) } }
    }

    init() {
        entries = Shared()
        generation = 0
    }

    private init(after other: FactsMemory) {
        entries = other.entries
        generation = entries.withLock { state in
            state = State(generation: state.generation + 1)
            return state.generation
        }
    }

    /// The same memory for other settings, or another token: all is forgotten, and the one before keeps nothing more.
    ///
    /// What is under way with the one before still forgets here what it posts over.
    func renewed() -> FactsMemory { FactsMemory(after: self) }

    subscript(subject: Subject) -> Entry? {
        entries.withLock { $0.generation == generation ? $0.known[Self.key(subject)] : nil }
    }

    func keep(_ entry: Entry, of subject: Subject) {
        entries.withLock { entries in
            guard entries.generation == generation else { return }
            let key = Self.key(subject)
            var entry = entry
            entry.foreignPosts = entries.known[key]?.foreignPosts ?? 0
            let rows = entry.facts.rows
            entries.rows -= entries.known[key]?.facts.rows ?? 0
            if entries.rows + rows > Self.maximumRows { entries = State(generation: generation) }
            entries.known[key] = entry
            entries.rows += rows
        }
    }

    func forget(_ subject: Subject) {
        entries.withLock { entries in
            guard let gone = entries.known.removeValue(forKey: Self.key(subject)) else { return }
            entries.rows -= gone.facts.rows
        }
    }

    /// Forgets what a head shows, besides for one pull request: somebody posted on it.
    func forgetRows(_ repository: RepositoryName, on head: CommitID, besides subject: Subject? = nil) {
        let place = Self.key(Subject(repository: repository, number: 0)).repository
        let spared = subject.map(Self.key)
        entries.withLock { entries in
            for (key, entry) in entries.known
            where key != spared && key.repository == place && entry.facts.snapshot.pullRequest.head == head {
                entries.known[key]?.rows = nil
                entries.known[key]?.foreignPosts += 1
            }
        }
    }

    /// Names are the same in any case.
    private static func key(_ subject: Subject) -> Subject {
        Subject(
            repository: RepositoryName(
                owner: subject.repository.owner.lowercased(), name: subject.repository.name.lowercased()),
            number: subject.number)
    }
}

/// The newest row of each context on a head, as far as we know.
struct KeptRows: Sendable {
    var rows: [CommitStatus]
    /// When the forge was asked.
    var readAt: Moment

    /// The same after posts of ours; nil when what became of one of them is not known.
    func after(_ published: [Publisher.Posted], by account: Account) -> KeptRows? {
        var next = self
        for one in published {
            switch one.result {
            case .unchanged: continue
            case .heldBack, .overtaken, .failed: return nil
            case .posted:
                guard let id = one.row else { return nil }
                next.rows.removeAll { $0.context.isExactly(one.status.context) }
                next.rows.append(
                    CommitStatus(
                        id: id, context: one.status.context, state: one.status.state,
                        description: one.status.description, creator: account))
            }
        }
        return next
    }
}
