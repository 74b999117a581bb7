import NIOHTTP1

extension StoryForge {
    /// The scopes of somebody who reviews and pushes.
    public static let personScopes = ["write:repository", "write:issue", "read:organization", "read:user"]
    /// The scopes of the service account.
    public static let serviceScopes = ["write:repository", "write:issue", "read:user", "read:organization"]
    /// The scopes of an organisation's owner.
    public static let ownerScopes = ["write:repository", "write:issue", "write:organization", "write:user"]
    /// The only scope of the directory token.
    public static let directoryScopes = ["read:organization"]

    /// A new account with a token.
    public func person(
        _ name: String, scopes: [String] = personScopes, isPrivate: Bool = false
    ) async throws -> Person {
        let login = self.name(name)
        let password = "Story-\(login)-1"
        let account = try await must(
            .POST, "/admin/users", as: nil,
            [
                "username": .string(login), "email": .string("\(login)@example.com"), "password": .string(password),
                "must_change_password": false, "visibility": .string(isPrivate ? "private" : "public"),
            ])
        var person = Person(
            name: name, login: login, id: account["id"]?.int ?? 0, token: "", password: password)
        person.token = try await token(person, named: "story", scopes: scopes)
        return person
    }

    /// Another token of somebody.
    public func token(_ person: Person, named name: String, scopes: [String]) async throws -> String {
        let answer = try await must(
            .POST, "/users/\(person.login)/tokens", as: person,
            ["name": .string(name), "scopes": .strings(scopes)], basic: true)
        guard let token = answer["sha1"]?.string else { throw Refused(description: "a token without its text") }
        return token
    }

    /// Takes a token away.
    public func deleteToken(_ person: Person, named name: String) async throws {
        try await must(.DELETE, "/users/\(person.login)/tokens/\(name)", as: person, nil, basic: true)
    }

    /// The same person with another token.
    public func with(_ person: Person, token: String) -> Person {
        var other = person
        other.token = token
        return other
    }

    /// A new organisation, owned by somebody.
    public func organization(_ name: String, owner: Person, isPrivate: Bool = true) async throws {
        try await must(
            .POST, "/orgs", as: owner,
            ["username": .string(self.name(name)), "visibility": .string(isPrivate ? "private" : "public")])
    }

    /// A new team with a right on all code of its organisation.
    @discardableResult
    public func team(
        _ name: String, of organization: String, owner: Person, permission: String = "write", _ members: [Person]
    ) async throws -> Int {
        let units: [String] = ["repo.code", "repo.issues", "repo.pulls"]
        let map = JSON.object(units.map { JSON.Member($0, .string(permission)) })
        let team = try await must(
            .POST, "/orgs/\(self.name(organization))/teams", as: owner,
            [
                "name": .string(name), "permission": .string(permission), "units": .strings(units), "units_map": map,
                "includes_all_repositories": true,
            ])
        let id = team["id"]?.int ?? 0
        for member in members { try await must(.PUT, "/teams/\(id)/members/\(member.login)", as: owner) }
        return id
    }
}
