import GateForge

/// The files that provisioning reads and writes.
public struct ProvisioningDesk: Sendable {
    /// Reads a file; nil when there is none.
    public var read: @Sendable (String) -> String?
    /// Writes a file that only its owner reads, whole or not at all.
    public var write: @Sendable (String, String) throws -> Void
    /// Takes a file away.
    public var remove: @Sendable (String) throws -> Void
    /// A fresh secret.
    public var secret: @Sendable () -> String
    /// Lets the service on this machine read its settings and secrets again.
    /// - Returns: whether one runs here.
    /// - Throws: when it runs and cannot read them.
    public var reload: @Sendable () async throws -> Bool
    /// Waits, and says for what.
    public var wait: @Sendable (Duration, _ what: String) async throws -> Void

    /// A desk.
    public init(
        read: @escaping @Sendable (String) -> String?, write: @escaping @Sendable (String, String) throws -> Void,
        remove: @escaping @Sendable (String) throws -> Void, secret: @escaping @Sendable () -> String,
        reload: @escaping @Sendable () async throws -> Bool = { false },
        wait: @escaping @Sendable (Duration, _ what: String) async throws -> Void = { _, _ in }
    ) {
        self.read = read
        self.write = write
        self.remove = remove
        self.secret = secret
        self.reload = reload
        self.wait = wait
    }
}

/// Why provisioning stopped.
public struct ProvisioningError: Error, Sendable, CustomStringConvertible {
    /// The sentence.
    public var description: String

    /// A sentence.
    public init(description: String) { self.description = description }
}
