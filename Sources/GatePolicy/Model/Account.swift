/// A person or a machine on the forge: the id decides who it is, the login is for showing.
public struct Account: Hashable, Sendable, Codable {
    /// The numeric id; below 1 for the forge's placeholders (Ghost, Actions), which never sign.
    public var id: Int64
    /// The login at the time of reading.
    public var login: String
    /// False when the forge says that the account is deactivated, or may not sign in; nil when this reader is not told.
    public var isActive: Bool?

    /// An account.
    public init(id: Int64, login: String, isActive: Bool? = nil) {
        self.id = id
        self.login = login
        self.isActive = isActive
    }

    /// Two values with one id are the same account, whatever its login.
    public static func == (left: Account, right: Account) -> Bool { left.id == right.id }
    /// Hashes the id only.
    public func hash(into hasher: inout Hasher) { hasher.combine(id) }
    /// Whether the forge gives this id to real accounts.
    public var isReal: Bool { id >= 1 }
    /// Whether it stands for an account that is gone, of which nobody knows which it was.
    var isGone: Bool { id == 0 || id == -1 }
}
