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

    /// Places that are kept at most; when there are more, all are forgotten, and what is told of them is looked at.
    static let maximum = 50_000

    private let states = Mutex<[Place: StatusState]>([:])

    /// - Parameter state: nil where nobody can say what became of a post.
    func note(_ state: StatusState?, _ context: String, on head: CommitID, of repository: Int64) {
        states.withLock { states in
            if states.count >= Self.maximum { states = [:] }
            states[Place(repository: repository, head: head, context: ExactText(context))] = state
        }
    }

    func contains(_ state: StatusState?, _ context: String, on head: CommitID, of repository: Int64) -> Bool {
        let place = Place(repository: repository, head: head, context: ExactText(context))
        return state != nil && states.withLock { $0[place] } == state
    }
}
