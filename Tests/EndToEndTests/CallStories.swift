import CountersignCLI
import GiteaSimulator
import NIOHTTP1
import Testing

/// What a check costs the forge: the number of calls, and how many rounds of them.
@Suite(.simulatorOnly) struct CallStories {
    private static let policy = """
        version: 1
        gates:
          qa-review: { require: qa }
          security-review: { require: security }
        """

    /// Why each call is made; one that is not here has no reason.
    static let reasons: [(call: String, reason: String)] = [
        ("GET /user", "whose token posts: that account never signs, and only its rows are ours"),
        ("GET /repos/*/pulls", "the pull request, and which others have its head"),
        ("GET /repos/*/commits/*/status", "what the head shows already"),
        ("GET /repos/*/issues/*/timeline", "who pushed, who retargeted; again at the end: did anything move"),
        ("GET /repos/*/contents/.countersign.yml", "the policy of the base"),
        ("GET /orgs/*/teams", "which teams the policy's names are"),
        ("GET /repos/*/pulls/*/reviews", "who signed"),
        ("GET /repos/*/pulls/*/commits", "who wrote what is signed"),
        ("GET /repos/*/pulls/*/files", "what changed"),
        ("GET /repos/*/pulls/*", "the pull request between the two timelines"),
        ("GET /repos/*/git/trees/*", "whether base and head have the same at the policy's paths"),
        ("GET /teams/*/members", "who is in a team"),
        ("POST /repos/*/statuses/*", "a status that changed"),
    ]

    private func told(_ rounds: [[String]], _ writes: [String]) throws -> String {
        func lines(_ calls: [String]) throws -> String {
            try calls.sorted().map { call in
                let known = try #require(Self.reasons.first { $0.call == call }, "no reason for \(call)")
                return "    \(call): \(known.reason)\n"
            }.joined()
        }
        var text = "\(rounds.flatMap(\.self).count) reads in \(rounds.count) rounds, \(writes.count) writes\n"
        for (index, calls) in rounds.enumerated() { text += "round \(index + 1)\n" + (try lines(calls)) }
        return text + "then, one after the other\n" + (try lines(writes))
    }

    @Test(.simulatorOnly) func twoGates() async throws {
        try await Story.tell(policy: Self.policy) { story in
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            try await story.approve(number, as: story.carol)
            let simulator = try #require(story.simulator)
            let log = simulator.requests
            let rounds = CallRounds([2, 3, 6, 3])
            log.reset()
            simulator.beforeResponse = { record, _ in
                if record.method == "GET" { await rounds.arrive(record.pattern) }
            }
            _ = try await story.run(["check", "\(story.repository)#\(number)"], environment: Story.alone)
            simulator.beforeResponse = nil
            // The verdict; then one look, beside the gates' posts, whether another check was faster.
            let verdict = Array(rounds.calls.prefix(4))
            #expect(verdict.map(\.count) == rounds.sizes)
            #expect(verdict.flatMap(\.self).count <= 14)
            #expect(rounds.calls.dropFirst(4).flatMap(\.self) == verdict[1].filter { $0.contains("/status") })
            let writes = log.all.filter { $0.method != "GET" }.map(\.pattern)
            try expectTold(told(verdict, writes), "calls/two-gates.txt")

            // Again, with nothing changed: no write.
            log.reset()
            _ = try await story.run(["check", "\(story.repository)#\(number)"], environment: Story.alone)
            #expect(!log.all.contains { $0.method != "GET" })
        }
    }

    /// One status changes: one write.
    @Test(.simulatorOnly) func oneWritePerChangedStatus() async throws {
        try await Story.tell(policy: Self.policy.replacing("security }", with: "engineers }")) { story in
            let number = try await story.pull()
            _ = try await story.check(number)
            try await story.approve(number, as: story.bob)
            let log = try #require(story.simulator).requests
            log.reset()
            let checked = try await story.run(["check", "\(story.repository)#\(number)"], environment: Story.alone)
            let posted = checked.output.split(separator: "\n").count { $0.hasPrefix("posted") }
            #expect(posted == 2)
            #expect(log.all.count { $0.method == "POST" } == posted)
        }
    }

    /// What the doctor costs: eight calls for a repository at most, and on one of them the tokens are tried besides.
    @Test(.simulatorOnly) func theDoctorsCalls() async throws {
        try await Story.tell { story in
            for name in ["one", "two", "three"] {
                let place = story.forge.name("acme") + "/\(name)"
                try await story.forge.repository(name, of: "acme", as: story.keeper)
                try await story.forge.commit(
                    [.create(".countersign.yml", Self.policy)], to: place, branch: "main", as: story.keeper)
                try await story.forge.commit(
                    [.create("a", "a\n")], to: place, branch: "main", newBranch: "change", as: story.alice)
                _ = try await story.forge.pull("Change", from: "change", to: "main", of: place, as: story.alice)
                try await story.forge.protect("main", of: place, contexts: ["countersign: main"], as: story.keeper)
            }
            let surgery = Surgery(
                story, target: "acme", arguments: ["--hook-url", "https://gate.example.org/hooks/forge"])
            #expect(await surgery.run(["refire"]).status == 0)
            let log = try #require(story.simulator).requests
            log.reset()
            _ = try await surgery.doctor()
            let calls = Dictionary(grouping: log.all.filter { $0.path.hasPrefix("/repos/") }) {
                $0.path.split(separator: "/").dropFirst().prefix(2).joined(separator: "/")
            }.mapValues { $0.map(\.pattern) }
            let counts = calls.values.map(\.count).sorted()
            #expect(counts.count == 5 && counts.dropLast().allSatisfy { $0 <= 8 }, "\(calls)")
        }
    }

    /// What looking for the organisation's own file costs: with it, and proving that there is none.
    @Test(.simulatorOnly, arguments: [(true, 2), (false, 5)])
    func theOrganizationsFile(_ exists: Bool, _ more: Int) async throws {
        try await Story.tell(policy: Self.policy) { story in
            if exists { try await story.share(["countersign.yml": "version: 1\ngates: { usual: { require: qa } }\n"]) }
            let number = try await story.pull()
            let log = try #require(story.simulator).requests
            func reads(_ environment: [String: String?]) async throws -> Int {
                log.reset()
                _ = try await story.run(["check", "\(story.repository)#\(number)"], environment: environment)
                return log.all.count { $0.method == "GET" }
            }
            _ = try await reads([:])
            let alone = try await reads(Story.alone)
            #expect(try await reads([:]) == alone + more)
        }
    }
}
