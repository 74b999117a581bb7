import GatePolicy

/// What a running service says of itself; lists are cut short, and their counts say so.
public struct ServiceEvidence: Codable, Sendable, Hashable {
    /// Entries of one list.
    public static let maximumEntries = 200

    /// Something that it cannot do.
    public struct Obstacle: Codable, Sendable, Hashable {
        /// What was tried: `store`, `service token`, `directory token`.
        public var name: String
        /// What is wrong.
        public var problem: String

        /// Something that it cannot do.
        public init(name: String, problem: String) {
            self.name = name
            self.problem = problem
        }
    }

    /// A pull request that it could not decide.
    public struct Undecided: Codable, Sendable, Hashable {
        /// The pull request.
        public var subject: String
        /// The kind of obstacle.
        public var cause: String
        /// Why.
        public var reason: String

        /// A pull request that it could not decide.
        public init(subject: String, cause: String, reason: String) {
            self.subject = subject
            self.cause = cause
            self.reason = reason
        }
    }

    /// Something that fails again and again.
    public struct Failing: Codable, Sendable, Hashable {
        /// A pull request, a branch or a repository.
        public var subject: String
        /// How often in a row.
        public var attempts: Int
        /// What went wrong last.
        public var problem: String

        /// Something that fails.
        public init(subject: String, attempts: Int, problem: String) {
            self.subject = subject
            self.attempts = attempts
            self.problem = problem
        }
    }

    /// A status of ours that somebody else posted.
    public struct Foreign: Codable, Sendable, Hashable {
        /// The pull request.
        public var subject: String
        /// The context.
        public var context: String
        /// Who posted it.
        public var creator: String

        /// A status that somebody else posted.
        public init(subject: String, context: String, creator: String) {
            self.subject = subject
            self.context = context
            self.creator = creator
        }
    }

    /// A context that has been pending for long.
    public struct Pending: Codable, Sendable, Hashable {
        /// The pull request.
        public var subject: String
        /// The context.
        public var context: String
        /// Since when.
        public var since: Timestamp

        /// A context that is pending.
        public init(subject: String, context: String, since: Timestamp) {
            self.subject = subject
            self.context = context
            self.since = since
        }
    }

    /// What came in at the hook route.
    public struct Deliveries: Codable, Sendable, Hashable {
        /// A count and the time of the last.
        public struct Refused: Codable, Sendable, Hashable {
            /// How many.
            public var count: Int
            /// When the last one came in.
            public var last: Timestamp?

            /// Refused ones.
            public init(count: Int = 0, last: Timestamp? = nil) {
                self.count = count
                self.last = last
            }
        }

        /// Since when it is counted: the start of the service.
        public var since: Timestamp
        /// The last delivery of each repository, by its name in lower case.
        public var last: [String: Timestamp]
        /// How many tests of webhooks came in from each repository.
        public var tests: [String: Int]
        /// Those with another signature.
        public var forged: Refused
        /// Those without a signature.
        public var unsigned: Refused

        /// What came in.
        public init(
            since: Timestamp, last: [String: Timestamp] = [:], tests: [String: Int] = [:], forged: Refused = Refused(),
            unsigned: Refused = Refused()
        ) {
            self.since = since
            self.last = last
            self.tests = tests
            self.forged = forged
            self.unsigned = unsigned
        }
    }

    /// Its clock.
    public var now: Timestamp
    /// What it cannot do.
    public var obstacles: [Obstacle] = []
    /// Seconds since the least fresh open pull request was confirmed.
    public var lagSeconds: Int64 = 0
    /// Within how many seconds each is confirmed, as long as the schedule is stretched as it is.
    public var periodSeconds: Int64 = 900
    /// Within how many seconds each would be confirmed if nothing were stretched; nil from a service that does not say.
    public var wantedSeconds: Int64?
    /// Seconds that the oldest event has been waiting.
    public var oldestEventSeconds: Int64 = 0
    /// Open pull requests that could not be decided.
    public var undecided: [Undecided] = []
    /// What has failed too often to be tried again soon.
    public var poisoned: [Failing] = []
    /// Statuses of ours that somebody else posted on the heads of open pull requests.
    public var foreign: [Foreign] = []
    /// Contexts that have been pending for longer than `pendingSeconds`.
    public var pending: [Pending] = []
    /// What came in at the hook route.
    public var deliveries: Deliveries
    /// The ids of the teams that policies were first used with, by `organisation/team` in lower case; nil from a service
    /// that does not tell them.
    public var knownTeams: [String: Int64]?
    /// The repositories that have gates by what it has seen, by name; nil from a service that does not tell them.
    public var managed: [String]?
    /// Seconds after which it tells of what is pending; nil from a service that does not say.
    public var pendingSeconds: Int64?

    /// The repositories that it has worked for, each once; from a service that does not tell which have gates, also those
    /// that it has only heard of.
    public var gated: [RepositoryName] {
        let subjects = undecided.map(\.subject) + pending.map(\.subject)
        let heard = managed ?? (deliveries.last.keys.sorted() + poisoned.map(\.subject))
        var seen: Set<String> = []
        return (heard + subjects).compactMap { subject in
            RepositoryName(String(subject.prefix { $0 != "#" && $0 != " " }))
        }.filter { seen.insert($0.description.lowercased()).inserted }
    }

    /// A service in which all is well.
    public init(now: Timestamp, since: Timestamp) {
        self.now = now
        deliveries = Deliveries(since: since)
    }
}

/// What became of asking a service on this machine.
public enum ServiceAnswer: Sendable, Hashable {
    /// It runs.
    case running(ServiceEvidence)
    /// None runs where the settings say.
    case absent(socket: String)
    /// One should run, and does not answer.
    case silent(socket: String, problem: String)
}

/// The way to a service on this machine.
public struct ServiceDoor: Sendable {
    /// Asks it.
    public var look: @Sendable () async -> ServiceAnswer
    /// Waits, between two looks.
    public var wait: @Sendable (Duration) async -> Void

    /// A way to a service.
    public init(
        look: @escaping @Sendable () async -> ServiceAnswer, wait: @escaping @Sendable (Duration) async -> Void
    ) {
        self.look = look
        self.wait = wait
    }
}
