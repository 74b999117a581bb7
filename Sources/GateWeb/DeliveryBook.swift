import GatePolicy
import Synchronization

/// What came in at the hook route since the start, so that a doctor can tell whether webhooks work.
public final class DeliveryBook: Sendable {
    /// Repositories that are remembered; whatever their names, they were signed for.
    static let maximumRepositories = 100_000

    /// What came in from a repository, rightly signed.
    public struct Arrival: Hashable, Sendable {
        /// When the last one came in.
        public var last: Timestamp
        /// How many of them were tests of a webhook.
        public var tests: Int
    }

    /// What was refused.
    public struct Refusals: Hashable, Sendable {
        /// How many.
        public var count = 0
        /// When the last one came in; nil for none.
        public var last: Timestamp?

        mutating func note(_ now: Timestamp) {
            count += 1
            last = now
        }
    }

    /// One look at it.
    public struct Page: Sendable {
        /// Since when.
        public var since: Timestamp
        /// What came in, by the repository's name in lower case.
        public var arrivals: [String: Arrival] = [:]
        /// What was not signed with our secret.
        public var forged = Refusals()
        /// What was not signed at all.
        public var unsigned = Refusals()
    }

    private let stored: Mutex<Page>
    /// When refusals of a kind were last told in the log.
    private let told = Mutex<[WebInstruments.DeliveryResult: Timestamp]>([:])

    /// An empty book.
    public init(since: Timestamp) { stored = Mutex(Page(since: since)) }

    /// What is in it.
    public var page: Page { stored.withLock { $0 } }

    /// Begins anew: what came in before proves nothing of other secrets.
    func begin(at now: Timestamp) { stored.withLock { $0 = Page(since: now) } }

    func arrived(_ repository: RepositoryName, isTest: Bool = false, at now: Timestamp) {
        stored.withLock { page in
            let key = repository.description.lowercased()
            let tests = page.arrivals[key]?.tests ?? 0
            guard page.arrivals[key] != nil || page.arrivals.count < Self.maximumRepositories else { return }
            page.arrivals[key] = Arrival(last: now, tests: tests + (isTest ? 1 : 0))
        }
    }

    /// Whether a refusal is to be told in the log: of each kind one a minute, for anybody may have deliveries refused.
    func tells(_ kind: WebInstruments.DeliveryResult, at now: Timestamp) -> Bool {
        told.withLock { told in
            // A clock that was set back hides nothing.
            if let last = told[kind], (0..<60).contains(now.seconds - last.seconds) { return false }
            told[kind] = now
            return true
        }
    }

    func refused(isSigned: Bool, at now: Timestamp) {
        stored.withLock { page in
            if isSigned { page.forged.note(now) } else { page.unsigned.note(now) }
        }
    }
}
