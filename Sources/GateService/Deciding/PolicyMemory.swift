import GatePolicy
import Synchronization

/// Files of commits that were read before: what a commit holds never changes.
final class PolicyMemory: Sendable {
    /// A file of a commit.
    struct File: Hashable, Sendable {
        var repository: RepositoryName
        var commit: CommitID
        var path: String

        /// The same for no other file.
        var identity: String { "\(repository.description.lowercased())@\(commit):\(path)" }
    }

    /// Bytes that are kept; when there are more, all are forgotten.
    static let maximumBytes = 8 * 1024 * 1024

    /// What was made of them.
    let compositions = ComposedPolicies()

    private let files = Mutex<(contents: [ExactText: [UInt8]], bytes: Int)>(([:], 0))

    subscript(file: File) -> [UInt8]? {
        get { files.withLock { $0.contents[ExactText(file.identity)] } }
        set {
            guard let newValue else { return }
            files.withLock { files in
                if files.bytes + newValue.count > Self.maximumBytes { files = ([:], 0) }
                if files.contents.updateValue(newValue, forKey: ExactText(file.identity)) == nil {
                    files.bytes += newValue.count
                }
            }
        }
    }
}
