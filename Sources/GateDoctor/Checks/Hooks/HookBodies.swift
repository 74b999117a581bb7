import GateForge
import GatePolicy

/// A change of a webhook: what is not said again of events, branches and authorization the forge forgets.
struct HookChange: Encodable {
    var active: Bool?
    var config: [String: String]?
    var events: [String]
    var branch_filter: String
    var authorization_header: String?
}

/// A new webhook; what is secret in it is put in by whoever makes it.
struct NewHook: Encodable {
    struct Config: Encodable {
        var url: String
        var content_type = "json"
        var secret = "SECRET"
    }
    var type: String
    var active = true
    var config: Config
    var events: [String]
    var branch_filter: String?
    var authorization_header: String?

    /// One like another one, but for what is secret in that.
    init(like hook: Webhook) {
        (type, active) = (hook.kind, hook.isActive)
        config = Config(url: hook.url.withoutUser, content_type: hook.isJSON ? "json" : "form")
        (events, branch_filter) = (hook.eventNames, hook.branchFilter)
    }

    /// - Parameter others: those in whose place it comes.
    init(url: String, for others: [Webhook] = []) {
        let hook = Webhook.hearing(at: .organization(""), url: url, for: others)
        type = hook.kind
        config = Config(url: hook.urlWithPlaceholders(for: hook.url))
        events = hook.eventNames
        authorization_header = hook.authorizationPlaceholder
    }
}

/// What is shown in the place of secrets that a webhook carries to something in front of the service.
extension Webhook {
    static let userPlaceholder = "USER:PASSWORD"

    /// An address with a word in the place of this one's user and password.
    func urlWithPlaceholders(for address: String) -> String {
        let plain = address.withoutUser
        guard hasUser, let scheme = plain.firstRange(of: "://") else { return plain }
        return "\(plain[..<scheme.upperBound])\(Self.userPlaceholder)@\(plain[scheme.upperBound...])"
    }

    var authorizationPlaceholder: String? { authorization == nil ? nil : "AUTHORIZATION" }

    private var hasUser: Bool { url != url.withoutUser }

    /// What stands for what in a body, and who shows it.
    func toldPlaceholders(withAddress: Bool) -> [Cure.Step] {
        var words: [String] = []
        if withAddress, hasUser {
            words.append("the user and password of its address in the place of \(Self.userPlaceholder)")
        }
        if authorization != nil { words.append("its authorization header in the place of AUTHORIZATION") }
        guard !words.isEmpty else { return [] }
        return [
            .tell(
                "the settings page of webhook \(id) shows what is behind it; put " + words.joined(separator: " and ")
                    + ":")
        ]
    }
}

extension Webhook.Place {
    /// Whether it is for many repositories; the forge tests no such webhook.
    var isOfMany: Bool { if case .repository = self { false } else { true } }
}
