/// Which of the two tokens a call is made with.
public enum Credential: Hashable, Sendable, CustomStringConvertible, CaseIterable {
    /// `forge.token`: the service account, which reads and writes repositories.
    case service
    /// `forge.directory_token`: reads teams, members and the organisation's list of repositories.
    case directory

    /// The setting's name.
    public var description: String {
        switch self {
        case .service: "forge.token"
        case .directory: "forge.directory_token"
        }
    }
}
