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
            do {
                try assembly.reload()
            } catch {
                assembly.logger.error("settings not reloaded", metadata: ["problem": "\(error)"])
            }
        }
    }
}
