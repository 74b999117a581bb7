extension Policy {
    /// Whether it names a team of the organisation that owns a repository, or what could only be one.
    public func namesTeams(ofTheOwnerOf repository: RepositoryName) -> Bool {
        !teams(ofTheOwnerOf: repository).isEmpty
    }

    /// What is wrong with the names of teams of the repository's own organisation, where the policy is a new one: no team
    /// was seen under it yet.
    ///
    /// A name that was never a team makes the base's policy invalid; this tells it before the merge. Teams of other
    /// organisations are not looked for: whoever brings a policy would learn which there are. For the same reason no
    /// team is suggested. At most ``PolicyLimits/diagnostics`` are told, and how many more there are.
    public func mistakenTeams(_ facts: Facts) -> Known<[Diagnostic]> {
        var facts = facts
        facts.rememberedIdentities = [:]
        var evaluation = Evaluation(policy: self, facts: facts, asksWhoCanSign: false)
        var found: [Diagnostic] = []
        var untold = 0
        for (team, span) in teams(ofTheOwnerOf: facts.repository.name) {
            if let problem = evaluation.problem(with: team, at: span, suggests: false) {
                if found.count < PolicyLimits.diagnostics { found.append(problem) } else { untold += 1 }
            } else if case .unknown(let unknown) = evaluation.directory(team.organization) {
                return .unknown(unknown)
            }
        }
        if untold > 0, let last = found.last {
            found.append(
                Diagnostic(
                    span: last.span, message: "\(untold) more findings are not shown", hint: "mend these first"))
        }
        return .known(found)
    }

    private func teams(ofTheOwnerOf repository: RepositoryName) -> [(TeamReference, SourceSpan)] {
        let owner = repository.owner.lowercased()
        return plan.teams.map { ($0.team.reference(in: repository), $0.span) }.filter { $0.0.organization == owner }
    }
}
