import Synchronization

extension ForgeClient {
    /// Other tokens have taken the place of these, which may end at any moment: what is refused to them from now on says
    /// nothing of those.
    public func retire() { memory.isRetired.withLock { $0 = true } }

    /// Whether other tokens have taken the place of these.
    public var isRetired: Bool { memory.isRetired.withLock { $0 } }
}
