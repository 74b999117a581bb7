import Foundation

extension WorldState {
    mutating func createPerson(login: String, email: String, password: String, isAdmin: Bool = false) -> Account {
        let account = Account(
            id: nextID(.account), login: login, email: email, password: password, isAdmin: isAdmin, created: now)
        accounts[account.id] = account
        return account
    }

    mutating func createOrganization(login: String, visibility: String, description: String, owner: Int) -> Account {
        let organization = Account(
            id: nextID(.account), login: login, email: "", isOrganization: true, isActive: false,
            visibility: visibility, description: description, created: now)
        accounts[organization.id] = organization
        var owners = Team(
            id: nextID(.team), organization: organization.id, name: "Owners", permission: .owner, units: [:],
            unitOrder: Team.allUnits, includesAllRepositories: true, canCreateRepositories: true)
        for unit in Team.allUnits { owners.units[unit] = .owner }
        owners.members = [owner]
        teams[owners.id] = owners
        return organization
    }

    mutating func createToken(owner: Int, name: String, scopes: [String], value: String? = nil) -> AccessToken {
        let id = nextID(.token)
        let token = AccessToken(
            id: id, owner: owner, name: name,
            value: value ?? GitStore.id("token", Array("\(id) \(name) \(owner)".utf8)),
            scopes: scopes)
        tokens.append(token)
        return token
    }

    mutating func deleteOrganization(_ id: Int) {
        for team in teams.values where team.organization == id { teams[team.id] = nil }
        for hook in hooks.values where hook.target == .organization(id) { hooks[hook.id] = nil }
        accounts[id] = nil
    }

    mutating func deleteRepository(_ id: Int) {
        for pull in pulls(of: id) { deletePull(pull.id) }
        for hook in hooks.values where hook.target == .repository(id) { hooks[hook.id] = nil }
        redirects = redirects.filter { $0.value != id }
        for fork in repositories.values where fork.parent == id { repositories[fork.id]?.parent = nil }
        repositories[id] = nil
    }

    mutating func deletePerson(_ id: Int) {
        for repository in repositories.values where repository.owner == id { deleteRepository(repository.id) }
        for team in teams.keys { teams[team]?.members.remove(id) }
        for repository in repositories.keys { repositories[repository]?.collaborators[id] = nil }
        for pull in pulls.values { pulls[pull.id]?.assignees.removeAll { $0 == id } }
        tokens.removeAll { $0.owner == id }
        accounts[id] = nil
    }

    // MARK: Repositories

    mutating func createRepository(
        owner: Int, name: String, isPrivate: Bool, initialize: Bool, defaultBranch: String, description: String,
        doer: Int
    ) -> Repository {
        var repository = Repository(
            id: nextID(.repository), owner: owner, name: name, description: description, isPrivate: isPrivate,
            defaultBranch: defaultBranch, created: now, updated: now)
        repository.watchers =
            Set(members(of: owner).map(\.id)).union(accounts[owner]?.isOrganization == true ? [] : [owner]).count
        repositories[repository.id] = repository
        if initialize {
            let text = "# \(name)\n\n" + description
            let readme = git.blob(Array(text.utf8))
            let commit = self.commit(
                in: repository.id, files: ["README.md": readme], parents: [], message: "Initial commit",
                doer: doer)
            repositories[repository.id]?.branches[defaultBranch] = commit.sha
            repositories[repository.id]?.bytes = 25 * 1024
        }
        return repositories[repository.id] ?? repository
    }

    mutating func fork(_ source: Repository, owner: Int, name: String) -> Repository {
        var copy = Repository(
            id: nextID(.repository), owner: owner, name: name, description: source.description,
            isPrivate: source.isPrivate, defaultBranch: source.defaultBranch, parent: source.id, created: now,
            updated: now)
        copy.branches = source.branches
        copy.known = source.known
        copy.watchers = 0
        repositories[copy.id] = copy
        return copy
    }

    /// A commit in a repository, by an account unless somebody else is named.
    mutating func commit(
        in repository: Int, files: [String: String], parents: [String], message: String, doer: Int,
        author: Commit.Signature? = nil, committer: Commit.Signature? = nil
    ) -> Commit {
        let me = signature(of: doer)
        let commit = git.commit(
            files: files, parents: parents, author: author ?? me, committer: committer ?? me, message: message)
        repositories[repository]?.known.insert(commit.sha)
        repositories[repository]?.bytes += 512
        return commit
    }

    func signature(of account: Int) -> Commit.Signature {
        Commit.Signature(
            name: accounts[account]?.login ?? "Ghost", email: accounts[account]?.email ?? "ghost@noreply.localhost",
            time: now)
    }

    func account(withEmail email: String) -> Account? {
        let wanted = email.lowercased()
        return accounts.values.first { !$0.isOrganization && $0.email.lowercased() == wanted }
    }
}
