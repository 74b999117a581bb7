import CountersignCLI
import GiteaSimulator
import NIOHTTP1
import Testing

/// Accounts that vanish, proxies that answer in the forge's place, statuses that somebody forged.
@Suite struct HostileStories {
    private func signed(_ story: Story) async throws -> Int {
        let number = try await story.pull()
        try await story.approve(number, as: story.bob)
        try await story.approve(number, as: story.carol)
        return number
    }

    /// A deleted account's review stands under `Ghost`, or under nobody, by the forge's version.
    @Test(.simulatorOnly, arguments: ["1.22.0", "1.23.0"])
    func signerIsGone(version: String) async throws {
        try await Story.tell(version: ServerVersion(version)) { story in
            let number = try await signed(story)
            _ = try await story.forge.call(.DELETE, "/admin/users/\(story.bob.login)?purge=true")
            try expectTold(await story.check(number), .held, "pending", "signer-is-gone-\(version)")
        }
    }

    @Test(.simulatorOnly, arguments: [200, 502])
    func proxyAnswersEverything(status: Int) async throws {
        try await Story.tell { story in
            let number = try await signed(story)
            story.simulator?.faults.add(Fault(as: story.gate.login, kind: .html(status)))
            try expectTold(await story.check(number), .unreachable, nil, "proxy-answers-everything-\(status)")
        }
    }

    @Test(.simulatorOnly, arguments: ["reviews", "members", "timeline", "contents", "status"])
    func proxyAnswersOneCall(name: String) async throws {
        try await Story.tell { story in
            let number = try await signed(story)
            let paths = [
                "reviews": "*/reviews", "members": "/teams/*", "timeline": "*/timeline", "contents": "*/contents/*",
                "status": "*/commits/*/status",
            ]
            story.simulator?.faults.add(Fault(method: "GET", path: paths[name] ?? "", kind: .html(200)))
            try expectTold(
                await story.check(number, environment: Story.alone), .undecided, "error", "proxy-answers-\(name)")
        }
    }

    /// Dave may write the code, so the forge lets him post in any context.
    @Test func forgedStatus() async throws {
        try await Story.tell { story in
            let number = try await story.pull()
            try await story.post("success", "countersign: main", on: number, as: story.dave)
            try await story.post("success", "countersign/qa-review: main", on: number, as: story.dave)
            try expectTold(await story.check(number), .held, "pending", "forged-status")
        }
    }

    /// A forged row that says the very same as ours is no post of ours either.
    @Test func forgedStatusInOurWords() async throws {
        try await Story.tell { story in
            let number = try await signed(story)
            let head = try await story.forge.head(of: number, story.repository)
            try await story.forge.must(
                .POST, "/repos/\(story.repository)/statuses/\(head)", as: story.dave,
                [
                    "state": "success", "context": "countersign: main",
                    "description": "passed: qa-review, security-review",
                ])
            let checked = try await story.check(number)
            #expect(checked.exitStatus == 0)
            #expect(checked.output.contains("posted     success countersign: main\n"))
        }
    }

    @Test func wrongServiceToken() async throws {
        try await Story.tell { story in
            let number = try await signed(story)
            try expectTold(
                await story.check(number, token: String(repeating: "0", count: 40)), .undecided, nil,
                "service-token-wrong")
        }
    }

    /// Everything is decided and nothing could be posted: that is no pass.
    @Test func serviceTokenWithoutWrite() async throws {
        try await Story.tell { story in
            let number = try await signed(story)
            let token = try await story.forge.token(
                story.gate, named: "readonly", scopes: ["read:repository", "read:issue", "read:user"])
            try expectTold(await story.check(number, token: token), .undecided, nil, "service-token-without-write")
        }
    }

    /// The token may write, its owner may not.
    @Test func serviceAccountMayOnlyRead() async throws {
        try await Story.tell { story in
            let number = try await signed(story)
            let reader = try await story.forge.person(
                "reader", scopes: ["write:repository", "write:issue", "read:user"])
            try await story.forge.team(
                "readers", of: "acme", owner: story.keeper, permission: "read", [reader])
            try expectTold(
                await story.check(number, token: reader.token), .undecided, nil, "service-account-may-only-read")
        }
    }

    @Test func serviceTokenWithoutIssues() async throws {
        try await Story.tell { story in
            let number = try await signed(story)
            let token = try await story.forge.token(
                story.gate, named: "noissues", scopes: ["write:repository", "read:user"])
            try expectTold(
                await story.check(number, token: token), .undecided, "error", "service-token-without-issues")
        }
    }

    /// Nobody told what the file was called, and the tree that knows it is told without it.
    @Test(.simulatorOnly) func anOldNameIsHidden() async throws {
        let policy = "version: 1\ngates: { infra: { when: 'changes(\"infra/**\")', require: qa } }\n"
        try await Story.tell(policy: policy) { story in
            try await story.push("infra/one.tf", "one\n", to: "main", as: story.keeper)
            try await story.forge.commit(
                [.delete("infra/one.tf"), .create("docs/one.tf", "one\n")], to: story.repository, branch: "main",
                newBranch: "feature/one", as: story.alice)
            let number = try await story.forge.pull(
                "Move it", from: "feature/one", of: story.repository, as: story.alice)
            let path = "/repos/\(story.repository)/git/trees/\(try await story.tip(of: story.repository))"
            var tree = try await story.forge.must(.GET, path + "?recursive=true", as: story.gate)
            let rows = tree["tree"]?.array?.filter { $0["path"]?.string?.hasPrefix("infra") == false } ?? []
            tree["tree"] = .array(rows)
            tree["total_count"] = .int(rows.count)
            story.simulator?.faults.add(Fault(method: "GET", path: path, kind: .body(tree.text)))
            try expectTold(await story.check(number), .undecided, "error", "an-old-name-is-hidden")
        }
    }

    /// Somebody on the way takes the commit out of a request for changes.
    @Test(.simulatorOnly) func aRequestForChangesWithoutItsCommit() async throws {
        try await Story.tell { story in
            let number = try await signed(story)
            try await story.forge.review("REQUEST_CHANGES", number, of: story.repository, as: story.dave)
            let path = "/repos/\(story.repository)/pulls/\(number)/reviews"
            let reviews = try await story.forge.must(.GET, path, as: story.gate).array ?? []
            var last = try #require(reviews.last)
            last["commit_id"] = ""
            story.simulator?.faults.add(
                Fault(method: "GET", path: path, kind: .body(JSON.array(reviews.dropLast() + [last]).text)))
            let checked = try await story.check(number)
            #expect(checked.summary == "failure", "\(checked.told)")
        }
    }
}
