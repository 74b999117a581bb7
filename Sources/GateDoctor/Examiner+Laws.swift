import GateForge
import GatePolicy
import GateService

extension Examiner {
    /// Branches that policies are read from and that are looked at, of all repositories together.
    private static let maximumLaws = 20

    /// A version of a repository that a policy is read from.
    private struct Version: Hashable {
        var repository: String
        /// The branch or tag; nil for the default branch.
        var ref: ExactText?
    }

    /// What is read there, and for whom.
    private struct Reading {
        var name: RepositoryName
        var files: [ExactText] = []
        var readers: [RepositoryName] = []
    }

    /// Reads how the branches are protected that policies are read from: each once, whoever reads from it.
    func laws(_ examination: inout Examination) async {
        var readings: [Version: Reading] = [:]
        var open: [Version] = []
        func note(_ policy: Policy, in repository: RepositoryName, for readers: [RepositoryName]) {
            for place in policy.elsewhere {
                // What a commit has nobody changes.
                if let ref = place.ref, CommitID(ref.description) != nil { continue }
                let name = place.repository ?? repository
                let version = Version(repository: name.description.lowercased(), ref: place.ref)
                if readings[version] == nil { open.append(version) }
                var reading = readings[version] ?? Reading(name: name)
                if !reading.files.contains(place.path) { reading.files.append(place.path) }
                for reader in readers where !reading.readers.contains(reader) { reading.readers.append(reader) }
                readings[version] = reading
            }
        }
        for repository in examination.repositories.flatMap({ [$0] + $0.others }) {
            guard let policy = repository.validPolicy else { continue }
            note(policy, in: repository.name, for: [repository.name])
        }
        var looked: [(version: Version, branch: RepositoryEvidence)] = []
        while !open.isEmpty, looked.count < Self.maximumLaws {
            let version = open.removeFirst()
            guard let reading = readings[version], let branch = await law(reading.name, version.ref, examination)
            else { continue }
            looked.append((version, branch))
            // What gates the law is read from somewhere, too.
            if let policy = branch.validPolicy { note(policy, in: branch.name, for: reading.readers) }
        }
        examination.unseenLaws = open.count
        for (version, branch) in looked {
            guard var reading = readings[version] else { continue }
            let law = LawEvidence(branch, files: [], readers: [])
            // A branch that is looked at with its own gates is no news to its own repository.
            if examination.isGated(law) { reading.readers.removeAll { $0.isSame(as: branch.name) } }
            guard !reading.readers.isEmpty else { continue }
            let index = examination.laws.firstIndex { $0.isBranch(branch.base, of: branch.name) }
            guard let index else {
                examination.laws.append(LawEvidence(branch, files: reading.files, readers: reading.readers))
                continue
            }
            examination.laws[index].files += reading.files.filter { !examination.laws[index].files.contains($0) }
            examination.laws[index].readers += reading.readers.filter {
                !examination.laws[index].readers.contains($0)
            }
        }
    }

    /// The branch that a version is; nil where it is none, as a tag, of which a policy's warning tells.
    private func law(
        _ name: RepositoryName, _ ref: ExactText?, _ examination: Examination
    ) async -> RepositoryEvidence? {
        let known = examination.repositories.first { $0.name.isSame(as: name) }
        var evidence = RepositoryEvidence(
            known?.name ?? name, await rights(in: name, known))
        guard case .success(let rights) = evidence.rights else { return evidence }
        let branchName = ref?.description ?? rights.repository.defaultBranch
        let read = ([known].compactMap(\.self) + (known?.others ?? [])).first { $0.base?.isExactly(branchName) == true }
        if let read {
            evidence = read
            (evidence.others, evidence.unseenBases) = ([], 0)
        } else {
            if !branchName.isExactly(rights.repository.defaultBranch) { evidence.furtherBranch = branchName }
            let branch = await outcome { () throws(ForgeError) in try await forge.branch(evidence.name, branchName) }
            evidence.branch = branch
            guard case .success(let tip?) = branch else {
                if case .success(nil) = branch, ref != nil { return nil }
                return evidence
            }
            let owner = evidence.name.owner
            var organization = examination.organization(owner)?.policy
            if organization == nil { organization = await decider.organizationPolicy(of: owner) }
            if let organization {
                evidence.policy = await decider.repositoryPolicy(
                    of: rights.repository.repository, at: tip.commit,
                    into: evidence.furtherBranch, beside: organization)
            }
        }
        if evidence.rules == nil, evidence.protectedBranch?.isProtected == true,
            let asker = administrator ?? (rights.mayAdminister ? .service : nil)
        {
            let repository = evidence.name
            evidence.rules = await outcome { () throws(ForgeError) in
                try await forge.protectionRules(of: repository, asker)
            }
        }
        return evidence
    }

    private func rights(
        in name: RepositoryName, _ known: RepositoryEvidence?
    ) async -> Result<RepositoryRights, ForgeError> {
        if let known { return known.rights }
        return await outcome { () throws(ForgeError) in try await forge.rights(in: name) }
    }
}
