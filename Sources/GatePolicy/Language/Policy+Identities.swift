extension Policy {
    /// The ids behind the names of the policy, `@alice` or `@acme/qa` in lower case, as far as the facts tell them.
    ///
    /// Whoever has a memory gives those of the first evaluation back as `Facts.rememberedIdentities`.
    public func identities(_ facts: Facts) -> [String: Int64] {
        var identities: [String: Int64] = [:]
        let reviewers = (facts.reviews?.value ?? []).compactMap(\.author)
        func note(_ people: People) {
            switch people {
            case .user(let login, _):
                let name = login.lowercased()
                let account = facts.users[name]?.value ?? reviewers.first { $0.login.lowercased() == name }
                identities["@\(name)"] = account?.id
            case .team(let team, _):
                identities["@\(team)"] = facts.directories[team.organization]?.value?.ids[team.name]
            case .organizationTeam(let name, let span):
                note(.team(TeamReference(organization: facts.repository.name.owner, name: name), span))
            default: break
            }
        }
        for set in Self.peopleInOrder(gates, parts, block, change) { set.eachLeaf(note) }
        return identities
    }
}
