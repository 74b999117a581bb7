extension Policy {
    /// The logins of all accounts that it names, in the order of their first places.
    public var accounts: [String] { plan.accounts.map(\.login) }

    /// A warning for each account that it names and that the forge has shown not to be there.
    public func missingAccounts(_ facts: Facts) -> [Diagnostic] {
        plan.accounts.compactMap { login, span in
            guard case .known(nil)? = facts.users[login.lowercased()] else { return nil }
            return Diagnostic(
                severity: .warning, span: span, message: "there is no account `\(login)`",
                hint:
                    "write the name of one that there is, or take it out: whoever takes this name later would be meant")
        }
    }
}
