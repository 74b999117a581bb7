import GatePolicy
import Testing

@testable import GateForge

/// The table "who may ask about a team", row by row, from the recorded answers.
struct MembershipTests {
    private let qa = TeamReference(organization: "acme", name: "qa")
    private static let subject = "who is in team `qa` of `acme`"

    /// The recorded Gitea as this actor sees it, who is told his own name, or not.
    private func asked(by actor: String, named login: String?) -> @Sendable (Asked) -> Canned {
        let recorded = Recordings.asked(by: actor)
        return { asked in
            guard asked.route == "/user" else { return recorded(asked) }
            return login.map { .json(#"{"id":11,"login":"\#($0)"}"#) }
                ?? .refusal(403, "token does not have at least one of required scope(s): [read:user]")
        }
    }

    private func qaMembers(
        asActor actor: String, named login: String? = nil, directory: Bool = false
    ) async throws -> Known<TeamMembers> {
        try await withForge(asked(by: actor, named: login), directory: directory) { client, _ in
            await client.teamMembers(2, qa)
        }
    }

    @Test(arguments: ["admin", "bot-owner", "bot-qa", "bot-both", "bot-both-readonly", "bot-both-public"])
    func whoSeesTheTeamGetsAllOfIt(actor: String) async throws {
        let members = try #require(try await qaMembers(asActor: actor).value)
        #expect(Set(members.listed.map(\.login)) == ["bob", "bot-qa", "bot-both", "olga"])
        #expect(members.incomplete == nil)
    }

    @Test func inTheOrganisationAndNotInTheTeam() async throws {
        #expect(
            try await qaMembers(asActor: "bot-member", named: "bot-member")
                == .unknown(
                    Unknown(
                        cause: .notInTeam, subject: Self.subject,
                        reason: "`bot-member`, the owner of `forge.token`, is not in team `qa`",
                        cure: "set `forge.directory_token` to a token of an owner of `acme` with only the scope "
                            + "`read:organization`, or add that account to the team")))
    }

    @Test func theSameForADirectoryTokenThatMayNotSayWhoseItIs() async throws {
        #expect(
            try await qaMembers(asActor: "bot-member", directory: true)
                == .unknown(
                    Unknown(
                        cause: .notInTeam, subject: Self.subject,
                        reason: "the owner of `forge.directory_token` is not in team `qa`",
                        cure: "make `forge.directory_token` a token of an owner of `acme` with only the scope "
                            + "`read:organization`, or add that account to the team")))
    }

    @Test func outsideTheOrganisation() async throws {
        #expect(
            try await qaMembers(asActor: "bot-none", named: "bot-none")
                == .unknown(
                    Unknown(
                        cause: .outsideOrganization, subject: Self.subject,
                        reason: "`bot-none`, the owner of `forge.token`, is not in `acme`",
                        cure: "set `forge.directory_token` to a token of an owner of `acme` with only the scope "
                            + "`read:organization`")))
    }

    @Test func withoutTheScope() async throws {
        #expect(
            try await qaMembers(asActor: "bot-both-noorg")
                == .unknown(
                    Unknown(
                        cause: .missingScope, subject: Self.subject,
                        reason: "`forge.token` lacks the scope `read:organization` "
                            + "(`GET /teams/{id}/members` with `forge.token`)",
                        cure: "make a token that has the scope `read:organization`, and put it into `forge.token`")))
    }

    @Test func withoutATokenThatCounts() async throws {
        #expect(
            try await qaMembers(asActor: "anonymous")
                == .unknown(
                    Unknown(
                        cause: .proxy, subject: Self.subject,
                        reason:
                            "the forge answers as to nobody, although `forge.token` was sent: something in front of "
                            + "it takes the header `Authorization` away (`GET /teams/{id}/members` with `forge.token`)",
                        cure: "let the proxy pass the header `Authorization` of calls to `/api/v1` on to the forge")))
    }

    @Test func aTeamThatIsGone() async throws {
        try await withForge(asked(by: "bot-owner", named: "bot-owner")) { client, _ in
            let answer = await client.teamMembers(99999, qa)
            #expect(
                answer
                    == .unknown(
                        Unknown(
                            cause: .nameGone, subject: Self.subject,
                            reason: "`acme` has no team with the id 99999 any more",
                            cure: "make the team again, or correct its name in the policy")))
        }
    }

    @Test func aSecondTokenIsAskedAboutTeamsOnly() async throws {
        try await withForge(asked(by: "bot-owner", named: nil), directory: true) { client, forge in
            _ = await client.teamDirectory("acme")
            _ = await client.teamMembers(2, qa)
            _ = await client.organizationRepositories("acme")
            _ = try await client.version()
            _ = await client.user("bob")
            for asked in forge.asked {
                let isAboutPeople = ["/orgs/", "/teams/", "/user"].contains { asked.route.hasPrefix($0) }
                let isDirectory = isAboutPeople && !asked.route.hasPrefix("/users/")
                #expect(
                    asked.headers["authorization"] == "token \(isDirectory ? Secret.directory : Secret.service)",
                    "\(asked.route)")
            }
            #expect(forge.asked.count >= 5)
        }
    }

    @Test(arguments: [
        (Canned.page(403), Unknown.Cause.proxy), (.refusal(500, "x"), .serverError), (.never, .timeout),
        (.json("", status: 429), .serverError), (.json("[{}]"), .malformed), (.redirect(302, to: "/login"), .proxy),
    ])
    func noAnswerIsNeverANo(answer: Canned, cause: Unknown.Cause) async throws {
        try await withForge({ _ in answer }, deadline: answer.fault == .never ? .milliseconds(30) : .seconds(20)) {
            client, _ in
            for known in [
                await client.teamMembers(2, qa).map { _ in true }, await client.teamDirectory("acme").map { _ in true },
                await client.organizationMembers("acme").map { _ in true }, await client.user("bob").map { _ in true },
                await client.organizationRepositories("acme").map { _ in true },
                await client.ownerIsOrganization("acme"),
            ] {
                guard case .unknown(let unknown) = known else {
                    Issue.record("an answer was made up")
                    return
                }
                #expect(unknown.cause == cause)
                #expect(!unknown.reason.contains("\n"))
                #expect(!unknown.cure.isEmpty)
            }
        }
    }

    @Test(arguments: ["bot-member", "bot-owner", "admin", "bot-both-readonly"])
    func membersSeeAllTeams(actor: String) async throws {
        let directory = try await withForge(asked(by: actor, named: actor)) { client, _ in
            await client.teamDirectory("acme")
        }
        #expect(
            directory
                == .known(
                    TeamDirectory(ids: ["owners": 1, "qa": 2, "security": 3, "engineers": 4, "managers": 5, "bots": 6]))
        )
    }

    @Test func aDirectoryFromOutside() async throws {
        try await withForge(asked(by: "bot-none", named: "bot-none")) { client, _ in
            let answer = await client.teamDirectory("acme")
            guard case .unknown(let unknown) = answer else {
                Issue.record("an outsider sees teams")
                return
            }
            #expect(unknown.cause == .outsideOrganization)
            #expect(unknown.subject == "which teams `acme` has")
            #expect(unknown.reason == "`bot-none`, the owner of `forge.token`, is not in `acme`")
        }
    }

    @Test func aTokenForPublicThingsOnly() async throws {
        try await withForge(asked(by: "bot-both-public", named: "bot-both")) { client, _ in
            let answer = await client.teamDirectory("acme")
            #expect(
                answer
                    == .unknown(
                        Unknown(
                            cause: .refused, subject: "which teams `acme` has",
                            reason: "the forge refuses: `token scope is limited to public orgs` "
                                + "(`GET /orgs/{org}/teams` with `forge.token`)",
                            cure: "make the token without `public-only`, and put it into `forge.token`")))
        }
    }

    @Test func aDirectoryOfNoOrganisation() async throws {
        let answer = try Recordings.answer(739)
        try await withForge({ _ in answer }) { client, _ in
            let directory = await client.teamDirectory("alice")
            #expect(
                directory
                    == .unknown(
                        Unknown(
                            cause: .nameGone, subject: "which teams `alice` has",
                            reason: "there is no organisation `alice`", cure: "correct the name in the policy")))
        }
    }
}
