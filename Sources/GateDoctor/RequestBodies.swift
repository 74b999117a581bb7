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
    }

    var name: String?

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(true, forKey: .isEnabled)
        try container.encode(contexts, forKey: .contexts)
        try container.encodeIfPresent(name, forKey: .name)
    }
}
