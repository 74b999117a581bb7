import Synchronization

/// The gate that works at present: settings and secrets are exchanged by putting another in its place.
public final class GatekeeperHolder: Sendable {
    private let gate: Mutex<Gatekeeper>

    /// Holds a gate.
    public init(_ gate: Gatekeeper) { self.gate = Mutex(gate) }

    /// The present one; whoever has begun with another goes on with it.
    public var current: Gatekeeper {
        get { gate.withLock { $0 } }
        set { gate.withLock { $0 = newValue } }
    }
}
