import GiteaSimulator
import Synchronization

/// Answers no call of a round before all of it have arrived: none of them waits for another's answer.
final class CallRounds: Sendable {
    private struct State {
        var calls: [[String]] = [[]]
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    let sizes: [Int]
    private let state = Mutex(State())

    /// The calls of each round.
    var calls: [[String]] { state.withLock { $0.calls.filter { !$0.isEmpty } } }

    init(_ sizes: [Int]) { self.sizes = sizes }

    func arrive(_ call: String) async {
        await withCheckedContinuation { continuation in
            let complete = state.withLock { state -> [CheckedContinuation<Void, Never>] in
                let round = state.calls.count - 1
                state.calls[round].append(call)
                state.waiting.append(continuation)
                guard state.calls[round].count >= (round < sizes.count ? sizes[round] : 1) else { return [] }
                state.calls.append([])
                defer { state.waiting = [] }
                return state.waiting
            }
            for continuation in complete { continuation.resume() }
        }
    }
}

extension RequestRecord {
    /// `GET /repos/*/pulls/*` for a path with names and numbers in it.
    var pattern: String {
        var parts = path.split(separator: "/").map(String.init)
        switch parts.first {
        case "repos":
            parts.replaceSubrange(1...2, with: ["*"])
            for index in parts.indices.dropFirst(3)
            where ["pulls", "issues", "commits", "statuses", "trees"].contains(parts[index - 1]) {
                parts[index] = "*"
            }
        case "orgs", "teams": parts[1] = "*"
        default: break
        }
        return "\(method) /" + parts.joined(separator: "/")
    }
}
