import GateForge
import GatePolicy
import GateStore
import Metrics

/// Every metric of the service: the names are here and nowhere else.
public enum GateInstruments {
    /// The names, each with what it measures.
    public enum Name: String, CaseIterable, Sendable {
        /// Things marked dirty.
        case marks = "countersign_marks"
        /// Evaluations, by what they came to (`outcome`).
        case verdicts = "countersign_verdicts"
        /// Undecided evaluations, by the kind of obstacle (`cause`).
        case undecided = "countersign_undecided"
        /// Evaluations that failed and are tried again.
        case failures = "countersign_failures"
        /// From the mark to the last status (`urgency`).
        case latency = "countersign_latency_seconds"
        /// Calls to the forge, by `endpoint`, `credential` and `result`.
        case calls = "countersign_forge_calls"
        /// How long they took, by `endpoint`.
        case callTime = "countersign_forge_call_seconds"
        /// Things that people wait for.
        case dirty = "countersign_dirty"
        /// Things that only the schedule asks for.
        case dirtyBackground = "countersign_dirty_background"
        /// Seconds since the oldest of what people wait for was marked.
        case dirtyAge = "countersign_dirty_age_seconds"
        /// Things that keep failing.
        case poisoned = "countersign_poisoned"
        /// Statuses in our contexts that somebody else posted, by `favourable`.
        case foreign = "countersign_foreign_statuses"
        /// Statuses, by `result` (posted, unchanged, …).
        case statuses = "countersign_statuses"
        /// Seconds since the open pull request that was confirmed longest ago was confirmed.
        case reconcileAge = "countersign_reconcile_age_seconds"
        /// Seconds between two looks at an open pull request at present, by `class` (green, active, all).
        case reconcilePeriod = "countersign_reconcile_period_seconds"
        /// Open pull requests.
        case openPulls = "countersign_open_pull_requests"
        /// Merges and pushes that went around a gate, by `kind`.
        case bypasses = "countersign_bypasses"
        /// Always 1; what runs stands in its label (`version`).
        case build = "countersign_build_info"

        /// What it measures, for the metrics page.
        public var help: String {
            switch self {
            case .marks: "Things marked dirty."
            case .verdicts: "Evaluations by what they came to."
            case .undecided: "Undecided evaluations by the kind of obstacle."
            case .failures: "Evaluations that failed and are tried again."
            case .latency: "From the mark to the last status."
            case .calls: "Calls to the forge by endpoint, credential and result."
            case .callTime: "How long a call to the forge took."
            case .dirty: "Things that people wait for."
            case .dirtyBackground: "Things that only the schedule asks for."
            case .dirtyAge: "Age of the oldest thing that people wait for."
            case .poisoned: "Things that keep failing."
            case .foreign: "Statuses in our contexts that somebody else posted."
            case .statuses: "Statuses by what became of them."
            case .reconcileAge: "Age of the oldest confirmation of an open pull request."
            case .reconcilePeriod: "Seconds between two looks at an open pull request at present, by class."
            case .openPulls: "Open pull requests."
            case .bypasses: "Merges and pushes that went around a gate."
            case .build: "Always 1, with the version of the program."
            }
        }
    }

    /// Sentences about them, for `/metrics`.
    public static var help: [String: String] {
        Dictionary(uniqueKeysWithValues: Name.allCases.map { ($0.rawValue, $0.help) })
    }

    private static func counter(_ name: Name, _ labels: [(String, String)] = []) -> Counter {
        Counter(label: name.rawValue, dimensions: labels)
    }

    /// Shows what may not happen for long at 0: of a counter that begins with its first event, that event is no increase.
    /// - Parameter version: the version of the program.
    public static func begin(version: String) {
        gauge(.build, 1, [("version", version)])
        counter(.failures).increment(by: 0)
        for favourable in ["yes", "no"] { counter(.foreign, [("favourable", favourable)]).increment(by: 0) }
        for kind in Bypass.Kind.allCases { counter(.bypasses, [("kind", kind.rawValue)]).increment(by: 0) }
        for cause in Unknown.Cause.allCases.map(\.rawValue) + [invalidPolicy] {
            counter(.undecided, [("cause", cause)]).increment(by: 0)
        }
    }

    /// The cause where everything is known and the policy cannot be used.
    private static let invalidPolicy = "invalid-policy"

    static func marked(_ count: Int) { if count > 0 { counter(.marks).increment(by: count) } }

    static func decided(_ outcome: Outcome?, causes: Set<Unknown.Cause>) {
        counter(.verdicts, [("outcome", outcome?.rawValue ?? "unmanaged")]).increment()
        if outcome == .undecided {
            for cause in causes.isEmpty ? [invalidPolicy] : causes.map(\.rawValue) {
                counter(.undecided, [("cause", cause)]).increment()
            }
        }
    }

    static func failed() { counter(.failures).increment() }

    static func settled(_ urgency: Mark.Urgency, after duration: Duration) {
        let name = urgency == .event ? "event" : "background"
        Timer(label: Name.latency.rawValue, dimensions: [("urgency", name)])
            .recordNanoseconds(max(0, duration.wholeMilliseconds) * 1_000_000)
    }

    static func posted(_ result: PostedStatus.Result) { counter(.statuses, [("result", result.rawValue)]).increment() }

    static func foreign(isFavourable: Bool) {
        counter(.foreign, [("favourable", isFavourable ? "yes" : "no")]).increment()
    }

    static func bypassed(_ kind: Bypass.Kind) { counter(.bypasses, [("kind", kind.rawValue)]).increment() }

    /// One try of a call to the forge; for `ForgeSettings.onCall`.
    public static func called(_ call: ForgeCall, _ failure: ForgeError.Kind?, _ duration: Duration) {
        let endpoint = "\(call.method) \(call.path)"
        counter(
            .calls,
            [("endpoint", endpoint), ("credential", "\(call.credential)"), ("result", failure?.name ?? "ok")]
        ).increment()
        let (seconds, attoseconds) = duration.components
        Timer(label: Name.callTime.rawValue, dimensions: [("endpoint", endpoint)])
            .recordNanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }

    static func gauge(_ name: Name, _ value: Double, _ labels: [(String, String)] = []) {
        Gauge(label: name.rawValue, dimensions: labels).record(value)
    }
}

extension ForgeError.Kind {
    /// A word for metrics.
    var name: String {
        switch self {
        case .unauthorized: "unauthorized"
        case .forbidden: "forbidden"
        case .missingScope: "missing-scope"
        case .notFound: "not-found"
        case .methodNotAllowed: "method-not-allowed"
        case .conflict: "conflict"
        case .rejected: "rejected"
        case .serverError: "server-error"
        case .rateLimited: "rate-limited"
        case .timeout: "timeout"
        case .proxyUnreachable, .unreachable: "unreachable"
        case .proxyPage: "proxy-page"
        case .malformed: "malformed"
        case .tooLarge: "too-large"
        case .overLimit: "over-limit"
        case .moving: "moving"
        case .redirectRefused: "redirect-refused"
        case .redirectedAway: "redirected-away"
        case .invalidInput: "invalid-input"
        case .cancelled: "cancelled"
        }
    }
}
