import GRDB
import GatePolicy
import GateService
import GiteaSimulator
import NIOHTTP1
import Synchronization
import Testing

@testable import CountersignCLI
@testable import GateStore

/// Faults of the running service, as it tells of them through its control socket.
@Suite(.simulatorOnly) struct ServiceDoctorStories {
    private func service(_ surgery: Surgery) throws -> RunningService {
        try #require(surgery.running.withLock { $0 })
    }

    /// The organisation's webhook to the service.
    private func hook(_ story: Story, _ surgery: Surgery) async throws {
        try await story.forge.must(
            .POST, "/orgs/\(story.forge.name("acme"))/hooks", as: story.keeper,
            [
                "type": "gitea", "active": true, "events": ["push", "pull_request"],
                "config": [
                    "url": .string(surgery.hookURL), "content_type": "json", "secret": .string(RunningService.secret),
                ],
            ])
    }

    private func head(of number: Int, _ story: Story) async throws -> String {
        try await story.forge.head(of: number, story.repository)
    }

    /// Marks a pull request, as a delivery would.
    private func mark(_ number: Int, _ story: Story, _ surgery: Surgery) async throws {
        let gate = try service(surgery).assembly.gates.current
        try await gate.refire(#require(RepositoryName(story.repository)), .pull(Int64(number)))
    }

    @Test func socketThatAnEndedServiceLeft() async throws {
        try await Surgery.tell(named: ["service.running"], hasService: true, checksMeanwhile: false, prepare: hook) {
            _, surgery in
            surgery.set("COUNTERSIGN_CONTROL_SOCKET", #filePath)
        }
    }

    /// The service knows by its id which team the policy meant.
    @Test func renamedTeam() async throws {
        try await Surgery.tell(named: ["team.renamed"], hasService: true, prepare: hook) { story, _ in
            let teams = try await story.forge.must(.GET, "/orgs/\(story.forge.name("acme"))/teams", as: story.keeper)
            let id = teams.array?.first { $0["name"]?.string == "qa" }?["id"]?.int
            try await story.forge.must(
                .PATCH, "/teams/\(try #require(id))", as: story.keeper, ["name": "quality"])
        }
    }

    /// The doctor's own token works, the service's was taken away.
    @Test func tokenThatOnlyTheServiceHas() async throws {
        try await Surgery.tell(named: ["service.ready"], hasService: true, checksMeanwhile: false, prepare: hook) {
            story, surgery in
            let token = try await story.forge.token(story.gate, named: "old", scopes: StoryForge.serviceScopes)
            let running = try service(surgery)
            running.environment.set("COUNTERSIGN_FORGE_TOKEN", token)
            try running.assembly.reload()
            try await story.forge.deleteToken(story.gate, named: "old")
        }
    }

    /// Nothing can be written down, as where the disk is full or belongs to somebody else.
    @Test func storeThatCannotBeWritten() async throws {
        try await Surgery.tell(named: ["service.ready"], hasService: true, checksMeanwhile: false, prepare: hook) {
            _, surgery in
            let store = try service(surgery).assembly.store
            try await store.database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = 1") }
        }
    }

    @Test func serviceThatDoesNotKeepUp() async throws {
        try await Surgery.tell(warned: ["service.lag"], hasService: true, checksMeanwhile: false, prepare: hook) {
            story, _ in
            story.clock.advance(by: 3600)
        }
    }

    @Test func somethingThatFailsForEver() async throws {
        try await Surgery.tell(named: ["service.failing"], hasService: true, checksMeanwhile: false, prepare: hook) {
            story, surgery in
            story.simulator?.faults.add(
                Fault(method: "POST", path: "/repos/*/statuses/\(try await head(of: 2, story))", kind: .status(500)))
            try await story.approve(2, as: story.bob)
            try await mark(2, story, surgery)
            for _ in 0..<6 {
                try await surgery.step()
                story.clock.advance(by: 200)
            }
            // What it says of everything else is fresh.
            await (try service(surgery)).assembly.gates.current.reconcile()
            try await surgery.step()
        }
    }

    /// What could not be known when it was looked at could be known now.
    @Test func undecidedSinceSomethingThatIsRepaired() async throws {
        try await Surgery.tell(named: ["service.undecided"], hasService: true, checksMeanwhile: false, prepare: hook) {
            story, surgery in
            let running = try service(surgery)
            let stranger = try await story.forge.token(story.erin, named: "x", scopes: StoryForge.directoryScopes)
            running.environment.set("COUNTERSIGN_FORGE_DIRECTORY_TOKEN", stranger)
            try running.assembly.reload()
            for number in [1, 2] { try await mark(number, story, surgery) }
            try await surgery.step()
            running.environment.set("COUNTERSIGN_FORGE_DIRECTORY_TOKEN", story.directoryToken)
            try running.assembly.reload()
        }
    }

    @Test func somebodyPostsOurStatuses() async throws {
        try await Surgery.tell(
            warned: ["service.foreign-status"], hasService: true, checksMeanwhile: false, prepare: hook
        ) { story, surgery in
            try await story.post("success", "countersign: main", on: 2, as: story.dave)
            try await mark(2, story, surgery)
            try await surgery.step()
            #expect(try await surgery.summary(2) == "pending")
        }
    }

    @Test func nobodySigns() async throws {
        try await Surgery.tell(noted: ["service.pending"], hasService: true, checksMeanwhile: false, prepare: hook) {
            story, surgery in
            story.clock.advance(by: 8 * 86_400)
            await (try service(surgery)).assembly.gates.current.reconcile()
            try await surgery.step()
        }
    }

    /// Through the service: nothing is decided twice at once, and no token is needed here.
    @Test func refireByTheService() async throws {
        try await Story.tell { story in
            let surgery = Surgery(story)
            let signed = try await story.pull()
            try await story.approve(signed, as: story.bob)
            try await story.approve(signed, as: story.carol)
            _ = try await story.pull("Add two", file: "src/two.swift", branch: "feature/two")
            try await RunningService.run(story) { running in
                surgery.listen(to: running)
                surgery.set("COUNTERSIGN_FORGE_TOKEN", nil)
                surgery.set("COUNTERSIGN_FORGE_DIRECTORY_TOKEN", nil)
                let fired = await surgery.run(["refire", story.repository])
                #expect(fired.status == 0, "\(fired)")
                #expect(
                    fired.output == """
                        acme/widget#1: nothing → success
                        acme/widget#2: nothing → pending
                        1 nothing → pending
                        1 nothing → success

                        """)
                #expect(fired.talk.contains("==] 2/2 "), "\(fired)")
                #expect(await surgery.run(["refire"]).output == "no open pull request waits for it\n")
                let none = await surgery.run(["refire", "acme/nothing#7"])
                #expect(none.status == 2, "\(none)")
                story.simulator?.faults.add(Fault(method: "POST", path: "/repos/*/statuses/*", kind: .status(500)))
                try await story.approve(2, as: story.bob)
                let failed = await surgery.run(["refire", "\(story.repository)#2"])
                #expect(failed.status == 2, "\(failed)")
                #expect(failed.output.contains("acme/widget#2: pending → pending ("), "\(failed)")
            }
        }
    }

    /// A service that is there and does nothing is not waited for without end.
    @Test func refireByAServiceThatStands() async throws {
        try await Story.tell { story in
            let surgery = Surgery(story)
            _ = try await story.pull()
            try await RunningService.run(story) { running in
                surgery.set("COUNTERSIGN_CONTROL_SOCKET", running.socket)
                let fired = await surgery.run(["refire", story.repository])
                #expect(fired.status == 2, "\(fired)")
                #expect(fired.output.contains("the service has not come to it"), "\(fired)")
                let direct = await surgery.run(["refire", story.repository, "--direct"])
                #expect(direct.status == 0, "\(direct)")
            }
        }
    }
}
