import Hummingbird
import Synchronization
import Testing

@testable import GateForge

/// A server on this machine that gives canned answers and remembers what it was asked.
final class CannedForge: Sendable {
    private let log = Mutex<[Asked]>([])
    let port: Int

    private init(port: Int) { self.port = port }

    var asked: [Asked] { log.withLock { $0 } }
    var routes: [String] { asked.map { "\($0.method) \($0.uri)" } }
    var address: String { "http://127.0.0.1:\(port)" }

    private struct BreaksOff: Error {}

    /// Runs the body while the server answers.
    static func run<Value: Sendable>(
        host: String = "127.0.0.1", _ answer: @escaping @Sendable (Asked) -> Canned,
        _ body: (CannedForge) async throws -> Value
    ) async throws -> Value {
        let (ports, started) = AsyncStream.makeStream(of: Int.self)
        let pending = Mutex<CannedForge?>(nil)
        let responder = CallbackResponder<BasicRequestContext> { request, _ in
            let bytes = try await request.body.collect(upTo: 1 << 20)
            let asked = Asked(
                method: request.method.rawValue, uri: request.uri.string,
                headers: Dictionary(
                    request.headers.map { ($0.name.canonicalName, $0.value) }, uniquingKeysWith: { "\($0), \($1)" }),
                body: String(buffer: bytes))
            pending.withLock { $0 }?.log.withLock { $0.append(asked) }
            return try await response(answer(asked))
        }
        let application = Application(
            responder: responder, configuration: .init(address: .hostname(host, port: 0)),
            onServerRunning: { channel in
                started.yield(channel.localAddress?.port ?? 0)
            })
        // The server lives as long as the tests: NIO traps when one is cancelled while it accepts a connection.
        let server = Task {
            defer { started.finish() }
            try await application.run()
        }
        var iterator = ports.makeAsyncIterator()
        guard let port = await iterator.next() else {
            try await server.value
            throw BreaksOff()
        }
        let forge = CannedForge(port: port)
        pending.withLock { $0 = forge }
        return try await body(forge)
    }

    private static func response(_ canned: Canned) async throws -> Response {
        if canned.fault == .never {
            let (silence, voice) = AsyncStream.makeStream(of: Never.self)
            // Nothing ever comes.
            for await _ in silence {}
            voice.finish()
        }
        var response = Response(
            status: .init(code: canned.status), body: .init(byteBuffer: ByteBuffer(string: canned.body)))
        if canned.fault == .breaksOff {
            response.body = ResponseBody(contentLength: canned.body.utf8.count + 100) { writer in
                try await writer.write(ByteBuffer(string: canned.body))
                throw BreaksOff()
            }
        }
        if canned.fault == .stalls {
            response.body = ResponseBody(contentLength: canned.body.utf8.count + 100) { writer in
                try await writer.write(ByteBuffer(string: canned.body))
                let (silence, voice) = AsyncStream.makeStream(of: Never.self)
                for await _ in silence {}
                voice.finish()
            }
        }
        for (name, value) in canned.headers where !value.isEmpty {
            if let field = HTTPFields.Element.Name(name), field != .contentLength { response.headers[field] = value }
        }
        return response
    }
}
