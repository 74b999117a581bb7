import GateForge
import GatePolicy

/// What is known of whether people are active, and may sign in: only site administrators are told of others.
struct Activity {
    /// By account; who is not in it nobody was told of.
    let known: [Int64: Bool]
    /// Why it is not known of some who may sign, in one sentence for all of them; nil where it is known of all.
    private(set) var reason: String?
    private let examination: Examination

    init(_ examination: Examination) {
        self.examination = examination
        var known: [Int64: Bool] = [:]
        let lists = examination.organizations.flatMap(\.members.values).compactMap {
            try? $0[examination.directoryReader]?.get()
        }
        let named = examination.people.values.compactMap { (try? $0.get()) ?? nil }
        for account in lists.flatMap({ $0 }) + named {
            if let isActive = account.isActive { known[account.id] = isActive }
        }
        self.known = known
        var names: Set<String> = []
        for repository in examination.repositories.flatMap({ [$0] + $0.others }) {
            guard let policy = repository.validPolicy else { continue }
            for gate in policy.gates where !gate.mode(at: examination.now).isOff {
                names.formUnion(unknown(among: repository.people(of: gate), in: repository))
            }
            if !policy.change.asksForOneWriter {
                names.formUnion(unknown(among: policy.peopleOfChanges, in: repository))
            }
        }
        guard !names.isEmpty else { return }
        let shown = names.sorted().prefix(Self.shownNames).map { "`\($0)`" }.joined(separator: ", ")
        let more = names.count > Self.shownNames ? " and \(names.count - Self.shownNames) more" : ""
        let failure = examination.organizations.compactMap(\.activityFailure).first
        reason =
            "whether those who may sign are active is told to site administrators only: "
            + (failure.map(\.reason) ?? examination.administratorWanted) + ": \(shown)\(more)"
    }

    /// Names that are told one by one.
    private static let shownNames = 5

    /// Who among some people it is not known of, by the names that policies give them.
    func unknown(among people: [People], in repository: RepositoryEvidence) -> Set<String> {
        var names: Set<String> = []
        for one in people { one.eachLeaf { if isOpen($0, repository) { names.insert(name(of: $0, repository)) } } }
        return names
    }

    /// Somebody's name whatever repository names him.
    private func name(of people: People, _ repository: RepositoryEvidence) -> String {
        switch people {
        case .organizationTeam(let name, _): "\(repository.name.owner.lowercased())/\(name)"
        case .team(let team, _): "\(team)"
        case .user(let login, _): "@\(login.lowercased())"
        default: "\(people) of \(repository.name)"
        }
    }

    /// Whether somebody is in such a set of whom it is not known.
    private func isOpen(_ people: People, _ repository: RepositoryEvidence) -> Bool {
        func areOpen(_ accounts: [Account]) -> Bool { accounts.contains { isActive($0) == nil } }
        switch people {
        case .team, .organizationTeam:
            return people.teams(in: repository.name.owner).contains { team in
                let members = examination.organization(team.organization)?.members(
                    of: team.name, examination.directoryReader)
                return areOpen(members ?? [])
            }
        case .user(let login, _):
            return areOpen(examination.shown(login).map { [$0] } ?? [])
        case .writers: return areOpen(repository.signers.writers?.proven ?? [])
        case .admins: return areOpen(repository.signers.admins?.proven ?? [])
        case .organizationMembers:
            return areOpen(examination.organization(repository.name.owner)?.people?.value ?? [])
        case .codeOwners: return repository.signers.owners.contains { isOpen($0, repository) }
        default: return false
        }
    }

    /// Whether somebody is; nil where nobody was told.
    func isActive(_ account: Account) -> Bool? { account.isActive ?? known[account.id] }
}

extension Examination {
    /// The account of a login, as a team's list or the forge showed it.
    fileprivate func shown(_ login: String) -> Account? {
        if case .success(let account)? = people[login.lowercased()] { return account }
        let lists = organizations.flatMap(\.members.values).compactMap { try? $0[directoryReader]?.get() }
        return lists.lazy.flatMap { $0 }.first { $0.login.lowercased() == login.lowercased() }
    }
}
