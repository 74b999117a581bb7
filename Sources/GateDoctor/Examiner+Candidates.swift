import GateForge
import GatePolicy
import GateService

extension Examiner {
    /// A repository to look at, with the rights of the service account where a list told them.
    struct Candidate: Sendable {
        var name: RepositoryName
        var origin: RepositoryEvidence.Origin
        var rights: RepositoryRights?
        /// Its default branch, where somebody else is shown the repository.
        var branch: String?
    }

    /// Which repositories and organisations are looked at.
    struct Candidates: Sendable {
        var repositories: [Candidate] = []
        var organizations: [String] = []
        /// Why there may be more repositories.
        var unlisted: [String] = []
        /// How many are left out, and why.
        var passedOver: [String] = []

        /// What is named twice, or found by two names' ways, is looked at once; what somebody names is named.
        mutating func unite() {
            var places: [String: Int] = [:]
            var united: [Candidate] = []
            for candidate in repositories {
                let key = candidate.name.description.lowercased()
                guard let place = places[key] else {
                    places[key] = united.count
                    united.append(candidate)
                    continue
                }
                if candidate.origin == .named { united[place].origin = .named }
                united[place].rights = united[place].rights ?? candidate.rights
                united[place].branch = united[place].branch ?? candidate.branch
            }
            repositories = united
        }

        /// Those among a list that can be looked at.
        mutating func alive(_ listed: [RepositoryRights], _ whose: String) -> [RepositoryRights] {
            let archived = listed.count { $0.repository.isArchived }
            let alive = listed.filter { !$0.repository.isArchived && !$0.repository.isEmpty }
            let empty = listed.count - archived - alive.count
            let counts = [(archived, "archived"), (empty, "empty")].filter { $0.0 > 0 }.map { "\($0) \($1)" }
            if !counts.isEmpty { passedOver.append("\(whose): left out: \(counts.joined(separator: ", "))") }
            return alive
        }

        mutating func note(_ owner: String) {
            if !organizations.contains(where: { $0.lowercased() == owner.lowercased() }) { organizations.append(owner) }
        }
    }

    func candidates(_ targets: [Target], _ examination: Examination) async -> Candidates {
        var found = Candidates()
        for target in targets {
            switch target {
            case .repository(let name):
                found.repositories.append(Candidate(name: name, origin: .named))
                found.note(name.owner)
            case .organization(let name):
                found.note(name)
                await list(name, examination, &found)
            }
        }
        if targets.isEmpty { await listOwn(examination, &found) }
        found.unite()
        return found
    }

    /// All repositories of an organisation, as whoever sees most of them is shown them.
    private func list(_ organization: String, _ examination: Examination, _ found: inout Candidates) async {
        let askers = [administrator, examination.directoryReader, .service].compactMap { $0 }
        var lists: [Credential: [RepositoryRights]] = [:]
        for asker in askers where lists[asker] == nil {
            do throws(ForgeError) {
                lists[asker] = try await forge.shownRepositories(of: organization, asker)
            } catch {
                // Whoever comes first sees most; what the others were not shown is in that list.
                if lists.isEmpty {
                    found.unlisted.append(
                        "the repositories of `\(organization)` as `\(asker)` is shown them: \(error.reason)"
                            + (error.namesNoOrganization ? "; name those of a user as `\(organization)/REPO`" : ""))
                }
            }
        }
        // The longest list: an outsider, or a member of some teams, is shown fewer.
        let longest = lists.values.max { $0.count < $1.count } ?? []
        let worked = (examination.running?.gated ?? []).filter { $0.owner.lowercased() == organization.lowercased() }
        let ours = Dictionary(
            (lists[.service] ?? []).map { ($0.repository.name.description.lowercased(), $0) }, uniquingKeysWith: { $1 })
        found.repositories += found.alive(longest, "the repositories of `\(organization)`").map { listed in
            let name = listed.repository.name
            return Candidate(
                name: name, origin: worked.contains { $0.isSame(as: name) } ? .worked : .listed,
                rights: ours[name.description.lowercased()], branch: listed.repository.defaultBranch)
        }
        // What nobody here is shown, and the service has worked for.
        found.repositories += worked.filter { name in !longest.contains { $0.repository.name.isSame(as: name) } }
            .map { Candidate(name: $0, origin: .worked) }
    }

    /// What the service account has a part in.
    private func listOwn(_ examination: Examination, _ found: inout Candidates) async {
        var own: [RepositoryRights] = []
        do throws(ForgeError) { own = try await forge.ownRepositories() } catch {
            found.unlisted.append("the repositories that the service account has a part in: \(error.reason)")
        }
        found.repositories = found.alive(own, "the repositories that the service account has a part in")
            .map { Candidate(name: $0.repository.name, origin: .listed, rights: $0) }
        // A repository that the service has worked for, and in which its account has lost its rights.
        for name in examination.running?.gated ?? []
        where !own.contains(where: { $0.repository.name.isSame(as: name) }) {
            found.repositories.append(Candidate(name: name, origin: .worked))
        }
        for candidate in found.repositories { found.note(candidate.name.owner) }
    }
}
