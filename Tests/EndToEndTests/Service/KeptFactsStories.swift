import GateForge
import GatePolicy
import GateStore
import GiteaSimulator
import NIOHTTP1
import Testing

@testable import GateService

/// What the service keeps makes nothing green that it would not find green by reading everything.
@Suite(.simulatorOnly) struct KeptFactsStories {
    /// Every state that a context of the head ever showed, oldest first.
    private func states(_ number: Int, _ context: String, _ story: Story) async throws -> [String] {
        let head = try await story.forge.head(of: number, story.repository)
        let rows = try await story.forge.must(.GET, "/repos/\(story.repository)/statuses/\(head)?limit=50").array ?? []
        return rows.filter { $0["context"]?.string == context }
            .sorted { ($0["id"]?.int ?? 0) < ($1["id"]?.int ?? 0) }.compactMap { $0["status"]?.string }
    }

    /// The same labels, but the newest row is the opener's: the list of labels does not show it, the timeline does.
    @Test func aLabelTakenOffAndPutOnByTheOpener() async throws {
        let policy = """
            version: 1
            gates:
              review: { require: 'qa and label("ready" by security)' }

            """
        try await Service.tell(policy: policy) { story, service in
            let number = try await story.pull()
            let label = try await story.label("ready")
            try await story.label(number, label, as: story.carol)
            try await service.settle()
            #expect(try await service.summary(number).hasPrefix("pending"))
            try await story.unlabel(number, label, as: story.alice)
            try await story.label(number, label, as: story.alice)
            service.loseDeliveries()
            try await story.approve(number, as: story.bob)
            try await service.settle()
            #expect(try await service.summary(number).hasPrefix("pending"))
            #expect(try await !states(number, "countersign: main", story).contains("success"))
        }
    }

    /// The forge's event has the same name as for a new title; what is kept shows the same labels.
    @Test func aLabelTakenOffAndPutOnByWhomItTakes() async throws {
        let policy = """
            version: 1
            gates:
              review: { require: 'qa and label("ready" by security)' }

            """
        try await Service.tell(policy: policy) { story, service in
            let number = try await story.pull()
            let label = try await story.label("ready")
            try await story.label(number, label, as: story.alice)
            try await story.approve(number, as: story.bob)
            try await service.settle()
            #expect(try await service.summary(number).hasPrefix("pending"))
            try await story.unlabel(number, label, as: story.carol)
            try await story.label(number, label, as: story.carol)
            try await service.settle()
            #expect(try await service.summary(number).hasPrefix("success"))
        }
    }

    @Test(arguments: ["/recheck", "good morning"])
    func whatIsAskedForIsReadAnew(_ comment: String) async throws {
        try await Service.tell { story, service in
            let number = try await story.pull()
            try await service.settle()
            try await story.forge.must(
                .POST, "/repos/\(story.repository)/issues/\(number)/comments", as: story.bob,
                ["body": .string(comment)])
            try await story.forge.tick()
            let log = try #require(story.simulator).requests
            log.reset()
            try await service.settle()
            #expect(log.all.contains { $0.pattern == "GET /repos/*/pulls/*/files" } == (comment == "/recheck"))
        }
    }

    @Test func anApprovalOfAnOlderHeadIsNotKept() async throws {
        try await Service.tell { story, service in
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            try await service.settle()
            try await story.push("src/two.swift", as: story.alice)
            service.loseDeliveries()
            try await story.approve(number, as: story.carol)
            try await service.settle()
            let shown = try await service.summary(number)
            #expect(shown.hasPrefix("pending: waiting: qa-review"), "\(shown)")
        }
    }

    /// What one pull request posts on a head is the other's too: neither believes what it saw there before.
    @Test func aHeadOfTwoPullRequests() async throws {
        let settings = GateSettings(repositories: try RepositorySelection(["acme/*"]))
        try await Service.tell(settings: settings) { story, service in
            let number = try await story.pull()
            for person in [story.bob, story.carol] { try await story.approve(number, as: person) }
            try await service.settle()
            try await service.reconcile()
            #expect(try await service.summary(number).hasPrefix("success"))
            try await story.forge.branch("feature/again", from: "feature/one", of: story.repository, as: story.dave)
            let other = try await story.forge.pull(
                "The same again", from: "feature/again", of: story.repository, as: story.dave)
            try await service.settle()
            #expect(try await service.summary(number).hasPrefix("pending"))
            let path = "/repos/\(story.repository)/pulls/\(other)"
            try await story.forge.must(.PATCH, path, as: story.dave, ["state": "closed"])
            try await service.settle()
            #expect(try await service.summary(number).hasPrefix("success"))
        }
    }

    /// Another pull request's turn on the head came between its look and its own turn: what the head shows is read again.
    @Test func aHeadThatWasPostedOnMeanwhile() async throws {
        try await Service.tell { story, service in
            let number = try await story.pull()
            try await service.settle()
            let head = try #require(CommitID(await story.forge.head(of: number, story.repository)))
            let name = try #require(RepositoryName(story.repository))
            try await story.post("success", "countersign: main", on: number, as: story.dave)
            service.loseDeliveries()
            try await story.forge.must(
                .POST, "/repos/\(story.repository)/issues/\(number)/comments", as: story.bob, ["body": "good morning"])
            let simulator = try #require(story.simulator)
            simulator.beforeResponse = { record, _ in
                guard record.pattern == "GET /repos/*/pulls/*/reviews" else { return }
                service.gate.memory.forgetRows(name, on: head)
            }
            try await service.settle()
            simulator.beforeResponse = nil
            #expect(try await service.summary(number).hasPrefix("pending: "))
        }
    }

    /// Settings are exchanged while something is decided by the old ones: what that posts is posted for the new ones too.
    @Test func aReloadWhileSomethingIsUnderWay() async throws {
        try await Service.tell { story, service in
            let number = try await story.pull()
            try await service.settle()
            let head = try #require(CommitID(await story.forge.head(of: number, story.repository)))
            let name = try #require(RepositoryName(story.repository))
            let subject = Subject(repository: name, number: Int64(number))
            var settings = service.gate.settings
            settings.deciding.usesOrganizationPolicy = false
            let renewed = service.gate.with(service.gate.forge, settings)
            #expect(renewed.memory[subject] == nil, "other settings may read it differently")
            try await renewed.refire(name, .pull(Int64(number)))
            _ = try await renewed.processNext()
            #expect(renewed.memory[subject]?.rows != nil)
            service.gate.memory.forgetRows(name, on: head)
            #expect(renewed.memory[subject]?.rows == nil)
            // Nor does the old one leave anything behind for the new one.
            renewed.memory.forget(subject)
            try await service.gate.refire(name, .pull(Int64(number)))
            try await service.work()
            #expect(renewed.memory[subject] == nil)
        }
    }

    /// Thousands of pull requests need not be read anew because somebody allowed more calls.
    @Test func aReloadThatChangesOnlyThePace() async throws {
        try await Service.tell { story, service in
            let number = try await story.pull()
            try await service.settle()
            let name = try #require(RepositoryName(story.repository))
            let subject = Subject(repository: name, number: Int64(number))
            var settings = service.gate.settings
            settings.backgroundCalls += 1
            await service.gate.reconcile()
            try await service.settle()
            let paced = service.gate.with(service.gate.forge, settings)
            #expect(paced.memory[subject] != nil)
            await paced.reconcile()
            #expect(try await paced.processNext() == nil, "it is looked at as after a start")
            var other = service.gate.forge.settings
            other.directoryToken = try Token("another-token-that-may-see-less")
            let forge = try ForgeClient(other)
            #expect(service.gate.with(forge, settings).memory[subject] == nil)
            await forge.shutdown()
        }
    }

    /// Older servers tell nobody of a status that somebody else posts.
    @Test func aForgedGreenIsFoundWithoutAnyEvent() async throws {
        let settings = GateSettings(repositories: try RepositorySelection(["acme/*"]))
        try await Service.tell(settings: settings) { story, service in
            let number = try await story.pull()
            try await service.settle()
            try await service.reconcile()
            try await story.post("success", "countersign: main", on: number, as: story.dave)
            service.loseDeliveries()
            try await service.reconcile(after: 901)
            #expect(try await service.summary(number).hasPrefix("pending: "))
        }
    }

    /// A member who leaves counts for as long as people are believed, and no longer, though nothing else changed.
    @Test func aMemberWhoLeft() async throws {
        let settings = GateSettings(repositories: try RepositorySelection(["acme/*"]))
        try await Service.tell(settings: settings) { story, service in
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            try await story.approve(number, as: story.carol)
            try await service.settle()
            #expect(try await service.summary(number).hasPrefix("success"))
            let teams = try await story.forge.must(.GET, "/orgs/acme/teams", as: story.keeper).array ?? []
            let qa = try #require(teams.first { $0["name"]?.string == "qa" }?["id"]?.int)
            try await story.forge.must(.DELETE, "/teams/\(qa)/members/\(story.bob.login)", as: story.keeper)
            try await service.reconcile(after: 121)
            #expect(try await service.summary(number).hasPrefix("pending: waiting: qa-review"))
        }
    }

    /// Which teams there are is believed for as long as people are, also of those that a new policy names: no webhook
    /// tells of a team.
    @Test func aTeamOfANewPolicy() async throws {
        let settings = GateSettings(repositories: try RepositorySelection(["acme/*"]))
        try await Service.tell(settings: settings) { story, service in
            let named = Story.policy.replacing("require: qa\n", with: "require: qa or crew\n")
            try await story.forge.commit(
                [.update(".countersign.yml", named)], to: story.repository, branch: "main", newBranch: "feature/law",
                as: story.alice)
            let number = try await story.forge.pull(
                "Name a team", from: "feature/law", to: "main", of: story.repository, as: story.alice)
            for person in [story.bob, story.carol] { try await story.approve(number, as: person) }
            try await service.settle()
            #expect(try await service.summary(number).hasPrefix("failure: "))
            try await story.forge.team("crew", of: "acme", owner: story.keeper, [story.dave])
            service.loseDeliveries()
            try await service.reconcile(after: 1801)
            #expect(try await service.summary(number).hasPrefix("success: "))
            let teams = try await story.forge.must(.GET, "/orgs/acme/teams", as: story.keeper).array ?? []
            let crew = try #require(teams.first { $0["name"]?.string == "crew" }?["id"]?.int)
            try await story.forge.must(.DELETE, "/teams/\(crew)", as: story.keeper)
            try await service.reconcile(after: 1801)
            #expect(try await service.summary(number).hasPrefix("failure: "))
        }
    }

    /// Green while the forge does not say what happened: a timeline that cannot be read proves nothing.
    @Test func aTimelineThatFailsLetsNothingPass() async throws {
        try await Service.tell { story, service in
            let number = try await service.lastApprovalHeard()
            let simulator = try #require(story.simulator)
            simulator.faults.add(Fault(path: "*/timeline", kind: .status(500)))
            try await service.work()
            #expect(try await !states(number, "countersign: main", story).contains("success"))
            simulator.faults.clear()
            story.clock.advance(by: 60)
            try await service.settle()
            #expect(try await service.summary(number).hasPrefix("success"))
        }
    }
}
