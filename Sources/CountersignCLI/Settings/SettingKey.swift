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
    case repositories
    case listen
    case hookSecret = "hook.secret"
    case hookSecretFile = "hook.secret_file"
    case store = "store.path"
    case pagesListen = "pages.listen"
    case publicURL = "pages.public_url"
    case pagesSecret = "pages.secret"
    case pagesSecretFile = "pages.secret_file"
    case operatorToken = "pages.operator_token"
    case operatorTokenFile = "pages.operator_token_file"
    case controlSocket = "control.socket"
    case concurrency = "work.concurrency"
    case peopleSeconds = "work.people_seconds"
    case backgroundCalls = "reconcile.calls_per_second"
    case greenSeconds = "reconcile.green_seconds"
    case activeSeconds = "reconcile.active_seconds"
    case allSeconds = "reconcile.all_seconds"
    case retentionDays = "store.retention_days"
    case pendingDays = "pending.days"
    case bypassComment = "bypass.comment"
    case bypassWebhook = "bypass.webhook"
    case bypassSecret = "bypass.secret"
    case bypassSecretFile = "bypass.secret_file"
    case logLevel = "log.level"

    /// The environment's variable.
    var variable: String { "COUNTERSIGN_" + rawValue.uppercased().split(separator: ".").joined(separator: "_") }

    /// Whether its value is a secret, which must not stand in a settings file or on a command line.
    var isSecret: Bool {
        switch self {
        case .token, .directoryToken, .hookSecret, .pagesSecret, .operatorToken, .bypassSecret: true
        default: false
        }
    }

    /// Whether it takes several values.
    var isList: Bool { self == .allowedContexts || self == .allowedIncludes || self == .repositories }

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
        case .allowedContexts:
            "contexts of their own that policies may use, each as `CONTEXT = BRANCH`; one with `{base}` in it needs no branch"
        case .allowedIncludes:
            "repositories whose files policies may include, besides their own and `<org>/.countersign`"
        case .repositories:
            "`serve`: which repositories are gated: `acme/*`, `acme/widget`, `!acme/sandbox`; without it, all that send webhooks"
        case .listen: "`serve`: where webhooks and the statuses' pages come in, as `host:port`"
        case .hookSecret:
            "`serve`: what the forge signs webhooks with, at least 16 bytes; several, one a line, while one replaces another"
        case .hookSecretFile: "a file with them"
        case .store: "`serve`: the file of the store; its folder must exist"
        case .pagesListen: "`serve`: where operators see every page; whoever reaches it may"
        case .publicURL: "`serve`: the address of `listen` in browsers; without it no status links to a page"
        case .pagesSecret:
            "`serve`: makes the keys in those links, at least 32 bytes; several, one a line, the newest first"
        case .pagesSecretFile: "a file with them"
        case .operatorToken: "`serve`: opens every page on `listen`, too; at least 24 bytes"
        case .operatorTokenFile: "a file with it"
        case .controlSocket: "`serve`: the operator's door, a Unix socket for the service's own user"
        case .concurrency: "`serve`: evaluations side by side"
        case .peopleSeconds: "`serve`: seconds that members of teams and rights are believed without asking again"
        case .backgroundCalls: "`serve`: calls a second for everything that no person waits for"
        case .greenSeconds: "`serve`: seconds after which green pull requests are looked at again"
        case .activeSeconds: "`serve`: the same for those where something happened within a day"
        case .allSeconds: "`serve`: the same for all"
        case .retentionDays: "`serve`: days that closed pull requests are kept"
        case .pendingDays: "`serve`: days after which `doctor` tells of a pull request that is pending"
        case .bypassComment: "`serve`: whether a merge around the gates is told in a comment"
        case .bypassWebhook: "`serve`: an address that merges and pushes around the gates are posted to as JSON"
        case .bypassSecret:
            "`serve`: signs them (`X-Countersign-Signature`, HMAC-SHA256 of the body); at least 16 bytes"
        case .bypassSecretFile: "a file with it"
        case .logLevel: "`serve`: `trace`, `debug`, `info`, `notice`, `warning` or `error`"
        }
    }

    /// The whole numbers that it takes; nil for what is no number.
    var range: ClosedRange<Int64>? {
        switch self {
        case .concurrency: 1...64
        case .peopleSeconds: 0...600
        case .backgroundCalls: 1...1000
        case .greenSeconds: 10...3600
        case .activeSeconds: 10...86_400
        case .allSeconds: 60...86_400
        case .retentionDays: 1...3650
        case .pendingDays: 1...365
        default: nil
        }
    }

    /// The default, and what else there may be, for the README's table.
    var shownStandard: String {
        if self == .deadline { return "\(standard) (0.1 to 600)" }
        return standard + (range.map { " (\($0.lowerBound) to \($0.upperBound))" } ?? "")
    }

    /// The default.
    var standard: String {
        switch self {
        case .forgeURL: "in CI, the server that runs it"
        case .deadline: "20"
        case .organizationPolicy: "default"
        case .listen: "127.0.0.1:8420"
        case .store: "countersign.sqlite"
        case .pagesListen: "127.0.0.1:8421"
        case .controlSocket: "countersign.sock"
        case .concurrency: "8"
        case .peopleSeconds: "60"
        case .backgroundCalls: "5"
        case .greenSeconds: "60"
        case .activeSeconds: "300"
        case .allSeconds: "900"
        case .retentionDays: "90"
        case .pendingDays: "7"
        case .bypassComment: "false"
        case .logLevel: "info"
        default: "–"
        }
    }
}
