import GateForge

/// Where deliveries go: durable before it returns.
public struct Intake: Sendable {
    let take: @Sendable (WebhookHint, _ event: String, _ delivery: String) async throws -> Void

    /// An intake.
    /// - Parameter take: writes down what to look at; returns when that would survive a power cut, and throws when it
    ///   would not.
    public init(take: @escaping @Sendable (WebhookHint, _ event: String, _ delivery: String) async throws -> Void) {
        self.take = take
    }
}
