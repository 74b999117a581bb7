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
            /// It was not tried, because another check posted something less favourable meanwhile: it may know more.
            case overtaken
            /// The forge did not take it.
            case failed(ForgeError)

            var isFailure: Bool { if case .failed = self { true } else { false } }
        }

        /// The status.
        public var status: DesiredStatus
        /// What became of it.
        public var result: Result
        /// The row's id, when it was posted.
        public var row: Int64?
    }

    let forge: ForgeClient
    let targetURL: String?

    /// A publisher.
    /// - Parameter targetURL: where the statuses lead; nil for nowhere.
    public init(_ forge: ForgeClient, targetURL: String? = nil) {
        self.forge = forge
        self.targetURL = targetURL
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
        let goesGreen = statuses.contains { $0.isSummary && $0.state.passes && !Self.stands($0, shown, account) }
        // Side by side with the gates' own posts: it costs no time, only a call.
        async let look = goesGreen ? Self.rows(forge, head, repository) : .success([])
        for step in Self.steps(statuses) {
            let isLast = step.contains { $0.isSummary && $0.state.passes }
            let rows = isLast ? await look : .success([])
            let failed = posted.contains { $0.result.isFailure }
            posted += await withTaskGroup(of: (Int, Posted).self) { group in
                for (index, status) in step.enumerated() {
                    group.addTask {
                        if Self.stands(status, shown, account) {
                            return (index, Posted(status: status, result: .unchanged))
                        }
                        // Nothing goes green after a failed post: what is not green must be seen first.
                        if status.state.passes, failed { return (index, Posted(status: status, result: .heldBack)) }
                        if status.isSummary, status.state.passes {
                            return (index, await postGreen(status, on: head, of: repository, shown, rows, account))
                        }
                        return (index, await post(status, on: head, of: repository))
                    }
                }
                var results: [(Int, Posted)] = []
                for await result in group { results.append(result) }
                return results.sorted { $0.0 < $1.0 }.map(\.1)
            }
        }
        return posted
    }

    /// The green that opens the branch, unless another check of ours was faster and knew better.
    private func postGreen(
        _ status: DesiredStatus, on head: CommitID, of repository: RepositoryName, _ shown: [CommitStatus],
        _ rows: Result<[CommitStatus], ForgeError>, _ account: Account
    ) async -> Posted {
        do {
            let before = shown.first { $0.context.isExactly(status.context) }?.id ?? .min
            if let row = try rows.get().first(where: { $0.context.isExactly(status.context) }), row.id > before,
                row.creator == account, row.state?.passes != true
            {
                return Posted(status: status, result: .overtaken)
            }
        } catch {
            return Posted(status: status, result: .failed(error))
        }
        return await post(status, on: head, of: repository)
    }

    private static func rows(
        _ forge: ForgeClient, _ head: CommitID, _ repository: RepositoryName
    ) async -> Result<[CommitStatus], ForgeError> {
        do {
            return .success(try await forge.statuses(repository, of: head, all: false))
        } catch {
            return .failure(error)
        }
    }

    private func post(_ status: DesiredStatus, on head: CommitID, of repository: RepositoryName) async -> Posted {
        do {
            let row = try await forge.postStatus(
                repository, sha: head, context: status.context, state: status.state, description: status.description,
                targetURL: targetURL)
            return Posted(status: status, result: .posted, row: row.id)
        } catch {
            return Posted(status: status, result: .failed(error))
        }
    }

    /// What is not green, then the gates' greens, then the summary's; each step side by side.
    static func steps(_ statuses: [DesiredStatus]) -> [[DesiredStatus]] {
        let greens = statuses.filter(\.state.passes)
        return [
            statuses.filter { !$0.state.passes }, greens.filter { !$0.isSummary }, greens.filter(\.isSummary),
        ].filter { !$0.isEmpty }
    }

    static func stands(_ status: DesiredStatus, _ shown: [CommitStatus], _ account: Account) -> Bool {
        shown.contains { row in
            row.context.isExactly(status.context) && row.creator == account && row.state == status.state
                && row.description == status.description
        }
    }
}
