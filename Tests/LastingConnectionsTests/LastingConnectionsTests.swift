import Foundation
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

    /// Clients that do not keep a connection read to its end: text browsers, checks of older balancers.
    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            "GET / HTTP/1.0\r\n\r\n", "GET / HTTP/1.0\r\nHost: x\r\nConnection: keep-alive\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nConnection: Close\r\n\r\n",
        ])
    func whoDoesNotKeepAConnectionSeesItsEnd(_ request: String) async throws {
        let answer = try await answer(to: request) {
            Response(status: .ok, body: .init(byteBuffer: ByteBuffer(string: "hello")))
        }
        #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n") && answer.hasSuffix("\r\n\r\nhello"))
    }

    /// Whoever has a body announced that nobody waits for sees the answer and then the end, whatever it says.
    @Test(.timeLimit(.minutes(1)), arguments: ["GET", "POST"])
    func anAnswerBeforeTheEndOfTheRequestIsTheLast(_ method: String) async throws {
        let request = "\(method) / HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000\r\n\r\nthe first of many"
        let answer = try await answer(to: request) { Response(status: .notFound, headers: [.contentLength: "0"]) }
        #expect(answer.hasPrefix("HTTP/1.1 404 "))
        #expect(answer.lowercased().contains("\r\nconnection: close\r\n"))
    }

    /// What came as a whole is answered, and so is the next, also where nobody looked at the first one's body.
    @Test(.timeLimit(.minutes(1))) func aConnectionIsKeptAfterWholeRequests() async throws {
        let first = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello"
        let last = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        let answer = try await answer(to: first + first + last) {
            Response(status: .ok, headers: [.contentLength: "0"])
        }
        #expect(answer.components(separatedBy: "HTTP/1.1 200 OK\r\n").count == 4, "\(answer)")
    }

    /// All that comes on a connection until the server ends it.
    private func answer(to request: String, _ respond: @escaping @Sendable () -> Response) async throws -> String {
        var logger = Logger(label: "lasting")
        logger.logLevel = .critical
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            responder: CallbackResponder<BasicRequestContext> { _, _ in respond() },
            server: .lasting(), configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { port.yield($0.localAddress?.port ?? 0) }, logger: logger)
        let server = Task { try await application.run() }
        let bound = try #require(await ports.first { _ in true })
        let client = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: bound) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        let answer = try await client.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: request))
            var answer = ""
            for try await part in inbound { answer += String(buffer: part) }
            return answer
        }
        server.cancel()
        _ = await server.result
        return answer
    }
}
