/// What an import came to.
public struct ImportResult: Hashable, Sendable {
    /// The text of the policy; nil when there is an error.
    public var policy: String?
    /// Everything that is different or could not be carried over, in the file's order.
    public var warnings: [ImportNotice]

    /// A result.
    public init(policy: String?, warnings: [ImportNotice]) {
        self.policy = policy
        self.warnings = warnings
    }

    init(policy: String?, log: ImportLog) {
        self.init(policy: log.hasErrors ? nil : policy, warnings: log.ordered)
    }
}
