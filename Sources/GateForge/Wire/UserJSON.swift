#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import GatePolicy

/// An account, an organisation's own one included.
struct UserJSON: Decodable, Sendable, ListRow {
    var id: Int64
    var login: String
    var active: Bool?
    var isAdmin: Bool?
    var lastLogin: Date?
    var prohibitLogin: Bool?

    private enum CodingKeys: String, CodingKey {
        case id, login, active
        case isAdmin = "is_admin"
        case lastLogin = "last_login"
        case prohibitLogin = "prohibit_login"
    }

    var rowIdentity: String { "\(id)" }

    /// The account; nil for the id 0, which is nobody.
    ///
    /// Others than site admins and the account itself are told `active: false` of everybody, and the year 1 as the last
    /// sign-in: only a true, or a false beside a real date, says something. They are told `prohibit_login: false`, too.
    var account: Account? {
        guard id != 0 else { return nil }
        return Account(id: id, login: login, isActive: prohibitLogin == true ? false : isToldActivity ? active : nil)
    }

    private var isToldActivity: Bool { active == true || Wire.timestamp(lastLogin) != nil }
}
