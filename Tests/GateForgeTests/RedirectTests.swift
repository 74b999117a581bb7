import GatePolicy
import Testing

@testable import GateForge

struct RedirectTests {
    private let solo = RepositoryName(owner: "alice", name: "solo")

    @Test(arguments: [301, 302, 307, 308])
    func aRenamedRepositoryIsFollowed(status: Int) async throws {
        let pull = try Recordings.answer(524)
        try await withForge({ asked in
            asked.route.hasPrefix("/repos/old/name/")
                ? .redirect(status, to: "/api/v1/repos/acme/widget/pulls/1?a=b") : pull
        }) { client, forge in
            let snapshot = try await client.pullRequest(RepositoryName(owner: "old", name: "name"), 1)
            #expect(snapshot.repository.name == RepositoryName(owner: "acme", name: "widget"))
            #expect(forge.routes.last == "GET /api/v1/repos/acme/widget/pulls/1?a=b")
            #expect(forge.asked.last?.headers["authorization"] == "token \(Secret.service)")
        }
    }

    @Test func anotherOriginDoesNotGetTheToken() async throws {
        try await CannedForge.run({ _ in .json("{}") }) { other in
            let target = other.address
            try await withForge({ _ in .redirect(307, to: "\(target)/api/v1/version") }) { client, _ in
                let kind = await failure { () async throws(ForgeError) in try await client.version() }
                #expect(kind == .redirectRefused(to: "`\(target)`"))
                #expect(other.asked.isEmpty)
            }
        }
    }

    /// A page to sign in at is what stands in front of the forge; the API of another address may be the forge.
    @Test(
        arguments: [
            ("/user/login?redirect_to=x", .redirectedAway(to: "a page outside the API")),
            ("/api/v1/../../user/login", .redirectedAway(to: "a page outside the API")),
            ("http://sso.example.org/login", .redirectedAway(to: "a page of `http://sso.example.org`")),
            ("//evil.example/api/v1/version", .redirectRefused(to: "`http://evil.example`")),
        ] as [(String, ForgeError.Kind)])
    func aPageOutsideTheAPIIsNotFollowed(location: String, expected: ForgeError.Kind) async throws {
        try await withForge({ _ in .redirect(302, to: location) }) { client, forge in
            let error = await #expect(throws: ForgeError.self) { try await client.version() }
            #expect(error?.kind == expected)
            if case .redirectedAway = expected { #expect(error?.cause == .proxy) }
            #expect(forge.asked.count == 1)
        }
    }

    @Test func aCircleEnds() async throws {
        try await withForge({ _ in .redirect(302, to: "/api/v1/version") }) { client, forge in
            let kind = await failure { () async throws(ForgeError) in try await client.version() }
            #expect(kind == .redirectRefused(to: "itself again and again"))
            #expect(forge.asked.count == 4)
        }
    }

    @Test func aPostIsRepeatedOnlyWhenTheForgeSaysSo() async throws {
        let sha = try #require(CommitID(String(repeating: "d", count: 40)))
        let posted = try Recordings.answer(611)
        for (status, follows) in [(301, false), (302, false), (307, true), (308, true)] {
            try await withForge({ asked in
                asked.route.hasPrefix("/repos/alice/solo/")
                    ? .redirect(status, to: "/api/v1/repos/alice/solo2/statuses/\(sha)") : posted
            }) { [solo] client, forge in
                let kind = await failure { () async throws(ForgeError) in
                    try await client.postStatus(solo, sha: sha, context: "c", state: .success, description: "")
                }
                #expect((kind == nil) == follows)
                #expect(forge.asked.count == (follows ? 2 : 1))
            }
        }
    }
}
