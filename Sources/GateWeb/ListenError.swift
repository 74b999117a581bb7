import Glibc
import NIOCore

/// An address that cannot be listened on; a sentence for whoever set it.
public struct ListenError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Which setting, which address, and why not.
    public let description: String

    /// What was said of an address; nil where something else went wrong.
    init?(setting: String, address: String, _ error: any Error) {
        switch error {
        case let error as IOError: self.init(setting: setting, address: address, error)
        case is SocketAddressError.UnknownHost:
            self.init(description: "`\(setting)` is `\(address)`: its name cannot be resolved")
        default: return nil
        }
    }

    private init(description: String) { self.description = description }

    /// What the system said of an address.
    public init(setting: String, address: String, _ error: IOError) {
        let reason =
            switch error.errnoCode {
            case EADDRINUSE: "another program listens there; is this service running already?"
            case EADDRNOTAVAIL: "this machine has no such address"
            case EACCES, EPERM: "this user may not listen there"
            case ENOENT: "its folder does not exist"
            default: "\(error)"
            }
        self.init(description: "`\(setting)` is `\(address)`: \(reason)")
    }
}
