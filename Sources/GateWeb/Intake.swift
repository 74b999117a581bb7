import GateForge

/// Where deliveries go: durable before it returns.
public struct Intake: Sendable {
    let take: @Sendable (WebhookHint, _ delivery: String) async throws -> Void
    let isOurs: @Sendable (_ accountID: Int64) -> Bool

    /// An intake.
    /// - Parameters:
    ///   - take: writes down what to look at; returns when that would survive a power cut, and throws when it would not.
    ///   - isOurs: whether an account is the service's own, whose comments need no second look.
    public init(
        take: @escaping @Sendable (WebhookHint, _ delivery: String) async throws -> Void,
        isOurs: @escaping @Sendable (_ accountID: Int64) -> Bool
    ) {
        self.take = take
        self.isOurs = isOurs
    }
}
