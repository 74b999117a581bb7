import GatePolicy
import Testing

@testable import GateForge

/// Accounts, organisations and rights.
struct PeopleTests {
    private static func user(_ id: Int, _ login: String) -> String { #"{"id":\#(id),"login":"\#(login)"}"# }

    private func repository(_ name: String, owner: Account) throws -> Repository {
        Repository(
            id: 1, name: try #require(RepositoryName(name)), owner: owner, ownerIsOrganization: .known(true),
            isPrivate: true, defaultBranch: "main")
    }

    @Test func oneselfIsToldWhetherOneIsActive() async throws {
        let me = try Recordings.answer(80)
        try await withForge({ _ in me }) { client, forge in
            let account = try await client.currentUser()
            #expect(account.id == 13)
            #expect(account.isActive == true)
            _ = try await client.currentUser()
            #expect(forge.asked.count == 1)
        }
    }

    @Test func aDirectoryTokenMayNotSayWhoseItIs() async throws {
        let refusal = try Recordings.answer(81)
        try await withForge({ _ in refusal }, directory: true) { client, _ in
            let error = await #expect(throws: ForgeError.self) { try await client.currentUser(.directory) }
            #expect(
                error?.kind
                    == .missingScope(
                        ["read:user"],
                        message: "token does not have at least one of required scope(s): [read:user]"))
            #expect(error?.call.credential == .directory)
        }
    }

    @Test func somebodyAndNobody() async throws {
        let bob = try Recordings.answer(86)
        let nobody = try Recordings.answer(87)
        try await withForge({ $0.route == "/users/bob" ? bob : nobody }) { client, _ in
            let found = await client.user("bob")
            #expect(found.value??.id == 3)
            // The recorded answer says `active: false` of an active account to somebody who is not told.
            #expect(found.value??.isActive == nil)
            let missing = await client.user("nobody")
            #expect(missing == .known(nil))
        }
    }

    /// A private profile is denied as though it were not there, in other words (Gitea's `GetInfo`).
    @Test(arguments: [
        Canned.notFound,
        .json(
            #"{"message":"GetUserByName","errors":["user does not exist [uid: 0, name: hidden, keyid: 0]"]}"#,
            status: 404),
    ])
    func whoIsHiddenIsSomebody(_ answer: Canned) async throws {
        try await withForge({ _ in answer }) { client, _ in
            let hidden = await client.user("hidden")
            guard case .unknown(let unknown) = hidden else {
                Issue.record("a 404 is taken for nobody")
                return
            }
            #expect(unknown.cause == .refused)
            #expect(unknown.subject == "who `hidden` is")
        }
    }

    @Test func anAdministratorIsToldWhoIsDeactivated() async throws {
        let patched = try Recordings.answer(772)
        try await withForge({ _ in patched }) { client, _ in
            let carol = await client.user("carol")
            #expect(carol.value??.isActive == false)
        }
    }

    @Test func ownersOfRepositories() async throws {
        let organization = try Recordings.answer(183)
        let invisible = try Recordings.answer(143)
        let none = try Recordings.answer(503)
        let bob = try Recordings.answer(86)
        try await withForge({ asked in
            switch asked.route {
            case "/orgs/acme": organization
            case "/orgs/hidden": invisible
            case "/users/bob": bob
            default: none
            }
        }) { client, _ in
            let answers = [
                await client.ownerIsOrganization("acme"), await client.ownerIsOrganization("hidden"),
                await client.ownerIsOrganization("bob"), await client.ownerIsOrganization("nope"),
            ]
            #expect(answers.map(\.value) == [true, nil, false, nil])
        }
    }

    @Test func ownersOfRepositoriesByTheirTeams() async throws {
        let ofUser = try Recordings.answer(733)
        let ofOrganization = try Recordings.answer(212)
        try await withForge({ asked in
            switch asked.route {
            case "/repos/alice/solo/teams": ofUser
            case "/repos/acme/widget/teams": ofOrganization
            default: .notFound
            }
        }) { client, _ in
            var answers: [Bool?] = []
            for name in ["alice/solo", "acme/widget", "acme/hidden"] {
                answers.append(await client.ownerIsOrganization(of: try #require(RepositoryName(name))).value)
            }
            #expect(answers == [false, true, nil])
        }
    }

    @Test func membersOfAnOrganisationNeedTheTokensOwnerAmongThem() async throws {
        let list = "[\(Self.user(2, "alice")),\(Self.user(11, "bot"))]"
        try await withForge({ asked in
            asked.route == "/user" ? .json(Self.user(11, "bot")) : .json(list, ["x-total-count": "2"])
        }) { client, _ in
            let members = await client.organizationMembers("acme")
            #expect(members.value?.map(\.id) == [2, 11])
        }
    }

    @Test func aListOfPublicMembersIsNotTheMembers() async throws {
        try await withForge({ asked in
            switch asked.route {
            case "/user": .json(Self.user(11, "bot-none"))
            case "/orgs/acme/members": .json("[\(Self.user(2, "alice"))]", ["x-total-count": "1"])
            default: .refusal(403, "Must be an organization member")
            }
        }) { client, _ in
            let members = await client.organizationMembers("acme")
            #expect(
                members
                    == .unknown(
                        Unknown(
                            cause: .outsideOrganization, subject: "who is in `acme`",
                            reason: "`bot-none`, the owner of `forge.token`, is not in `acme`",
                            cure: "set `forge.directory_token` to a token of an owner of `acme` with only the scope "
                                + "`read:organization`")))
        }
    }

    @Test func aTokenThatDoesNotKnowItselfAsksTheTeams() async throws {
        let recorded = Recordings.asked(by: "bot-owner")
        let members = [
            "4": "[\(Self.user(2, "alice"))]", "5": "[\(Self.user(7, "frank"))]",
            "6": "[\(Self.user(11, "bot-member"))]",
        ]
        try await withForge(
            { asked in
                if asked.route == "/user" {
                    return .refusal(403, "token does not have at least one of required scope(s): [read:user]")
                }
                let id = asked.route.split(separator: "/").dropFirst().first.map(String.init) ?? ""
                return asked.route.hasPrefix("/teams/") && members[id] != nil
                    ? .json(members[id] ?? "", ["x-total-count": "1"]) : recorded(asked)
            }, directory: true
        ) { client, forge in
            let members = await client.organizationMembers("acme")
            let logins = Set((members.value ?? []).map(\.login))
            #expect(
                logins == [
                    "alice", "frank", "bot-member", "bob", "bot-qa", "bot-both", "olga", "carol", "bot-owner", "root1",
                ])
            #expect(forge.asked.allSatisfy { $0.headers["authorization"] == "token \(Secret.directory)" })
        }
    }

    /// A page of one team was left out on the way: then nobody is proven to be outside the organisation.
    @Test func aPartOfATeamIsNotAllOfTheOrganisation() async throws {
        let recorded = Recordings.asked(by: "bot-owner")
        try await withForge(
            { asked in
                if asked.route == "/user" {
                    return .refusal(403, "token does not have at least one of required scope(s): [read:user]")
                }
                if asked.route == "/settings/api" { return .limits }
                guard asked.route.hasPrefix("/teams/") else { return recorded(asked) }
                return .json(asked.query("page") == "1" ? Self.users(50) : "[]", ["x-total-count": "60"])
            }, directory: true
        ) { client, _ in
            guard case .unknown(let unknown) = await client.organizationMembers("acme") else {
                Issue.record("a part was taken for the whole")
                return
            }
            #expect(unknown.subject == "who is in `acme`" && unknown.reason == "the forge counts 60 and shows 50")
        }
    }

    private static func users(_ count: Int) -> String {
        "[\((1...count).map { user($0, "person-\($0)") }.joined(separator: ","))]"
    }

    @Test func writersAreProvenByTeam() async throws {
        let recorded = Recordings.asked(by: "bot-both", in: ["membership"])
        try await withForge({ asked in
            switch asked.route {
            case "/user": .json(Self.user(13, "bot-both"))
            case "/teams/4/members": .json("[\(Self.user(2, "alice")),\(Self.user(3, "bob"))]", ["x-total-count": "2"])
            case "/teams/6/members": .refusal(403, "Must be a team member")
            default: recorded(asked)
            }
        }) { client, _ in
            let acme = Account(id: 15, login: "acme")
            let writers = await client.writers(of: try repository("acme/widget", owner: acme))
            // Teams qa, security and engineers were shown; Owners and bots were not.
            #expect(Set(writers.proven.map(\.login)) == ["bob", "bot-qa", "bot-both", "olga", "carol", "alice"])
            #expect(writers.possible?.contains { $0.login == "bot-owner" } == true)
            #expect(writers.possible?.contains { $0.login == "frank" } == false)
            #expect(writers.unknown.subject == "who may write the code of `acme/widget`")
            #expect(writers.unknown.cause == .notInTeam)
            let admins = await client.admins(of: try repository("acme/widget", owner: acme))
            #expect(admins.proven.isEmpty)
            #expect(
                admins.unknown.reason == "`bot-both`, the owner of `forge.token`, is not in team `owners`")
        }
    }

    /// Who is in a team that is shown in part may write: what is not known is that team, not its collaborators.
    @Test func aTeamThatIsShownInPart() async throws {
        let recorded = Recordings.asked(by: "bot-both", in: ["membership"])
        try await withForge({ asked in
            switch asked.route {
            case "/settings/api": .json(#"{"max_response_items":2,"default_paging_num":2}"#)
            case "/teams/4/members":
                .json(
                    asked.query("page") == "1" ? "[\(Self.user(2, "alice")),\(Self.user(3, "bob"))]" : "[]",
                    ["x-total-count": "3"])
            case _ where asked.route.hasSuffix("/members"): .json("[]", ["x-total-count": "0"])
            default: recorded(asked)
            }
        }) { client, _ in
            let writers = await client.writers(
                of: try repository("acme/widget", owner: Account(id: 15, login: "acme")))
            #expect(writers.proven.map(\.login).contains("alice"))
            #expect(writers.unknown.subject == "who may write the code of `acme/widget`")
            #expect(writers.unknown.reason == "the forge counts 3 and shows 2")
            #expect(writers.unknown.cure.contains("make the team anew"))
        }
    }

    @Test func aUsersRepositoryIsHis() async throws {
        let teams = try Recordings.answer(733)
        let assignees = try Recordings.answer(737)
        try await withForge({ $0.route.hasSuffix("/teams") ? teams : assignees }) { client, _ in
            let alice = Account(id: 2, login: "alice")
            let writers = await client.writers(of: try repository("alice/solo", owner: alice))
            #expect(writers.proven == [alice])
            #expect(writers.possible?.map(\.login) == ["bob", "alice"])
            #expect(writers.unknown.cause == .notTold)
        }
    }

    /// The forge does not count the owner among the collaborators.
    @Test func aUsersPrivateRepositoryIsShownToHim() async throws {
        let teams = try Recordings.answer(733)
        try await withForge({ asked in
            switch asked.route {
            case "/users/alice": .json(Self.user(2, "alice"))
            case _ where asked.route.hasSuffix("/collaborators"):
                .json("[\(Self.user(3, "bob"))]", ["x-total-count": "1"])
            default: teams
            }
        }) { client, _ in
            let viewers = await client.viewers(of: RepositoryName(owner: "alice", name: "solo"))
            #expect(viewers.value?.map(\.login) == ["alice", "bob"], "\(viewers)")
        }
    }

    @Test func withoutAnyAnswerNobodyIsProvenAndNobodyExcluded() async throws {
        try await withForge({ _ in .page(403) }) { client, _ in
            let writers = await client.writers(of: try repository("acme/widget", owner: Account(id: 15, login: "acme")))
            #expect(writers.proven.isEmpty)
            #expect(writers.possible == nil)
            #expect(writers.unknown.cause == .proxy)
        }
    }

    @Test func repositoriesOfAnOrganisation() async throws {
        let list = try Recordings.answer(699)
        let owned = Canned.json(
            #"[{"id":1,"name":"Owners","permission":"owner","units_map":{}}]"#, ["x-total-count": "1"])
        try await withForge({ asked in
            switch asked.route {
            case "/orgs/acme/teams": owned
            case "/teams/1/members": .json("[\(Self.user(1, "root1"))]", ["x-total-count": "1"])
            default: list
            }
        }) { client, _ in
            let repositories = await client.organizationRepositories("acme")
            #expect(repositories.value?.listed.map(\.name.description) == ["acme/widget"])
            #expect(repositories.value?.listed.map(\.isArchived) == [false])
        }
    }

    /// The forge counts a repository without any unit, and does not show it: what is not shown is not proven absent.
    @Test(arguments: [(1, true), (2, false)]) func repositoriesThatAreCountedAndNotShown(_ total: Int, _ isWhole: Bool)
        async throws
    {
        var list = try Recordings.answer(699)
        list.headers["x-total-count"] = "\(total)"
        let shown = list
        let owned = Canned.json(
            #"[{"id":1,"name":"Owners","permission":"owner","units_map":{}}]"#, ["x-total-count": "1"])
        try await withForge({ asked in
            switch asked.route {
            case "/settings/api": .limits
            case "/orgs/acme/teams": owned
            case "/teams/1/members": .json("[\(Self.user(1, "root1"))]", ["x-total-count": "1"])
            default: shown
            }
        }) { client, _ in
            let repositories = await client.organizationRepositories("acme").value
            #expect(repositories?.listed.map(\.name.description) == ["acme/widget"])
            #expect((repositories?.incomplete == nil) == isWhole)
        }
    }

    /// A list that is shown to somebody who does not own the organisation lacks what he may not see.
    @Test func repositoriesAsFarAsAMemberIsShown() async throws {
        let list = try Recordings.answer(699)
        let owned = Canned.json(
            #"[{"id":1,"name":"Owners","permission":"owner","units_map":{}}]"#, ["x-total-count": "1"])
        try await withForge({ asked in
            switch asked.route {
            case "/orgs/acme/teams": owned
            case "/teams/1/members": .refusal(403, "Must be a team member")
            case "/user": .json(Self.user(11, "bot-member"))
            default: list
            }
        }) { client, _ in
            guard case .unknown(let unknown) = await client.organizationRepositories("acme") else {
                Issue.record("a member's list was taken for whole")
                return
            }
            #expect(unknown.cause == .notTold)
            #expect(unknown.reason.hasPrefix("`bot-member`, the owner of `forge.token`, does not own `acme`"))
        }
    }
}
