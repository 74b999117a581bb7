import GateForge
import GatePolicy
import GateService

extension Examiner {
    /// Reads who is in the sets that no team's list tells, in the repositories whose gates ask for them.
    func signers(_ examination: inout Examination) async {
        examination.repositories = await examination.repositories.sideBySide(width) { await signers(of: $0) }
        for index in examination.organizations.indices {
            let name = examination.organizations[index].name
            let isAsked = examination.repositories.contains {
                $0.name.owner.lowercased() == name.lowercased() && $0.askedSets.contains(.organizationMembers)
            }
            if isAsked { examination.organizations[index].people = await forge.organizationMembers(name) }
        }
    }

    private func signers(of repository: RepositoryEvidence) async -> RepositoryEvidence {
        let asked = repository.askedSets
        guard case .success(let rights) = repository.rights else { return repository }
        var shown = rights.repository.repository
        var signers = Signers()
        var unread: Unknown?
        if !asked.isDisjoint(with: [.writers, .admins, .readers]),
            await forge.ownerIsOrganization(repository.name.owner) != .known(true)
        {
            // A user's repository is written by its owner, whose id no list of repositories tells.
            switch await forge.user(repository.name.owner) {
            case .known(let owner?): shown.owner = owner
            case .unknown(let unknown): unread = unknown
            case .known(nil):
                unread = Unknown(
                    cause: .nameGone, subject: "who `\(repository.name.owner)` is", reason: "there is no such account",
                    cure: "run this again")
            }
        }
        func holders(_ read: (Repository) async -> RightHolders) async -> RightHolders {
            if let unread { return RightHolders(proven: [], possible: nil, unknown: unread) }
            return await read(shown)
        }
        if asked.contains(.writers) || asked.contains(.readers) {
            signers.writers = await holders { await forge.writers(of: $0) }
        }
        if asked.contains(.admins) { signers.admins = await holders { await forge.admins(of: $0) } }
        if asked.contains(.codeOwners), let commit = repository.protectedBranch?.commit {
            signers.codeOwners = await decider.codeOwners(of: shown, at: commit)
        }
        var evidence = repository
        evidence.signers = signers
        for index in evidence.others.indices { evidence.others[index].signers = signers }
        return evidence
    }
}
