import GateForge
import GateStore
import Logging
import Synchronization

/// Whether the forge answers: said with the first try of a call that ran out of time, before it is tried again; and whether
/// it accepts who asks.
public final class ForgePulse: Sendable {
    private struct Silence {
        var since: Moment
        var reason: String
        var isTold = false
    }

    /// The credentials of a client: those after a reload may be others.
    public struct Generation: Hashable, Sendable {
        fileprivate var number = 0

        /// Those of the start.
        public init() {}
    }

    private struct State {
        /// Whose credentials count, and the last that were given out.
        var present = Generation()
        var last = Generation()
        var silence: Silence?
        /// When the end of a silence was told.
        var toldEnd: Moment?
        /// Since when credentials are not accepted, and why.
        var refused: [Credential: Silence] = [:]
        /// When it was told of a credential that it is accepted again.
        var toldAccepted: [Credential: Moment] = [:]
    }

    /// A forge that falls silent again so soon is told only when it stays so: one slow endpoint would fill the log.
    private static let pause = Duration.seconds(60)

    private let state = Mutex(State())
    private let now: @Sendable () -> Moment
    private let logger: Logger

    /// A forge that was not asked anything.
    public init(_ now: @escaping @Sendable () -> Moment, _ logger: Logger) {
        self.now = now
        self.logger = logger
    }

    /// Why nothing comes from the forge, and since when; nil while it answers, with whatever.
    public var problem: String? {
        state.withLock { $0.silence }.map {
            "\($0.reason); nothing has come from the forge for \(now().since($0.since).components.seconds) s"
        }
    }

    /// Why credentials are not accepted, and since when; empty while all are, as far as they were used.
    public var refusals: [String] {
        let refused = state.withLock { $0.refused }
        return Credential.allCases.compactMap { refused[$0] }.map {
            "\($0.reason); for \(now().since($0.since).components.seconds) s"
        }
    }

    /// For a client with other credentials; they count once ``renewed(to:)`` says so.
    public func next() -> Generation {
        state.withLock { state in
            state.last.number += 1
            return state.last
        }
    }

    /// The credentials are others now: what was said of the old ones is forgotten, and what is still answered to them
    /// says nothing of these.
    public func renewed(to generation: Generation) {
        state.withLock { ($0.present, $0.refused) = (generation, [:]) }
    }

    /// One try of a call; for `ForgeSettings.onCall`.
    /// - Parameter generation: the caller's.
    public func called(
        _ call: ForgeCall, _ failure: ForgeError.Kind?, _ duration: Duration, of generation: Generation = Generation()
    ) {
        switch failure {
        // Whoever gives up has heard nothing either way.
        case .cancelled: return
        case .timeout, .unreachable, .proxyUnreachable:
            // What a client with other settings cannot reach says nothing of this one.
            guard state.withLock({ $0.present == generation }) else { return }
            silent(ForgeError(failure ?? .timeout, call), duration)
        default:
            judge(call, failure, generation)
            guard let ended = heard() else { return }
            let lasted = now().since(ended.since).components.seconds
            logger.notice("the forge answers again", metadata: ["after": "\(lasted) s"])
        }
    }

    /// Tells once that a credential is not accepted any more, and once that it is again; any other refusal says neither.
    private func judge(_ call: ForgeCall, _ failure: ForgeError.Kind?, _ generation: Generation) {
        let credential = call.credential
        guard let failure else {
            let ended = state.withLock { state -> Silence? in
                guard state.present == generation else { return nil }
                defer { state.refused[credential] = nil }
                guard let refusal = state.refused[credential], refusal.isTold else { return nil }
                state.toldAccepted[credential] = now()
                return refusal
            }
            guard let ended else { return }
            logger.notice(
                "the forge accepts `\(credential)` again",
                metadata: ["after": "\(now().since(ended.since).components.seconds) s"])
            return
        }
        let error = ForgeError(failure, call)
        guard error.refusesCredential else { return }
        let tells = state.withLock { state in
            guard state.present == generation else { return false }
            var refusal = state.refused[credential] ?? Silence(since: now(), reason: error.reason)
            refusal.reason = error.reason
            let isCalm = state.toldAccepted[credential].map { now().since($0) >= Self.pause } ?? true
            let tells = !refusal.isTold && (isCalm || now().since(refusal.since) >= Self.pause)
            refusal.isTold = refusal.isTold || tells
            state.refused[credential] = refusal
            return tells
        }
        guard tells else { return }
        logger.warning(
            "the forge does not accept `\(credential)`",
            metadata: ["call": "\(call)", "problem": "\(error.reason)", "cure": "\(error.cure)"])
    }

    /// The silence that this ends, where it was told.
    private func heard() -> Silence? {
        state.withLock { state in
            defer { state.silence = nil }
            guard let silence = state.silence, silence.isTold else { return nil }
            state.toldEnd = now()
            return silence
        }
    }

    private func silent(_ error: ForgeError, _ duration: Duration) {
        let tells = state.withLock { state in
            var silence = state.silence ?? Silence(since: now() - duration, reason: error.reason)
            silence.reason = error.reason
            let isCalm = state.toldEnd.map { now().since($0) >= Self.pause } ?? true
            let tells = !silence.isTold && (isCalm || now().since(silence.since) >= Self.pause)
            silence.isTold = silence.isTold || tells
            state.silence = silence
            return tells
        }
        guard tells else { return }
        logger.notice(
            "the forge does not answer", metadata: ["call": "\(error.call)", "problem": "\(error.reason)"])
    }
}
