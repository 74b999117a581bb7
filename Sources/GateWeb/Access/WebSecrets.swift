import GateForge
import Synchronization

/// The secrets in use, which can be exchanged while the service runs.
public final class WebSecrets: Sendable {
    /// One set of them.
    public struct Values: Sendable {
        /// What deliveries are signed with; without it none is accepted.
        public var hook: WebhookSecrets?
        /// What opens single pages; without it no status links to one.
        public var pages: PageKeys?
        /// What opens all pages.
        public var operators: OperatorToken?

        /// A set of secrets.
        public init(hook: WebhookSecrets?, pages: PageKeys? = nil, operators: OperatorToken? = nil) {
            self.hook = hook
            self.pages = pages
            self.operators = operators
        }
    }

    private let values: Mutex<Values>

    /// Secrets to begin with.
    public init(_ values: Values) { self.values = Mutex(values) }

    /// The present ones.
    public var current: Values { values.withLock { $0 } }

    /// Puts others in their place.
    public func replace(with values: Values) { self.values.withLock { $0 = values } }
}
