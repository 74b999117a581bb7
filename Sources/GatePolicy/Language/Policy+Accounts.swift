extension Policy {
    /// The logins of all accounts that it names, in the order of their first places.
    public var accounts: [String] { plan.accounts.map(\.login) }

    /// A warning for each account that it names and that the forge has shown not to be there.
    func missingAccounts(_ facts: Facts) -> [Diagnostic] {
        plan.accounts.compactMap { login, span in
            guard facts.isGone(login: login) else { return nil }
            return .missingAccount(login, span)
        }
    }
}

extension Diagnostic {
    static func missingAccount(_ login: String, _ span: SourceSpan) -> Diagnostic {
        Diagnostic(
            severity: .warning, span: span, message: "there is no account `\(login)`",
            hint: "write the name of one that there is, or take it out: whoever takes this name later would be meant")
    }
}

extension Facts {
    /// Whether the forge has shown that nobody has a login.
    func isGone(login: String) -> Bool {
        if case .known(nil)? = users[login.lowercased()] { true } else { false }
    }
}
