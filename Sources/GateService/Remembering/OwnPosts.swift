import GatePolicy
import Synchronization

/// What this process posted last in each context of a commit, from before it is posted: the forge tells us of it.
///
/// Another process may have our token and know less: what is not found here is looked at as anybody's.
final class OwnPosts: Sendable {
    private struct Place: Hashable {
        var repository: Int64
        var head: CommitID
        var context: ExactText
    }

    private struct Entry {
        var state: StatusState?
        /// Whether the forge told us of it.
        var isHeard = false
        /// What was posted before, does not pass, and was not told when the next was posted: the forge is slower.
        var before: [StatusState] = []
    }

    /// Places that are kept at most; when there are more, all are forgotten, and what is told of them is looked at.
    static let maximum = 50_000
    /// Of a place, how many are still expected after the next was posted.
    private static let maximumBefore = 4

    private let entries = Mutex<[Place: Entry]>([:])

    /// - Parameter state: nil where nobody can say what became of a post.
    func note(_ state: StatusState?, _ context: String, on head: CommitID, of repository: Int64) {
        let place = Place(repository: repository, head: head, context: ExactText(context))
        entries.withLock { entries in
            if entries.count >= Self.maximum { entries = [:] }
            guard let state else {
                entries[place] = nil
                return
            }
            var entry = entries[place] ?? Entry()
            if entry.state == state { return }
            if let old = entry.state, !entry.isHeard, !old.passes {
                entry.before = (entry.before + [old]).suffix(Self.maximumBefore)
            }
            (entry.state, entry.isHeard) = (state, false)
            entries[place] = entry
        }
    }

    /// Whether what the forge tells is the last post, or one before it that opens nothing and was not told yet.
    func hear(_ state: StatusState?, _ context: String, on head: CommitID, of repository: Int64) -> Bool {
        let place = Place(repository: repository, head: head, context: ExactText(context))
        guard let state else { return false }
        return entries.withLock { entries in
            guard var entry = entries[place] else { return false }
            if entry.state == state {
                entry.isHeard = true
            } else if let index = entry.before.firstIndex(of: state) {
                entry.before.remove(at: index)
            } else {
                return false
            }
            entries[place] = entry
            return true
        }
    }
}
