/// A new token.
struct NewToken: Encodable {
    var name: String
    var scopes: [String]
}

/// A new account; one that had to change its password first could make no call.
struct NewAccount: Encodable {
    var username: String
    var email: String
    var password: String
    var must_change_password = false
}

/// The contexts that a rule of protection shall ask for.
struct RequiredContexts: Encodable {
    var contexts: [String]

    private enum CodingKeys: String, CodingKey {
        case isEnabled = "enable_status_check"
        case contexts = "status_check_contexts"
        case name = "rule_name"
        case bindsAdministrators = "block_admin_merge_override"
    }

    var name: String?
    /// Carried over from a rule in whose place this one stands; nil to be left as it is.
    var bindsAdministrators: Bool?

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(true, forKey: .isEnabled)
        try container.encode(contexts, forKey: .contexts)
        try container.encodeIfPresent(name, forKey: .name)
        try container.encodeIfPresent(bindsAdministrators, forKey: .bindsAdministrators)
    }
}
