import GateStore
import Logging
import ServiceLifecycle

/// Works off the dirty set: several lanes for what people wait for, one for the schedule within its budget.
public struct Worker: Service {
    let gates: GatekeeperHolder
    /// How often the lanes look by themselves: for what was to be tried again later.
    let pulse = Duration.milliseconds(500)
    private let repeats = Repeats()

    /// A worker.
    public init(_ gates: GatekeeperHolder) { self.gates = gates }

    /// Works until it is told to stop; what was begun is finished.
    public func run() async throws {
        let bell = gates.current.bell
        await withGracefulShutdownHandler {
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<max(gates.current.settings.concurrency, 1) {
                    group.addTask { for await _ in bell.listen() { await lane(.event) } }
                }
                group.addTask { for await _ in bell.listen() { await lane(.background) } }
                group.addTask {
                    // Ends with the sleep, which the end of the lanes cancels.
                    while !Task.isCancelled, (try? await gates.current.clock.sleep(pulse)) != nil { bell.ring() }
                }
                // The lanes end when the bell is silenced; then the pulse is to end too.
                for _ in 0...max(gates.current.settings.concurrency, 1) { await group.next() }
                group.cancelAll()
            }
        } onGracefulShutdown: {
            bell.silence()
        }
    }

    /// One thing after another, until nothing is due.
    private func lane(_ urgency: Mark.Urgency) async {
        while !Task.isCancelled, !Task.isShuttingDownGracefully {
            let gate = gates.current
            if urgency == .background, gate.budget.delay(gate.clock.now()) > .zero { return }
            do {
                guard try await gate.processNext(only: urgency) != nil else { return }
            } catch {
                if repeats.isToTell("\(error)", at: gate.clock.now()) {
                    gate.logger.error(
                        "nothing can be worked off: the store does not answer", metadata: ["problem": "\(error)"])
                }
                return
            }
        }
    }
}
