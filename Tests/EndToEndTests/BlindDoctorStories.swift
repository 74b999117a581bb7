import GiteaSimulator
import NIOHTTP1
import Synchronization
import Testing

/// The doctor does not see something, and says so.
@Suite(.simulatorOnly) struct BlindDoctorStories {
    /// Whatever one answer is missing: what it would have told is never called sound.
    @Test(arguments: [(500, "acme"), (404, nil)] as [(Int, String?)])
    func noCallIsLeftOutInSilence(status: Int, target: String?) async throws {
        // Sets that no team's list tells are read, too.
        let policy = Story.policy + "  others:\n    require: 2 of org_members and writers\n"
        try await Story.tell(policy: policy) { story in
            let simulator = try #require(story.simulator)
            let surgery = Surgery(story)
            _ = try await story.pull()
            _ = try await story.pull("Add two", file: "src/two.swift", branch: "feature/two")
            let fired = await surgery.run(["refire", story.repository])
            #expect(fired.status == 0, "\(fired)")
            try await story.forge.protect(
                "main", of: story.repository, contexts: ["countersign: main"], as: story.keeper)
            try await story.forge.must(
                .PATCH, "/repos/\(story.repository)/branch_protections/main", as: story.keeper,
                ["block_admin_merge_override": true])
            surgery.files.withLock { $0["/password"] = "secret123" }
            let site = ["--administrator", "root1", "--administrator-password-file", "/password"]
            let command = ["doctor"] + [target].compactMap(\.self) + site
            simulator.requests.reset()
            let sound = await surgery.run(command)
            #expect(sound.status == 0, "\(sound)")
            let asked = simulator.requests.all.filter { $0.method == "GET" && $0.status != status }
            let calls = Set(asked.map { Call($0) }).filter { !$0.isToldOtherwise(service: story.gate.login) }
            #expect(calls.count > 15)
            for call in calls.sorted(by: { ($0.path, $0.login) < ($1.path, $1.login) }) {
                simulator.faults.add(Fault(method: "GET", path: call.path, as: call.login, kind: .status(status)))
                let blind = await surgery.run(command)
                simulator.faults.clear()
                #expect(blind.status != 0, "\(call.path) as \(call.login): \(status)\n\(blind.output)")
            }
        }
    }

    private struct Call: Hashable {
        var path: String
        var login: String

        init(_ record: RequestRecord) {
            path = record.path
            login = record.login ?? ""
        }

        /// What the service account is shown of the forge and of an organisation the other credentials are shown, too; and
        /// where teams prove enough writers nobody needs the list of those who may be some.
        func isToldOtherwise(service: String) -> Bool {
            // Whose an administrator's credential is decides nothing, and the service's account tells of itself.
            if login == "root1", ["/user", "/users/\(service)"].contains(path) { return true }
            let isOfOrganization = path.hasPrefix("/orgs/") && (path.hasSuffix("/repos") || path.hasSuffix("/teams"))
            return login == service && (path == "/version" || isOfOrganization || path.hasSuffix("/assignees"))
        }
    }

    /// The forge fails at a branch that only the policy names, and at webhooks: that is said, and of which.
    @Test func whatFailsIsNamed() async throws {
        let policy = "version: 1\ngates:\n  a: { when: 'base(\"main\", \"release\")', require: qa }\n"
        try await Story.tell(policy: policy) { story in
            let simulator = try #require(story.simulator)
            let surgery = Surgery(story, arguments: ["--hook-url", "https://gate.example.org/hooks/forge"])
            try await story.branch("release")
            let places = ["/repos/\(story.repository)/branches/release", "/orgs/\(story.forge.name("acme"))/hooks"]
            for path in places { simulator.faults.add(Fault(method: "GET", path: path, kind: .status(500))) }
            let blind = try await surgery.doctor(isRead: true)
            #expect(blind.text.contains("\(story.repository): release: the forge failed with 500"), "\(blind.text)")
            #expect(
                blind.text.contains("\(story.repository): its webhooks: the forge failed with 500"), "\(blind.text)")
            #expect(!blind.text.contains("shown to administrators only"), "\(blind.text)")
        }
    }

    /// Who owns a user's repository cannot be read: why nobody knows who may write it is said.
    @Test func ownerWhoCannotBeRead() async throws {
        try await Story.tell { story in
            let login = story.keeper.login
            try await story.forge.must(
                .POST, "/user/repos", as: story.keeper,
                ["name": "own", "auto_init": true, "default_branch": "main"])
            try await story.forge.must(
                .PUT, "/repos/\(login)/own/collaborators/\(story.gate.login)", as: story.keeper,
                ["permission": "write"])
            try await story.forge.commit(
                [.create(".countersign.yml", "version: 1\ngates: { a: { require: writers } }\n")],
                to: "\(login)/own", branch: "main", as: story.keeper)
            let surgery = Surgery(story)
            let simulator = try #require(story.simulator)
            simulator.faults.add(Fault(method: "GET", path: "/users/\(login)", kind: .status(500)))
            let blind = await surgery.run(["doctor", "\(login)/own"])
            #expect(
                blind.output.contains(
                    "\(login)/own: a: who is in `writers` is not known as a whole: the forge failed with 500"),
                "\(blind)")
        }
    }

    /// Whoever was lent may not look people up: the service's own token is asked then, and named.
    @Test func aLentCredentialThatSeesNobody() async throws {
        let policy = "version: 1\ngates: { a: { require: '@bob | @nobody-there' } }\n"
        try await Story.tell(policy: policy) { story in
            let surgery = Surgery(story)
            surgery.files.withLock { $0["/password"] = "secret123" }
            let site = ["--administrator", "root1", "--administrator-password-file", "/password"]
            let blind = ["--administrator-token-file", "/blind"]
            let token = try await story.forge.token(
                story.keeper, named: "blind", scopes: ["write:repository", "write:organization"])
            surgery.files.withLock { $0["/blind"] = token }
            let simulator = try #require(story.simulator)
            for (lent, asker, askers) in [
                (site, "the administrator's credential", ["root1"]),
                (blind, "`forge.token`", [story.keeper.login, story.gate.login]),
            ] {
                simulator.requests.reset()
                let found = await surgery.run(["doctor", story.repository] + lent)
                #expect(found.output.contains("WARNS policy.deadlock: acme/widget: a\n"), "\(found)")
                #expect(found.output.contains("`GET /users/nobody-there` with \(asker)\n"), "\(found)")
                let asked = simulator.requests.all.filter { $0.path == "/users/nobody-there" }
                #expect(asked.map { $0.login ?? "" } == askers)
            }
        }
    }

    /// Names that lead to nothing to look at say why.
    @Test func nothingToLookAt() async throws {
        try await Story.tell { story in
            let surgery = Surgery(story)
            try await story.forge.must(
                .PATCH, "/repos/\(story.repository)", as: story.keeper, ["archived": true])
            for (name, reason) in [
                (story.forge.name("acme"), "left out: 1 archived"),
                (story.dave.login, "; name those of a user as `\(story.dave.login)/REPO`"),
            ] {
                let seen = await surgery.run(["doctor", name, "--administrator-token-file", "/administrator"])
                #expect(seen.output.contains("the repositories of `\(name)`"), "\(seen)")
                #expect(seen.output.contains(reason), "\(seen)")
                #expect(!seen.output.contains("has a part in no repository"), "\(seen)")
            }
        }
    }

    /// Somebody who may write posts our summary on a pull request that is not the newest.
    @Test func forgedStatusOnAnOlderPullRequest() async throws {
        try await Story.tell { story in
            let surgery = Surgery(story)
            let older = try await story.pull()
            _ = try await story.pull("Add two", file: "src/two.swift", branch: "feature/two")
            _ = await surgery.run(["refire", story.repository])
            let head = try await story.forge.head(of: older, story.repository)
            try await story.forge.must(
                .POST, "/repos/\(story.repository)/statuses/\(head)", as: story.dave,
                ["context": "countersign: main", "state": "success"])
            let found = try await surgery.doctor(isRead: true)
            #expect(found.blocking.contains("protection.foreign-status"), "\(found.text)")
            #expect(
                found.text.contains("`countersign: main` on #\(older): the newest row is by `\(story.dave.login)`"),
                "\(found.text)")
        }
    }

    /// Without a name a repository with gates in which the service account may only read is found.
    @Test func repositoryThatMayOnlyBeRead() async throws {
        try await Story.tell { story in
            let surgery = Surgery(story)
            try await story.forge.repository("gadget", of: "acme", as: story.keeper)
            for (name, permission) in [("gadget", "write"), ("widget", "read")] {
                try await story.forge.must(
                    .PUT, "/repos/acme/\(name)/collaborators/\(story.gate.login)", as: story.keeper,
                    ["permission": .string(permission)])
            }
            let teams = try await story.forge.must(.GET, "/orgs/acme/teams", as: story.keeper).array ?? []
            let gates = try #require(teams.first { $0["name"]?.string == "gates" }?["id"]?.int)
            try await story.forge.must(
                .DELETE, "/teams/\(gates)/members/\(story.gate.login)", as: story.keeper)
            let found = await surgery.run(["doctor", "--administrator-token-file", "/administrator"])
            #expect(found.output.contains("BLOCKS access.write: acme/widget"), "\(found)")
        }
    }
}
