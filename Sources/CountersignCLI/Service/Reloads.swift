import Logging
import ServiceLifecycle
import UnixSignals

/// Reloads the settings at every SIGHUP.
struct Reloads: Service {
    let assembly: ServiceAssembly
    let isListening: Bool

    func run() async throws {
        guard isListening else {
            try? await gracefulShutdown()
            return
        }
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
            // Why not is in the log, and in what `countersign status` says.
            try? assembly.reload()
        }
    }
}
