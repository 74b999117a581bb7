extension String {
    /// An address without the user and the password that may stand in it.
    public var shownAddress: String { replacingUser(by: "…@") }

    /// An address as it is without a user; without one it is the same.
    public var withoutUser: String { replacingUser(by: "") }

    /// An address with something in the place of its user and password; one without them stays as it is.
    public func replacingUser(by text: String) -> String {
        guard let scheme = firstRange(of: "://") else { return self }
        let rest = self[scheme.upperBound...]
        let authority = rest.prefix { !"/?#".contains($0) }
        guard let at = authority.lastIndex(of: "@") else { return self }
        return "\(self[..<scheme.upperBound])\(text)\(rest[rest.index(after: at)...])"
    }
}
