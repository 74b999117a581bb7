import Synchronization

@testable import GateForge

/// The waits that a client wanted, none of which happened.
final class Waits: Sendable {
    private let durations = Mutex<[Duration]>([])

    var all: [Duration] { durations.withLock { $0 } }
    func add(_ duration: Duration) { durations.withLock { $0.append(duration) } }
}

/// Texts that must never be seen.
enum Secret {
    static let service = "service-0123456789abcdef-secret"
    static let directory = "directory-fedcba9876543210-secret"
}

/// Runs the body with a client of a canned forge.
func withForge<Value: Sendable>(
    _ answer: @escaping @Sendable (Asked) -> Canned, directory: Bool = false, path: String = "", waits: Waits = Waits(),
    deadline: Duration = .seconds(20), limits: ForgeLimits = ForgeLimits(),
    _ body: (ForgeClient, CannedForge) async throws -> Value
) async throws -> Value {
    try await CannedForge.run(answer) { forge in
        try await withClient(
            forge.address + path, directory: directory, waits: waits, deadline: deadline, limits: limits
        ) { try await body($0, forge) }
    }
}

/// Runs the body with a client of an address.
func withClient<Value: Sendable>(
    _ address: String, directory: Bool = false, waits: Waits = Waits(), deadline: Duration = .seconds(20),
    limits: ForgeLimits = ForgeLimits(), proxy: String? = nil, _ body: (ForgeClient) async throws -> Value
) async throws -> Value {
    let settings = try ForgeSettings(
        address: address, token: Token(Secret.service), directoryToken: directory ? Token(Secret.directory) : nil,
        proxy: proxy, version: "1.2.3", deadline: deadline, connectDeadline: .seconds(5), limits: limits,
        retry: RetryPolicy(jitter: { 1 }, sleep: { waits.add($0) }))
    return try await ForgeClient.withClient(settings, body)
}

/// The error of a call that must fail.
func failure<Value>(_ body: () async throws(ForgeError) -> Value) async -> ForgeError.Kind? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error.kind
    }
}
