import GateForge
import Synchronization

/// Clients that a reload replaced: whoever has begun with one goes on with it, so they are closed at the end.
final class RetiredClients: Sendable {
    private let clients = Mutex<[ForgeClient]>([])

    func add(_ client: ForgeClient) { clients.withLock { $0.append(client) } }

    func shutdown() async {
        let all = clients.withLock { clients in
            defer { clients = [] }
            return clients
        }
        for client in all { await client.shutdown() }
    }
}
