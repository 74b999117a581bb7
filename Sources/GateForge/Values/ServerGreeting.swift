import GatePolicy

/// What the forge says of itself.
public struct ServerGreeting: Hashable, Sendable {
    /// The version, as it writes it.
    public var version: String
    /// The time by its clock, from the answer's `Date`; nil when it sends none.
    public var date: Timestamp?

    /// A greeting.
    public init(version: String, date: Timestamp?) {
        self.version = version
        self.date = date
    }
}
