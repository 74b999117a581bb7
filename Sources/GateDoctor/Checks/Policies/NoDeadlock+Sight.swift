import GateForge
import GatePolicy

extension NoDeadlock {
    /// Too few of those who are to sign are shown what they sign for.
    static func unshown(
        _ severity: Severity, _ subject: String, _ teams: [TeamReference], _ viewers: [Account], _ gate: String,
        meaning: String, _ repository: RepositoryEvidence, _ examination: Examination
    ) -> Finding {
        let reader = examination.directoryReader
        let seeing = Set(viewers.map(\.id))
        var answers: [String] = []
        var asked: [String] = []
        var cure: [Cure.Step] = []
        for reference in teams {
            guard let organization = examination.organization(reference.organization),
                let team = organization.team(reference.name, reader),
                let members = organization.members(of: reference.name, reader)
            else { continue }
            let shown = members.count { seeing.contains($0.id) }
            guard shown < members.count else { continue }
            answers.append(
                shown == 0
                    ? "nobody of `\(reference)` is shown `\(repository.name)`"
                    : "of \(members.count) in `\(reference)` \(shown) \(shown == 1 ? "is" : "are") shown "
                        + "`\(repository.name)`")
            if reference.organization == repository.name.owner.lowercased() {
                asked.append("`GET /teams/\(team.id)/repos` with `\(reader)`")
                cure.append(
                    .call(
                        ForgeRequest(
                            "PUT", "/teams/\(team.id)/repos/\(repository.name)", by: organization.owner(reader))))
            } else {
                cure.append(
                    .tell(
                        "let those of `\(reference)` who are to sign read `\(repository.name)`, as collaborators, or name "
                            + "a team of `\(repository.name.owner)`"))
            }
        }
        let calls = ["teams", "collaborators"].map { "`GET /repos/\(repository.name)/\($0)` with `forge.token`" }
        return Finding(
            severity, subject, asked: asked + calls, answer: answers.joined(separator: "; "),
            meaning: "\(meaning): who cannot open the pull request cannot sign it",
            blocks: severity == .blocking ? [Blocked("\(repository.name)", [gate])] : [], cure: Cure(cure))
    }

    /// Why it is not known whether enough of those who are to sign are shown what they sign for.
    static func unseen(
        _ teams: [TeamReference], _ repository: RepositoryEvidence, _ examination: Examination
    ) -> String {
        let names = teams.map { "`\($0)`" }.joined(separator: ", ")
        var reason = ""
        if case .unknown(let unknown)? = repository.viewers { reason = ": \(unknown.reason)" }
        return "who of \(names) is shown `\(repository.name)` is not known\(reason)"
    }
}

extension Examination {
    /// Those who are known to be shown a repository without its own lists: its organisation's owners, those of teams that
    /// are known to have it, and those who are proven to write it.
    func provenViewers(of repository: RepositoryEvidence) -> [Account] {
        let rights = [repository.signers.writers, repository.signers.admins].compactMap { $0?.proven }.flatMap { $0 }
        guard let organization = organization(repository.name.owner),
            case .success(let teams) = organization.teams[directoryReader]
        else { return rights }
        return rights
            + teams.filter { team in
                if team.isOwners || team.hasAllRepositories == true { return true }
                guard case .success(let given)? = organization.given[team.id] else { return false }
                return given.contains { $0.isSame(as: repository.name) }
            }.flatMap { (try? organization.members[$0.id]?[directoryReader]?.get()) ?? [] }
    }
}
