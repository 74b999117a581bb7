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

    /// A desk.
    public init(
        read: @escaping @Sendable (String) -> String?, write: @escaping @Sendable (String, String) throws -> Void,
        remove: @escaping @Sendable (String) throws -> Void, secret: @escaping @Sendable () -> String
    ) {
        self.read = read
        self.write = write
        self.remove = remove
        self.secret = secret
    }
}

/// Why provisioning stopped.
public struct ProvisioningError: Error, Sendable, CustomStringConvertible {
    /// The sentence.
    public var description: String
}
