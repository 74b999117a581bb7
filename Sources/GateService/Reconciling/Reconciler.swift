import GateStore
import ServiceLifecycle

/// Looks again at what nothing was heard of: forges deliver at most once, and say nothing of dismissed reviews.
public struct Reconciler: Service {
    let gates: GatekeeperHolder

    /// A reconciler.
    public init(_ gates: GatekeeperHolder) { self.gates = gates }

    /// Runs until it is told to stop.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let pause = await gates.current.reconcile()
                // An end of the pause by cancellation ends the loop.
                if (try? await gates.current.clock.sleep(pause)) == nil { return }
            }
        }
    }
}
