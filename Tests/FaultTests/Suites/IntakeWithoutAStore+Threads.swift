import Dispatch
import Foundation
import Glibc
import Testing

@testable import GateWeb

extension Faults.IntakeWithoutAStore {
    /// Reading, decoding and deciding may hold every thread that tasks share, for as long as an author likes: what a
    /// stranger's policy takes is not taken from the forge, which delivers once.
    @Test func everySharedThreadIsHeld() async throws {
        try await Door.with { door, _ in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await door.web.run() }
                let port = try #require(await door.ports.first { _ in true })
                let statuses = await Self.whileEverySharedThreadIsHeld {
                    (1...3).map { Self.post($0, to: port) }
                }
                #expect(statuses == [202, 202, 202], "nil: not within 20 s")
                #expect(try door.marked() == ["1", "2", "3"])
                group.cancelAll()
            }
        }
    }

    /// What a thread of its own comes to while as many tasks as there are cores do not let theirs go.
    private static func whileEverySharedThreadIsHeld<Value: Sendable>(
        _ body: @escaping @Sendable () -> Value
    ) async -> Value {
        let priority = Task.currentPriority
        return await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                let (held, over) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
                @Sendable func hold() {
                    held.signal()
                    over.wait()
                }
                let cores = ProcessInfo.processInfo.activeProcessorCount
                for _ in 0..<cores { Task.detached(priority: priority) { hold() } }
                for _ in 0..<cores { held.wait() }
                let value = body()
                for _ in 0..<cores { over.signal() }
                continuation.resume(returning: value)
            }
        }
    }

    /// Delivers with nothing but a socket: a client of tasks would wait for the threads that are held.
    private static func post(_ number: Int, to port: Int) -> Int? {
        let (headers, body) = Door.delivery(number)
        let fields = headers.map { "\($0.name): \($0.value)\r\n" }.joined()
        let request =
            "POST /hooks/gitea HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\(fields)"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected, send(descriptor, request, request.utf8.count, 0) == request.utf8.count else { return nil }
        var answer = [UInt8](repeating: 0, count: 12)
        guard recv(descriptor, &answer, answer.count, Int32(MSG_WAITALL)) == answer.count else { return nil }
        return Int(String(decoding: answer, as: UTF8.self).suffix(3))
    }
}
