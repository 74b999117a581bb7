extension Evaluation {
    /// The id behind a team's name; a known nil when the organisation proved to have none of that name.
    mutating func teamID(_ team: TeamReference) -> Known<Int64?> {
        if hasNoTeams(team) { return .known(nil) }
        let found = directory(team.organization).map { $0.ids[team.name] }
        guard case .known(.some(let id)) = found, let changed = changed("@\(team)", to: id) else { return found }
        return .unknown(changed)
    }

    /// The same of one of the plan's teams, by its place there; looked up once.
    mutating func teamID(ofPlanned number: Int) -> Known<Int64?> {
        if let known = teamIDs[number] { return known }
        let id = teamID(policy.plan.teams[number].team.reference(in: facts.repository.name))
        teamIDs[number] = id
        return id
    }

    /// Whether it would be a team of a user, who has none.
    private func hasNoTeams(_ team: TeamReference) -> Bool {
        facts.repository.ownerIsOrganization == .known(false)
            && team.organization == facts.repository.name.owner.lowercased()
    }

    /// What is wrong with a team's name; nil for a team that there is or that nobody could look for.
    ///
    /// One that was there under this very policy is gone; any other name never was a team as far as is known.
    /// - Parameter suggests: whether a team may be named that there is.
    mutating func problem(
        with team: TeamReference, at span: SourceSpan, suggests: Bool = true
    ) -> Diagnostic? {
        if hasNoTeams(team) {
            return Diagnostic(
                span: span, message: "`\(team.name)` is not a group of this file, and a user's repository has no teams",
                hint: "define it under `groups`, or name accounts: `@alice | @bob`")
        }
        guard case .known(let directory) = directory(team.organization), directory.ids[team.name] == nil else {
            return nil
        }
        if facts.rememberedIdentities["@\(team)"] != nil {
            return Diagnostic(
                severity: .warning, span: span,
                message: "the team `\(team.name)` of `\(team.organization)` is gone, so nobody is in it",
                hint: "name another one, or make it anew and let an administrator run `countersign confirm "
                    + "\(facts.repository.name) @\(team)`")
        }
        let similar = suggests ? Suggestion.nearest(to: team.name, among: directory.ids.keys) : nil
        return Diagnostic(
            span: span,
            message: "`\(team.name)` is neither a group of this file nor a team of `\(team.organization)`",
            hint: similar.map { "did you mean `\($0)`?" } ?? "create the team, or name another one")
    }

    /// That a name names nobody any more.
    func goneName(_ what: String) -> Unknown {
        Unknown(
            cause: .nameGone, subject: "who \(what) was", reason: "the forge has no \(what) any more",
            cure: "take the name out of the policy, or create it again")
    }
}

extension Unknown {
    /// That a user's repository has no members of an organisation.
    static func noOrganization(_ owner: String) -> Unknown {
        Unknown(
            cause: .nameGone, subject: "who is in `\(owner)`", reason: "`\(owner)` is a user, and no organisation",
            cure: "take `org_members` out of the policy: name accounts, or `writers`")
    }
}
