/// Whose authority a call is made with.
public enum Credential: Hashable, Sendable, CustomStringConvertible, CaseIterable {
    /// `forge.token`: the service account, which reads and writes repositories.
    case service
    /// `forge.directory_token`: reads teams, members and the organisation's list of repositories.
    case directory
    /// An administrator's, lent for one command and never stored.
    case administrator

    /// The setting's name.
    public var description: String {
        switch self {
        case .service: "forge.token"
        case .directory: "forge.directory_token"
        case .administrator: "the administrator's credential"
        }
    }
}
