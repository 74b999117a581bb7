import Synchronization

extension ForgeClient {
    /// From now on what the forge refuses these tokens is asked with another client's, which have taken their place.
    ///
    /// Whoever has begun with the old tokens goes on when these end, and never says that it was refused.
    public func handOver(to successor: ForgeClient) {
        guard settings.address == successor.settings.address else { return }
        memory.successor.withLock { $0 = successor }
    }

    /// Who is asked when a credential is not accepted any more: such a call did nothing, whatever it was.
    func successor(after error: ForgeError) -> ForgeClient? {
        error.refusesCredential ? memory.successor.withLock { $0 } : nil
    }
}
