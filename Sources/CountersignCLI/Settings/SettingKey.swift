/// Every setting there is, in the order of the README's table.
enum SettingKey: String, CaseIterable {
    case forgeURL = "forge.url"
    case token = "forge.token"
    case tokenFile = "forge.token_file"
    case directoryToken = "forge.directory_token"
    case directoryTokenFile = "forge.directory_token_file"
    case caFile = "forge.ca_file"
    case proxy = "forge.proxy"
    case deadline = "forge.deadline"
    case organizationPolicy = "organization_policy"
    case allowedContexts = "contexts.allow"
    case allowedIncludes = "include.allow"

    /// The environment's variable.
    var variable: String { "COUNTERSIGN_" + rawValue.uppercased().split(separator: ".").joined(separator: "_") }

    /// Whether its value is a secret, which must not stand in a settings file or on a command line.
    var isSecret: Bool { self == .token || self == .directoryToken }

    /// Whether it is a list.
    var isList: Bool { self == .allowedContexts || self == .allowedIncludes }

    /// What it means, for the README's table.
    var meaning: String {
        switch self {
        case .forgeURL: "address of the forge, with its sub-path"
        case .token: "the service account's token: scopes `write:repository`, `write:issue`, `read:user`"
        case .tokenFile: "a file with that token; `-` is the standard input"
        case .directoryToken:
            "an organisation owner's token with only the scope `read:organization`; without it `forge.token` is asked"
        case .directoryTokenFile: "a file with that token"
        case .caFile: "certificates (PEM) to trust besides the system's"
        case .proxy: "HTTP proxy, as `http://host:port`"
        case .deadline: "seconds for one call to the forge"
        case .organizationPolicy:
            "`default` looks at `<org>/.countersign` too, for its policy and what it requires; `none` does not"
        case .allowedContexts: "contexts of their own that policies may use, each as `CONTEXT = BRANCH`"
        case .allowedIncludes:
            "repositories whose files policies may include, besides their own and `<org>/.countersign`"
        }
    }

    /// The default, for the README's table.
    var standard: String {
        switch self {
        case .forgeURL: "in CI, the server that runs it"
        case .deadline: "20"
        case .organizationPolicy: "default"
        default: "–"
        }
    }
}
