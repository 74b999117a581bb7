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
    private let uptime: @Sendable () -> Duration
    /// Where a status of ours may lead that is to stand as it is; nil where that does not matter.
    ///
    /// Only where an operator asks: two services with other addresses would post over each other for ever.
    var links: Set<String>?
    /// Whether what was decided still holds; asked before anything goes green that may open a branch.
    var proof: (@Sendable () async -> Result<Bool, ForgeError>)?

    /// A publisher.
    /// - Parameters:
    ///   - targetURL: where the statuses lead; nil for nowhere.
    ///   - uptime: tells how long something took.
    public init(_ forge: ForgeClient, targetURL: String? = nil, uptime: @escaping @Sendable () -> Duration) {
        self.forge = forge
        self.targetURL = targetURL
        self.uptime = uptime
    }

    /// How old the last look before a green may be.
    private static let sightAge = Duration.seconds(1)

    /// What was seen last before something goes green.
    private struct Sight: Sendable {
        /// The rows on the commit; nil where what was decided does not hold any more.
        var rows: Result<[CommitStatus]?, ForgeError>
        /// When it was begun.
        var at: Duration
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
        let goesGreen = statuses.contains {
            isGuarded($0) && $0.state.passes && !stands($0, shown, account)
        }
        let steps = Self.steps(statuses, isGuarded)
        let guarded = steps.firstIndex { $0.contains { isGuarded($0) && $0.state.passes } } ?? steps.count
        var sight: Sight?
        for (index, step) in steps.enumerated() {
            let failed = posted.contains { $0.result.isFailure }
            if goesGreen, index >= guarded, !failed, sight.map({ uptime() - $0.at > Self.sightAge }) ?? true {
                sight = await self.sight(head, repository)
            }
            let rows = sight?.rows ?? .success([])
            // Side by side with the gates' own posts, where they are quick: it costs no time, only a call.
            async let next: Sight? = goesGreen && index + 1 == guarded ? self.sight(head, repository) : nil
            posted += await withTaskGroup(of: (Int, Posted).self) { group in
                for (index, status) in step.enumerated() {
                    group.addTask {
                        if stands(status, shown, account) {
                            return (index, Posted(status: status, result: .unchanged))
                        }
                        // Nothing goes green after a failed post: what is not green must be seen first.
                        if status.state.passes, failed { return (index, Posted(status: status, result: .heldBack)) }
                        if isGuarded(status), status.state.passes {
                            return (index, await postGreen(status, on: head, of: repository, shown, rows, account))
                        }
                        return (index, await post(status, on: head, of: repository))
                    }
                }
                var results: [(Int, Posted)] = []
                for await result in group { results.append(result) }
                return results.sorted { $0.0 < $1.0 }.map(\.1)
            }
            if let next = await next { sight = next }
        }
        return posted
    }

    /// Whether protection may well require it: the summary, and where facts were kept, contexts of a policy's own choice.
    private func isGuarded(_ status: DesiredStatus) -> Bool {
        status.isSummary || proof != nil && !Policy.isStandardGate(status.context)
    }

    /// The rows, where what was decided still holds; nil where it does not.
    private static func both(
        _ rows: Result<[CommitStatus], ForgeError>, _ proven: Result<Bool, ForgeError>?
    ) -> Result<[CommitStatus]?, ForgeError> {
        switch proven {
        case nil, .success(true): rows.map { .some($0) }
        case .success(false): .success(nil)
        case .failure(let error): .failure(error)
        }
    }

    /// The green that opens the branch, unless another check of ours was faster and knew better.
    private func postGreen(
        _ status: DesiredStatus, on head: CommitID, of repository: RepositoryName, _ shown: [CommitStatus],
        _ rows: Result<[CommitStatus]?, ForgeError>, _ account: Account
    ) async -> Posted {
        do {
            guard let rows = try rows.get() else { return Posted(status: status, result: .overtaken) }
            let before = shown.first { $0.context.isExactly(status.context) }?.id ?? .min
            if let row = rows.first(where: { $0.context.isExactly(status.context) }), row.id > before,
                // Where rows were kept, a row that we do not know may be anybody's: everything is looked at again.
                proof != nil || row.creator == account && row.state?.passes != true
            {
                return Posted(status: status, result: .overtaken)
            }
        } catch {
            return Posted(status: status, result: .failed(error))
        }
        return await post(status, on: head, of: repository)
    }

    private func sight(_ head: CommitID, _ repository: RepositoryName) async -> Sight {
        let begun = uptime()
        async let rows = Self.rows(forge, head, repository)
        async let proven = proof?()
        return Sight(rows: Self.both(await rows, await proven), at: begun)
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
    static func steps(
        _ statuses: [DesiredStatus], _ isGuarded: (DesiredStatus) -> Bool = \.isSummary
    ) -> [[DesiredStatus]] {
        let greens = statuses.filter(\.state.passes)
        let gates = greens.filter { !$0.isSummary }
        return [
            statuses.filter { !$0.state.passes }, gates.filter { !isGuarded($0) }, gates.filter(isGuarded),
            greens.filter(\.isSummary),
        ].filter { !$0.isEmpty }
    }

    /// The same, and it leads where it should.
    private func stands(_ status: DesiredStatus, _ shown: [CommitStatus], _ account: Account) -> Bool {
        Self.stands(status, shown.filter { links?.contains($0.targetURL) ?? true }, account)
    }

    static func stands(_ status: DesiredStatus, _ shown: [CommitStatus], _ account: Account) -> Bool {
        shown.contains { row in
            row.context.isExactly(status.context) && row.creator == account && row.state == status.state
                && row.description == status.description
        }
    }
}
