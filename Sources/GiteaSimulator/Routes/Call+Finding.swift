import Foundation

extension Call {
    /// The viewer of an answer.
    var viewer: Viewer { caller.map { .account($0) } ?? .nobody }

    /// The repository that the path names, if the caller may see it; an old name answers by redirect.
    func repository(_ world: WorldState, isDeep: Bool = true) throws -> Repository {
        let repository = try found(world)
        guard world.permission(of: caller, in: repository).seesAnything else { throw APIFailure.notFound() }
        if isDeep, isPublicOnly, repository.isPrivate {
            throw APIFailure.message(403, "token scope is limited to public repos")
        }
        return repository
    }

    private func found(_ world: WorldState) throws -> Repository {
        let owner = self["owner"]
        let name = self["repo"]
        if let repository = world.repository(owner, name) { return repository }
        let old = "\(owner)/\(name)".lowercased()
        guard let id = world.redirects[old], let repository = world.repositories[id] else {
            throw APIFailure.notFound()
        }
        let rest = request.path.split(separator: "/", omittingEmptySubsequences: true).dropFirst(3).joined(
            separator: "/")
        let query = request.query.map { "\($0.name)=\(WorldState.queryEscaped($0.value))" }.joined(separator: "&")
        let target = "/api/v1/repos/\(world.fullName(repository))\(rest.isEmpty ? "" : "/" + rest)"
        let location = target + (query.isEmpty ? "" : "?" + query)
        throw APIFailure { world in
            APIResponse(status: 307, headers: [("Location", (URL(string: world.address)?.path ?? "") + location)])
        }
    }

    func permission(_ world: WorldState, _ repository: Repository) -> Permission {
        world.permission(of: caller, in: repository)
    }

    /// The repository, if the caller administers it.
    func administered(_ world: WorldState) throws -> Repository {
        let repository = try repository(world)
        _ = try requireCaller()
        guard permission(world, repository).isAdmin else {
            throw APIFailure.message(403, "user should be an owner or a collaborator with admin write of a repository")
        }
        return repository
    }

    /// The repository, if the caller may write this unit.
    func writable(_ world: WorldState, _ unit: String) throws -> Repository {
        let repository = try repository(world)
        _ = try requireCaller()
        guard permission(world, repository).writes(unit) else {
            throw APIFailure.message(403, "user should have a permission to write to a repo")
        }
        return repository
    }

    func refuseArchived(_ world: WorldState, _ repository: Repository) throws {
        if repository.archivedAt != nil {
            throw APIFailure.message(423, "\(world.fullName(repository)) is archived")
        }
    }

    func pull(_ world: WorldState) throws -> PullRequest {
        let repository = try repository(world)
        guard repository.hasPulls, let pull = world.pull(try number("index"), in: repository.id) else {
            throw APIFailure.notFound()
        }
        return pull
    }

    func organization(_ world: WorldState, isDeep: Bool = true) throws -> Account {
        guard let organization = world.organization(named: self["org"]) else {
            throw APIFailure.notFound(
                "GetOrgByName", errors: ["user redirect does not exist [name: \(self["org"])]"])
        }
        if isDeep, isPublicOnly, organization.visibility != "public" {
            throw APIFailure.message(403, "token scope is limited to public orgs")
        }
        return organization
    }

    func memberOrganization(_ world: WorldState) throws -> Account {
        let organization = try organization(world)
        let caller = try requireCaller()
        guard world.isMember(caller, of: organization.id) || world.accounts[caller]?.isAdmin == true else {
            throw APIFailure.message(403, "Must be an organization member")
        }
        return organization
    }

    func ownedOrganization(_ world: WorldState) throws -> Account {
        let organization = try organization(world)
        let caller = try requireCaller()
        guard world.isOwner(caller, of: organization.id) || world.accounts[caller]?.isAdmin == true else {
            throw APIFailure.message(403, "Must be an organization owner")
        }
        return organization
    }

    /// The team that the path names, as far as the caller may see it.
    func team(_ world: WorldState) throws -> Team {
        guard let team = world.teams[try number("id")] else { throw APIFailure.notFound() }
        let caller = try requireCaller()
        if world.accounts[caller]?.isAdmin == true || world.isOwner(caller, of: team.organization)
            || team.members.contains(caller)
        {
            return team
        }
        if world.isMember(caller, of: team.organization) {
            throw APIFailure.message(403, "Must be a team member")
        }
        throw APIFailure.notFound()
    }

    /// The team, if the caller owns its organisation.
    func ownedTeam(_ world: WorldState) throws -> Team {
        guard let team = world.teams[try number("id")] else { throw APIFailure.notFound() }
        let caller = try requireCaller()
        guard world.accounts[caller]?.isAdmin == true || world.isOwner(caller, of: team.organization) else {
            if world.isMember(caller, of: team.organization) {
                throw APIFailure.message(403, "Must be an organization owner")
            }
            throw APIFailure.notFound()
        }
        return team
    }
}
