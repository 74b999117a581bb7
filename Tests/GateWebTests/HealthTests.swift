import Hummingbird
import HummingbirdTesting
import Synchronization
import Testing

@testable import GateWeb

/// Whether the service lives, and whether it can work.
struct HealthTests {
    @Test func readyMeansEverythingItNeeds() async throws {
        let web = try Web(operators: false)
        #expect(try await web.ask("/health/live").text == "live\n")
        #expect(try await web.ask("/health/ready").text == "ready\n")
        web.problem.withLock { $0 = "401 user does not exist" }
        let outside = try await web.ask("/health/ready")
        #expect(outside.status == .serviceUnavailable && outside.text == "not ready: service token\n")
        let inside = try await web.ask("/health/ready", at: .operators)
        #expect(inside.text == "not ready: service token: 401 user does not exist\n")
        #expect(try await web.ask("/health/live").status == .ok)
    }

    @Test func whoAsksAtOnceSharesOneRound() async throws {
        let calls = Mutex(0)
        let gate = AsyncStream<Void>.makeStream()
        let readiness = Readiness(
            [
                .init("forge") {
                    calls.withLock { $0 += 1 }
                    for await _ in gate.stream { break }
                    return nil
                }
            ], remembers: .seconds(60))
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<20 { group.addTask { _ = await readiness.results() } }
            gate.continuation.yield()
        }
        _ = await readiness.results()
        #expect(calls.withLock { $0 } == 1)
    }

    /// Who asks is told in time, whatever a call to the forge waits for.
    @Test func aCheckThatHangsIsAProblem() async throws {
        let hanging = AsyncStream<Void>.makeStream()
        let readiness = Readiness(
            [
                .init("forge") {
                    for await _ in hanging.stream { break }
                    return nil
                },
                .init("store") { nil },
            ], deadline: .milliseconds(1))
        #expect(
            await readiness.results() == [
                .init(name: "forge", problem: "no answer within 0 s"), .init(name: "store", problem: nil),
            ])
    }

    /// Nor is what cannot be given up waited for, such as a disk that hangs; nor is it tried again before it is over.
    @Test func aCheckThatCannotBeGivenUpIsAProblem() async throws {
        let hanging = Mutex<[CheckedContinuation<Void, Never>]>([])
        let readiness = Readiness(
            [
                .init("store") {
                    await withCheckedContinuation { waiting in hanging.withLock { $0.append(waiting) } }
                    return nil
                }
            ], remembers: .zero, deadline: .milliseconds(1))
        for _ in 0..<3 {
            #expect(await readiness.results() == [.init(name: "store", problem: "no answer within 0 s")])
        }
        #expect(hanging.withLock { $0.count } == 1)
        for waiting in hanging.withLock({ $0 }) { waiting.resume() }
    }

    @Test(arguments: [
        ("127.0.0.1:8080", "127.0.0.1:8080"), ("[::1]:80", "[::1]:80"), ("localhost:0", "localhost:0"),
        ("0.0.0.0:65535", "0.0.0.0:65535"),
    ])
    func addressesToListenOn(_ text: String, _ shown: String) {
        #expect(ListenAddress(text)?.description == shown)
    }

    @Test(arguments: ["", "8080", ":8080", "localhost", "a:b", "a:-1", "a:65536", "::1:80", "a b:80", "http://a:80"])
    func whatIsNone(_ text: String) { #expect(ListenAddress(text) == nil) }

    @Test(arguments: [
        "", "example.org", "ftp://example.org", "https://", "https://a@b.c", "https://a.b?c", "https://a.b#c",
    ])
    func whatIsNoPublicAddress(_ text: String) { #expect(PublicAddress(text) == nil) }

    @Test func secretsThatAreTooShortAreNone() {
        #expect(PageKeys(secrets: []) == nil && PageKeys(secrets: ["short"]) == nil)
        #expect(OperatorToken("short") == nil && OperatorToken("with a blank, and long enough") == nil)
    }
}
