import Hummingbird
import LastingConnections
import Logging
import NIOCore
import NIOPosix
import Testing

/// Connections that come in while a server ends; the other way of building one traps here within a few rounds.
@Suite struct LastingConnectionsTests {
    @Test func aServerEndsWhileConnectionsComeIn() async throws {
        let group = MultiThreadedEventLoopGroup.singleton
        var logger = Logger(label: "lasting")
        logger.logLevel = .critical
        for _ in 0..<100 {
            let (ports, port) = AsyncStream.makeStream(of: Int.self)
            let application = Application(
                responder: CallbackResponder<BasicRequestContext> { _, _ in Response(status: .ok) },
                server: .lasting(), configuration: .init(address: .hostname("127.0.0.1", port: 0)),
                onServerRunning: { port.yield($0.localAddress?.port ?? 0) }, logger: logger)
            let server = Task { try await application.run() }
            let bound = try #require(await ports.first { _ in true })
            await withTaskGroup(of: Void.self) { tasks in
                for number in 0..<24 {
                    if number == 12 { server.cancel() }
                    tasks.addTask {
                        let client = try? await ClientBootstrap(group: group).connect(host: "127.0.0.1", port: bound)
                            .get()
                        try? await client?.close()
                    }
                }
            }
            _ = await server.result
        }
    }
}
