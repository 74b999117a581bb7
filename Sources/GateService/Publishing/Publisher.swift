import GateForge
import GatePolicy

/// Posts statuses: only what differs, everything that is not green first, the summary's green last.
public struct Publisher: Sendable {
    /// What became of one status.
    public struct Posted: Hashable, Sendable {
        /// What became of it.
        public enum Result: Hashable, Sendable {
            /// It stands now.
            case posted
            /// The head showed it already.
            case unchanged
            /// It was not tried, because something that must come first failed.
            case heldBack
            /// The forge did not take it.
            case failed(ForgeError)
        }

        /// The status.
        public var status: DesiredStatus
        /// What became of it.
        public var result: Result
    }

    let forge: ForgeClient

    /// A publisher.
    public init(_ forge: ForgeClient) {
        self.forge = forge
    }

    /// Makes a commit show these statuses.
    /// - Parameters:
    ///   - shown: the newest row of each context on the commit.
    ///   - account: our own account; a row of anybody else is posted over.
    public func publish(
        _ statuses: [DesiredStatus], on head: CommitID, of repository: RepositoryName, shown: [CommitStatus],
        account: Account
    ) async -> [Posted] {
        var posted: [Posted] = []
        var mayGoGreen = true
        for status in Self.inOrder(statuses) {
            if Self.stands(status, shown, account) {
                posted.append(Posted(status: status, result: .unchanged))
            } else if status.state.passes, !mayGoGreen {
                posted.append(Posted(status: status, result: .heldBack))
            } else {
                do {
                    _ = try await forge.postStatus(
                        repository, sha: head, context: status.context, state: status.state,
                        description: status.description, targetURL: nil)
                    posted.append(Posted(status: status, result: .posted))
                } catch {
                    mayGoGreen = false
                    posted.append(Posted(status: status, result: .failed(error)))
                }
            }
        }
        return posted
    }

    /// What is not green, then the gates' greens, then the summary's.
    static func inOrder(_ statuses: [DesiredStatus]) -> [DesiredStatus] {
        func rank(_ status: DesiredStatus) -> Int {
            !status.state.passes ? 0 : status.context.hasPrefix("countersign: ") ? 2 : 1
        }
        return statuses.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }
            .map(\.element)
    }

    private static func stands(_ status: DesiredStatus, _ shown: [CommitStatus], _ account: Account) -> Bool {
        shown.contains { row in
            row.context == status.context && row.creator == account && row.state == status.state
                && row.description == status.description
        }
    }
}
