import GateForge
import GateStore
import Logging
import Synchronization

/// Whether the forge answers: said with the first try of a call that ran out of time, before it is tried again.
public final class ForgePulse: Sendable {
    private let silence = Mutex<(since: Moment, reason: String)?>(nil)
    private let now: @Sendable () -> Moment
    private let logger: Logger

    /// A forge that was not asked anything.
    public init(_ now: @escaping @Sendable () -> Moment, _ logger: Logger) {
        self.now = now
        self.logger = logger
    }

    /// Why nothing comes from the forge, and since when; nil while it answers, with whatever.
    public var problem: String? {
        silence.withLock { silence in
            silence.map {
                "\($0.reason); nothing has come from the forge for \(now().since($0.since).components.seconds) s"
            }
        }
    }

    /// One try of a call; for `ForgeSettings.onCall`.
    public func called(_ call: ForgeCall, _ failure: ForgeError.Kind?, _ duration: Duration) {
        switch failure {
        // Whoever gives up has heard nothing either way.
        case .cancelled: return
        case .timeout, .unreachable: silent(ForgeError(failure ?? .timeout, call), duration)
        default:
            let before = silence.withLock { silence in
                defer { silence = nil }
                return silence
            }
            guard let before else { return }
            let lasted = now().since(before.since).components.seconds
            logger.notice("the forge answers again", metadata: ["after": "\(lasted) s"])
        }
    }

    private func silent(_ error: ForgeError, _ duration: Duration) {
        let isNew = silence.withLock { silence in
            defer { silence = (silence?.since ?? now() - duration, error.reason) }
            return silence == nil
        }
        guard isNew else { return }
        logger.notice(
            "the forge does not answer", metadata: ["call": "\(error.call)", "problem": "\(error.reason)"])
    }
}
