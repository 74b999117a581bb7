extension String {
    /// An address without the user and the password that may stand in it.
    public var shownAddress: String {
        guard let scheme = firstRange(of: "://") else { return self }
        let rest = self[scheme.upperBound...]
        let authority = rest.prefix { !"/?#".contains($0) }
        guard let at = authority.lastIndex(of: "@") else { return self }
        return "\(self[..<scheme.upperBound])…\(rest[at...])"
    }
}
