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

    /// Rows of lists that are kept at most; when there are more, all are forgotten.
    static let maximumRows = 400_000

    private let entries = Mutex<(known: [Subject: Entry], rows: Int)>(([:], 0))

    subscript(subject: Subject) -> Entry? { entries.withLock { $0.known[Self.key(subject)] } }

    func keep(_ entry: Entry, of subject: Subject) {
        entries.withLock { entries in
            let key = Self.key(subject)
            var entry = entry
            entry.foreignPosts = entries.known[key]?.foreignPosts ?? 0
            let rows = entry.facts.rows
            entries.rows -= entries.known[key]?.facts.rows ?? 0
            if entries.rows + rows > Self.maximumRows { entries = ([:], 0) }
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
