import Synchronization

/// Something that goes wrong with some calls.
public struct Fault: Sendable {
    /// What goes wrong.
    public enum Kind: Sendable {
        /// Another status, with a JSON message and perhaps `Retry-After` in seconds.
        case status(Int, retryAfter: Int? = nil)
        /// A page of a proxy instead of JSON.
        case html(Int)
        /// A refusal of something in front of the forge, in JSON.
        case gateway(Int)
        /// Half of the answer, then the connection breaks.
        case truncated
        /// The answer comes late.
        case delay(Duration)
        /// No answer ever.
        case hang
        /// Something else with status 200.
        case body(String)
        /// A status and nothing else.
        case empty(Int)
        /// A redirect to another place.
        case redirect(String)
        /// A proxy on the way takes the header `Authorization` away.
        case withoutAuthorization
    }

    /// The method, nil for any.
    public var method: String?
    /// A glob for the path below `/api/v1`; `*` crosses slashes.
    public var path: String
    /// Only calls of this account, nil for any.
    public var login: String?
    /// How many calls, nil for all.
    public var times: Int?
    /// What goes wrong.
    public var kind: Kind
    /// Whether the call is carried out although its answer goes wrong.
    public var takesEffect: Bool

    /// A fault for the calls that match.
    public init(
        method: String? = nil, path: String = "*", as login: String? = nil, times: Int? = nil, kind: Kind,
        takesEffect: Bool = false
    ) {
        self.method = method
        self.path = path
        self.login = login
        self.times = times
        self.kind = kind
        self.takesEffect = takesEffect
    }

    func applies(to record: RequestRecord) -> Bool {
        (method == nil || method == record.method) && (login == nil || login == record.login)
            && (times ?? 1) > 0 && (path == record.path || Glob(path).matches(record.path))
    }
}

/// What goes wrong with webhooks.
public struct WebhookFaults: Sendable {
    /// How many deliveries are lost from now on.
    public var drops = 0
    /// How many deliveries are sent twice from now on.
    public var doubles = 0
    /// Whether those that wait are sent newest first.
    public var reverses = false

    /// Nothing goes wrong.
    public init() {}
}

/// What goes wrong, set by tests.
public final class Faults: Sendable {
    private struct State {
        var faults: [Fault] = []
        var latency = Duration.zero
        var webhooks = WebhookFaults()
    }

    private let state = Mutex(State())

    /// Time added to every call.
    public var latency: Duration {
        get { state.withLock { $0.latency } }
        set { state.withLock { $0.latency = newValue } }
    }

    /// What goes wrong with webhooks.
    public var webhooks: WebhookFaults {
        get { state.withLock { $0.webhooks } }
        set { state.withLock { $0.webhooks = newValue } }
    }

    /// Adds a fault; of several that match, the first one added is used.
    public func add(_ fault: Fault) { state.withLock { $0.faults.append(fault) } }

    /// Lets something happen as if nothing went wrong.
    public func pausing<Value>(_ body: () async throws -> Value) async rethrows -> Value {
        let kept = state.withLock { state in
            let kept = state
            state = State()
            return kept
        }
        defer { state.withLock { $0 = kept } }
        return try await body()
    }

    /// Everything works again.
    public func clear() { state.withLock { $0 = State() } }

    func take(for record: RequestRecord) -> Fault? {
        state.withLock { state in
            guard let index = state.faults.firstIndex(where: { $0.applies(to: record) }) else { return nil }
            if let times = state.faults[index].times { state.faults[index].times = times - 1 }
            return state.faults[index]
        }
    }

    /// The deliveries that are really sent, in the order in which they are.
    func applied(to waiting: [PendingDelivery]) -> [PendingDelivery] {
        state.withLock { state in
            var sent: [PendingDelivery] = []
            for delivery in state.webhooks.reverses ? waiting.reversed() : waiting {
                if state.webhooks.drops > 0 {
                    state.webhooks.drops -= 1
                    continue
                }
                sent.append(delivery)
                guard state.webhooks.doubles > 0 else { continue }
                state.webhooks.doubles -= 1
                sent.append(delivery)
            }
            return sent
        }
    }
}
