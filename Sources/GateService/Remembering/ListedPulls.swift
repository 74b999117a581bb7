import GateForge
import GatePolicy
import GateStore
import Synchronization

/// Open pull requests as the last list of their repository showed them: what the schedule looks at.
final class ListedPulls: Sendable {
    /// One of them, and when its list was asked for.
    struct Listed: Sendable {
        var snapshot: PullRequestSnapshot
        var at: Moment
        /// The same by the clock that nobody sets.
        var seen: Duration
    }

    /// A longer description is not kept; such a pull request is read by itself.
    static let maximumBody = 16_384

    private let repositories = Mutex<[Int64: [Int64: Listed]]>([:])
    private let names = Mutex<[String: (id: Int64, name: RepositoryName)]>([:])

    /// The repositories of all lists.
    var listed: [RepositoryName] { names.withLock { $0.values.map(\.name) } }

    func keep(
        _ repository: Int64, _ name: RepositoryName, _ snapshots: [PullRequestSnapshot], at now: Moment, seen: Duration
    ) {
        let listed = snapshots.filter { $0.pullRequest.body.utf8.count <= Self.maximumBody }.map {
            ($0.pullRequest.number, Listed(snapshot: $0, at: now, seen: seen))
        }
        names.withLock { names in
            // One that was renamed has one name.
            for (key, known) in names where known.id == repository { names[key] = nil }
            names[name.description.lowercased()] = (repository, name)
        }
        repositories.withLock { $0[repository] = Dictionary(listed, uniquingKeysWith: { $1 }) }
    }

    subscript(subject: Subject) -> Listed? {
        guard let id = names.withLock({ $0[subject.repository.description.lowercased()]?.id }) else { return nil }
        return repositories.withLock { $0[id]?[subject.number] }
    }
}
