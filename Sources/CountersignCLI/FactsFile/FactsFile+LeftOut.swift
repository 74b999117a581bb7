import GatePolicy

extension FactsFile {
    /// Why a fact is not known that the file does not hold: nobody reads it, so somebody has to write it.
    static let whyLeftOut: Policy.WhyLeftOut = { need in
        ("the facts do not say it", "add \(Self.key(of: need)) to the file")
    }

    /// Where the file would say it.
    private static func key(of need: Need) -> String {
        switch need {
        case .reviews: "`reviews`"
        case .files: "`files`"
        case .commits: "`commits`"
        case .timeline: "`timeline`"
        case .statuses: "`statuses`"
        case .comments: "`comments`"
        case .templates: "`templates`"
        case .verifications: "`verifications`"
        case .codeOwners: "`codeOwners`"
        case .organizationMembers: "`organizationMembers`"
        case .writers: "`writers`"
        case .admins: "`admins`"
        case .directory(let organization): "`\(organization)` in `directories`"
        case .teamMembers(let id, let team):
            "the id \(id) of `\(team.organization)/\(team.name)` in `teamMembers`"
        case .user(let login): "`\(login)` in `users`"
        case .effectiveChange(let key): "`\(key.commit.short)` against `\(key.baseBranch)` in `effectiveChanges`"
        case .protection(let branch): "`\(branch)` in `protectedBranches`"
        case .branch(let branch): "`\(branch)` in `branches`"
        case .watchedFiles(let paths):
            "\(paths.map { "`\($0)`" }.sorted().joined(separator: ", ")) in `watchedFiles`"
        case .policyFile(let key): "`\(key.path)` of `\(key.commit.short)` in `policyFiles`"
        }
    }
}
