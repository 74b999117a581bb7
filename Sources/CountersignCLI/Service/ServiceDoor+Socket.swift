import Foundation
import GateDoctor

extension ServiceDoor {
    /// The way to the service through its control socket.
    init(socket: String, sleep: @escaping @Sendable (Duration) async throws -> Void) {
        let client = ControlClient(path: socket)
        self.init(
            look: {
                do throws(SettingsError) {
                    guard let answer = try await client.ask(.evidence) else {
                        return client.isThere
                            ? .silent(socket: socket, problem: "nobody listens there") : .absent(socket: socket)
                    }
                    guard answer.isDone, let evidence = JSONText.read(ServiceEvidence.self, answer.text) else {
                        return .silent(socket: socket, problem: "it answers what this version does not understand")
                    }
                    return .running(evidence)
                } catch {
                    return .silent(socket: socket, problem: error.description)
                }
            }, wait: { try? await sleep($0) })
    }
}
