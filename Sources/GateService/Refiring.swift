import GateForge
import GatePolicy
import GateStore

/// Decides anew on pull requests, some side by side.
public struct Refiring: Sendable {
    /// What is to be decided anew.
    public enum Target: Sendable, Hashable, Codable {
        /// A pull request, whatever it shows.
        case pull(Subject)
        /// A repository's.
        case repository(RepositoryName)
        /// An organisation's.
        case organization(String)

        /// Its name.
        var name: String {
            switch self {
            case .pull(let subject): "\(subject)"
            case .repository(let name): "\(name)"
            case .organization(let name): name
            }
        }
    }

    /// A pull request that is to be decided anew.
    public struct Chosen: Sendable, Hashable, Codable {
        /// The pull request.
        public var subject: Subject
        /// What its summary is; nil for none, or one without a state.
        public var before: StatusState?
    }

    /// A pull request before and after.
    public struct Turned: Sendable, Hashable, Codable {
        /// The pull request.
        public var subject: Subject
        /// What its summary was; nil for none, or one without a state.
        public var before: StatusState?
        /// What it is now; nil where nothing is posted.
        public var after: StatusState?
        /// Whether everything was known and posted.
        public var isDecided: Bool
        /// The first thing that was not, in words.
        public var obstacle: String?

        /// A pull request that was decided anew, or was to be.
        public init(
            subject: Subject, before: StatusState?, after: StatusState?, isDecided: Bool, obstacle: String? = nil
        ) {
            self.subject = subject
            self.before = before
            self.after = after
            self.isDecided = isDecided
            self.obstacle = obstacle
        }

        /// What is said where there are no gates any more.
        public static let leftAsItWas = "without gates: what was posted stays"

        /// `acme/widget#3: error → success`.
        public var line: String {
            let step = "\(before?.rawValue ?? "nothing") → \(after?.rawValue ?? "nothing")"
            return "\(subject): \(isUngated ? change : step)" + (obstacle.map { " (\($0))" } ?? "")
        }

        /// What became of it, in the words that count it.
        var change: String {
            if isUngated { return "without gates: nothing is posted" }
            let before = before?.rawValue ?? "nothing"
            let after = after?.rawValue ?? "nothing"
            return before == after ? "stayed \(after)" : "\(before) → \(after)"
        }

        /// Whether nothing was to be posted.
        private var isUngated: Bool { before == nil && after == nil && isDecided && obstacle == nil }
    }

    /// Something that could not be looked at.
    public struct Unread: Sendable, Hashable, Codable {
        /// A repository, a pull request or an organisation.
        public var name: String
        /// Why not.
        public var reason: String
    }

    /// What is to be done.
    public struct Choice: Sendable {
        /// The pull requests.
        public var chosen: [Chosen] = []
        /// What could not be looked at.
        public var unread: [Unread] = []
    }

    let forge: ForgeClient
    let check: CheckRun
    let takesAll: Bool
    let contexts: [String]
    let width: Int
    /// Where the statuses of a pull request are to lead; nil where nobody asks.
    let link: (@Sendable (PullRequestSnapshot) -> String?)?

    /// A run.
    /// - Parameters:
    ///   - takesAll: whether those that are decided are taken too.
    ///   - contexts: statuses of others; a pull request where one is not green is taken too.
    ///   - width: how many are decided side by side.
    ///   - link: where the statuses of a pull request are to lead; one where they lead elsewhere is taken too.
    public init(
        _ forge: ForgeClient, _ check: CheckRun, takesAll: Bool, contexts: [String], width: Int,
        link: (@Sendable (PullRequestSnapshot) -> String?)? = nil
    ) {
        self.forge = forge
        self.check = check
        self.takesAll = takesAll
        self.contexts = contexts
        self.width = width
        self.link = link
    }

    /// Runs it; throws only when not even what is to be done could be read.
    public func run(
        _ targets: [Target], progress: @escaping @Sendable (Int, Int, Turned) -> Void
    ) async throws(ForgeError) -> Report {
        let choice = try await choose(targets)
        var report = Report(unread: choice.unread)
        let total = choice.chosen.count
        let counter = Counter()
        report.turned = await choice.chosen.sideBySide(width) { one in
            let turned = await turn(one.subject, one.before)
            progress(await counter.next(), total, turned)
            return turned
        }
        return report
    }

    private actor Counter {
        private var count = 0
        func next() -> Int {
            count += 1
            return count
        }
    }

    private func turn(_ subject: Subject, _ before: StatusState?) async -> Turned {
        do {
            let report = try await check.run(subject, posts: true)
            let failed = (report.posted ?? []).first { $0.result.isUnfinished }
            var turned = Turned(
                subject: subject, before: before, after: report.statuses.last?.state, isDecided: true, obstacle: nil)
            if let now = report.decision.snapshot, !now.pullRequest.isOpen {
                turned.after = before
                turned.obstacle = "it is closed"
            } else if let failed {
                turned.isDecided = false
                turned.after = before
                turned.obstacle = "not posted: \(failed.status.context): \(failed.result.obstacle)"
            } else if report.decision.outcome == .undecided {
                turned.isDecided = false
                turned.obstacle = report.statuses.last?.description
            } else if report.statuses.isEmpty, before != nil {
                // Without a policy nothing is posted, and what was is still there.
                turned.after = before
                turned.obstacle = Turned.leftAsItWas
            } else if let blind = report.statuses.first(where: { $0.state == .error }) {
                turned.isDecided = false
                turned.obstacle = "\(blind.context): \(blind.description)"
            }
            return turned
        } catch {
            return Turned(subject: subject, before: before, after: before, isDecided: false, obstacle: error.reason)
        }
    }
}

extension Publisher.Posted.Result {
    /// Whether the head does not show what it should.
    var isUnfinished: Bool {
        switch self {
        case .failed, .heldBack, .overtaken: true
        case .posted, .unchanged: false
        }
    }

    /// Why the head does not show it.
    fileprivate var obstacle: String {
        let known: PostedStatus.Result
        switch self {
        case .failed(let error): return error.reason
        case .heldBack: known = .heldBack
        case .overtaken: known = .overtaken
        case .posted, .unchanged: known = .posted
        }
        return known.obstacle ?? ""
    }
}
