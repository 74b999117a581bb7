import CountersignCLI
import GiteaSimulator
import NIOHTTP1
import Testing

/// Those who are to sign are shown what they sign for.
@Suite(.simulatorOnly) struct SightDoctorStories {
    private static let policy = Story.policy + "  legal: { require: legal }\n"

    /// A team without the repository: its id.
    private func legal(_ story: Story, _ people: [Story.Person]) async throws -> Int {
        let made = try await story.forge.must(
            .POST, "/orgs/acme/teams", as: story.keeper,
            [
                "name": "legal", "permission": "read", "includes_all_repositories": false,
                "units": ["repo.code", "repo.pulls", "repo.issues"],
            ])
        let id = try #require(made["id"]?.int)
        for person in people {
            try await story.forge.must(.PUT, "/teams/\(id)/members/\(person.login)", as: story.keeper)
        }
        return id
    }

    private func diagnosed(
        isPrivate: Bool = true, policy: String = SightDoctorStories.policy,
        _ prepare: (Story) async throws -> Void, _ look: (Story, Surgery) async throws -> Void
    ) async throws {
        try await Story.tell(policy: policy, isPrivate: isPrivate) { story in
            let surgery = Surgery(story)
            try await prepare(story)
            _ = try await story.pull()
            _ = await surgery.run(["refire", story.repository])
            try await story.forge.protect(
                "main", of: story.repository, contexts: ["countersign: main"], as: story.keeper)
            try await look(story, surgery)
        }
    }

    /// Nobody of the team can open the pull request: everything waits for ever, and giving it the repository cures it.
    @Test func teamThatIsNotGivenTheRepository() async throws {
        try await diagnosed({ _ = try await legal($0, [$0.erin]) }) { story, surgery in
            let hidden = try await story.forge.call(.GET, "/repos/\(story.repository)/pulls/1", as: story.erin)
            #expect(hidden.status == 404)
            let found = try await surgery.doctor(isRead: true)
            #expect(found.blocking == ["policy.deadlock"], "\(found.text)")
            #expect(found.text.contains("nobody of `acme/legal` is shown `acme/widget`"), "\(found.text)")
            let cure = try #require(found.cures.first { $0.check == "policy.deadlock" }).lines
            try await surgery.carryOut(cure, of: "policy.deadlock")
            let shown = try await story.forge.call(.GET, "/repos/\(story.repository)/pulls/1", as: story.erin)
            #expect(shown.status == 200)
            let cured = try await surgery.doctor()
            #expect(cured.blocking.isEmpty, "\(cured.text)")
        }
    }

    /// Two are asked for, and one of the two is shown it, by another team.
    @Test func tooFewOfATeam() async throws {
        let policy = Story.policy + "  legal: { require: 2 of legal }\n"
        try await diagnosed(policy: policy, { _ = try await legal($0, [$0.erin, $0.dave, $0.carol]) }) {
            story, surgery in
            #expect(try await surgery.doctor().blocking.isEmpty)
            let teams = try await story.forge.must(.GET, "/orgs/acme/teams", as: story.keeper).array ?? []
            let engineers = try #require(teams.first { $0["name"]?.string == "engineers" }?["id"]?.int)
            try await story.forge.must(.DELETE, "/teams/\(engineers)/members/\(story.dave.login)", as: story.keeper)
            let found = try await surgery.doctor(isRead: true)
            #expect(found.blocking == ["policy.deadlock"], "\(found.text)")
            #expect(found.text.contains("of 3 in `acme/legal` 1 is shown `acme/widget`"), "\(found.text)")
        }
    }

    /// By another team, as a collaborator, or because everybody is shown the repository.
    @Test(arguments: ["team", "collaborator", "public", "given"]) func shownByOtherWays(way: String) async throws {
        try await diagnosed(isPrivate: way != "public") { story in
            let id = try await legal(story, [way == "team" ? story.dave : story.erin])
            if way == "given" {
                try await story.forge.must(.PUT, "/teams/\(id)/repos/\(story.repository)", as: story.keeper)
            }
            if way == "collaborator" {
                try await story.forge.must(
                    .PUT, "/repos/\(story.repository)/collaborators/\(story.erin.login)", as: story.keeper,
                    ["permission": "read"])
            }
        } _: { story, surgery in
            let found = try await surgery.doctor(isRead: true)
            #expect(found.blocking.isEmpty, "\(found.text)")
        }
    }

    /// Who else is shown it cannot be read: nobody knows whether the gate can be met.
    @Test(arguments: ["/repos/acme/widget/collaborators", "/repos/acme/widget/teams"])
    func whoIsShownItCannotBeRead(path: String) async throws {
        try await diagnosed({ _ = try await legal($0, [$0.erin]) }) { story, surgery in
            story.simulator?.faults.add(Fault(method: "GET", path: path, kind: .status(500)))
            let found = try await surgery.doctor(isRead: true)
            #expect(found.blocking.isEmpty, "\(found.text)")
            #expect(
                found.text.contains(
                    "acme/widget: legal: who of `acme/legal` is shown `acme/widget` is not known: the "),
                "\(found.text)")
        }
    }

    /// One call for a team, however many repositories ask for it.
    @Test func oneCallForATeam() async throws {
        try await diagnosed({ story in
            let id = try await legal(story, [story.erin])
            try await story.forge.must(.PUT, "/teams/\(id)/repos/\(story.repository)", as: story.keeper)
            for name in ["one", "two"] {
                try await story.forge.repository(name, of: "acme", as: story.keeper)
                try await story.forge.commit(
                    [.create(".countersign.yml", Self.policy)], to: "acme/\(name)", branch: "main", as: story.keeper)
                try await story.forge.must(.PUT, "/teams/\(id)/repos/acme/\(name)", as: story.keeper)
            }
        }) { story, surgery in
            let simulator = try #require(story.simulator)
            simulator.requests.reset()
            _ = await surgery.run(["doctor", "acme"])
            let calls = simulator.requests.all
            #expect(calls.count { $0.path.hasPrefix("/teams/") && $0.path.hasSuffix("/repos") } == 1)
            #expect(!calls.contains { $0.path.hasSuffix("/collaborators") })
        }
    }

    /// The doctor asks once who is in a team, however many repositories let those sign who may write.
    @Test func writersOfManyRepositories() async throws {
        try await Story.tell(policy: "version: 1\ngates: { a: { require: writers } }\n") { story in
            let surgery = Surgery(story)
            for name in ["one", "two", "three"] {
                try await story.forge.repository(name, of: "acme", as: story.keeper)
                try await story.forge.commit(
                    [.create(".countersign.yml", "version: 1\ngates: { a: { require: 1 of writers } }\n")],
                    to: "acme/\(name)", branch: "main", as: story.keeper)
            }
            let simulator = try #require(story.simulator)
            func reads(_ target: String) async -> Int {
                simulator.requests.reset()
                _ = await surgery.run(["doctor", target])
                return simulator.requests.all.count { $0.path.hasPrefix("/teams/") && $0.path.hasSuffix("/members") }
            }
            let ofOne = await reads(story.repository)
            #expect(ofOne >= 5)
            #expect(await reads("acme") == ofOne)
        }
    }
}
