import CoreMetrics
import Foundation
import GateForge
import GatePolicy
import GateService
import GateStore
import GateWeb
import GiteaSimulator
import NIOCore
import NIOHTTP1
import PrometheusMetrics
import Testing

@testable import CountersignCLI

/// What an operator relies on: readiness, metrics, the socket, which repositories are gated.
@Suite(.simulatorOnly) struct OperationStories {
    @Test(arguments: [true, false]) func readyMeansThatBothCredentialsWork(_ isWhole: Bool) async throws {
        try await Story.tell { story in
            try await RunningService.run(story) { running in
                running.environment.set("COUNTERSIGN_REPOSITORIES", isWhole ? "acme/*" : story.repository)
                try running.assembly.reload()
                func problems() async -> [String] { await running.assembly.readiness.problems().map(\.name) }
                #expect(await problems() == [])
                try await story.forge.deleteToken(story.gate, named: "story")
                let problem = await running.assembly.readiness.problems().first
                #expect(
                    problem?.name == "service token"
                        && problem?.problem.contains("does not accept `forge.token`") == true, "\(problem as Any)")
                #expect(problem?.problem.contains(story.gate.token) == false)
                try await story.forge.deleteToken(story.keeper, named: "directory")
                #expect(await problems() == ["service token", "directory token"])
                // What a balancer asks; nothing was asked over this way before, so nothing is remembered.
                let ready = try await running.get("/health/ready")
                #expect(
                    ready.status == 503 && ready.text == "not ready: service token\nnot ready: directory token\n",
                    "\(ready)")
                #expect(try await running.get("/health/live").status == 200)
                // New tokens, and it is ready without a restart.
                let scopes = ["write:repository", "write:issue", "read:user"]
                running.environment.set(
                    "COUNTERSIGN_FORGE_TOKEN", try await story.forge.token(story.gate, named: "again", scopes: scopes))
                running.environment.set(
                    "COUNTERSIGN_FORGE_DIRECTORY_TOKEN",
                    try await story.forge.token(
                        story.keeper, named: "again", scopes: StoryForge.directoryScopes))
                try running.assembly.reload()
                #expect(await problems() == [])
            }
        }
    }

    /// Whose a token is does not change by reading the settings again; a forge that is silent is told in `status`.
    @Test func whatStatusSaysOfTheForge() async throws {
        try await Story.tell { story in
            try await RunningService.run(story) { running in
                running.assembly.pulse.called(
                    ForgeCall(method: "GET", path: "/user", credential: .service), .timeout, .seconds(20))
                let silent = try await ControlClient(path: running.socket).ask(.status)?.text ?? ""
                #expect(silent.contains("nothing has come from the forge for 20 s\n"), "\(silent)")
                _ = try await running.assembly.gates.current.forge.currentUser()
                try running.assembly.reload()
                let known = try await ControlClient(path: running.socket).ask(.status)?.text ?? ""
                #expect(known.contains("account      \(story.gate.login)\n"), "\(known)")
                #expect(!known.contains("the forge for "), "\(known)")
            }
        }
    }

    /// A token that is not accepted any more is named, and so is what that keeps undecided.
    @Test func whatStatusSaysOfATokenThatIsGone() async throws {
        try await Story.tell { story in
            try await RunningService.run(story) { running in
                let gate = running.assembly.gates.current
                let number = try await story.pull()
                try await story.approve(number, as: story.bob)
                try await story.forge.deleteToken(story.keeper, named: "directory")
                try await gate.refire(#require(RepositoryName(story.repository)), .pull(Int64(number)))
                while try await gate.processNext() != nil {}
                let status = try await ControlClient(path: running.socket).ask(.status)?.text ?? ""
                #expect(
                    status.contains("problem      the forge does not accept `forge.directory_token`: "),
                    "\(status)")
                #expect(status.contains("undecided    \(story.repository)#\(number): "), "\(status)")
            }
        }
    }

    /// The socket is closed to others as soon as it is there, whatever the process's usual mode.
    @Test func theSocketIsNeverOpenToOthers() async throws {
        try await Story.tell { story in
            for _ in 0..<5 {
                try await RunningService.run(story) { running in
                    let attributes = try FileManager.default.attributesOfItem(atPath: running.socket)
                    #expect(attributes[.posixPermissions] as? Int == 0o600)
                    #expect(try await ControlClient(path: running.socket).ask(.status)?.isDone == true)
                }
            }
        }
    }

    /// What was made at that place before is neither followed nor taken for the folder.
    @Test func theAntechamberIsItsOwn() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "cs-\(UInt32.random(in: 0 ... .max))")
        let elsewhere = folder.appending(path: "elsewhere")
        try FileManager.default.createDirectory(at: elsewhere, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "door").path
        try FileManager.default.createSymbolicLink(atPath: path + ".d", withDestinationPath: elsewhere.path)
        let antechamber = try SocketAntechamber(for: path)
        let attributes = try FileManager.default.attributesOfItem(atPath: path + ".d")
        #expect(attributes[.type] as? FileAttributeType == .typeDirectory)
        #expect(attributes[.posixPermissions] as? Int == 0o700)
        #expect(FileManager.default.fileExists(atPath: elsewhere.path))
        // It leaves closed to others, takes the place of what was there, and nothing stays behind.
        for file in [path, antechamber.socket] {
            #expect(FileManager.default.createFile(atPath: file, contents: nil, attributes: [.posixPermissions: 0o666]))
        }
        try antechamber.open(at: path)
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        #expect(!FileManager.default.fileExists(atPath: path + ".d"))
        #expect(throws: SettingsError.self) { try SocketAntechamber(for: folder.path + "/none/door") }
    }

    @Test func metricsCountWhatHappened() async throws {
        let metrics = PrometheusFactory(help: GateInstruments.help)
        let settings = GateSettings(repositories: try RepositorySelection(["acme/*"]))
        try await withMetricsFactory(metrics) {
            try await Service.tell(settings: settings) { story, service in
                func expect(_ lines: [String], sourceLocation: SourceLocation = #_sourceLocation) {
                    let text = metrics.text()
                    for line in lines {
                        #expect(text.contains("\n\(line)\n"), "\(line)\n\(text)", sourceLocation: sourceLocation)
                    }
                }
                let number = try await story.pull()
                try await service.settle()
                // Two gates and the summary.
                expect([
                    #"countersign_verdicts_total{outcome="waiting"} 1"#,
                    #"countersign_statuses_total{result="posted"} 3"#,
                    #"countersign_latency_seconds_count{urgency="event"} 1"#,
                ])
                for person in [story.bob, story.carol] {
                    try await story.approve(number, as: person)
                    try await service.settle()
                }
                expect([
                    #"countersign_verdicts_total{outcome="waiting"} 2"#,
                    #"countersign_verdicts_total{outcome="approved"} 1"#,
                    #"countersign_latency_seconds_count{urgency="event"} 3"#,
                ])
                try await story.post("success", "countersign: main", on: number, as: story.dave)
                story.simulator?.faults.add(Fault(path: "*/reviews", kind: .status(500)))
                try await service.gate.refire(#require(RepositoryName(story.repository)), .pull(Int64(number)))
                try await service.work(limit: 1)
                story.simulator?.faults.clear()
                expect([
                    #"countersign_verdicts_total{outcome="undecided"} 1"#,
                    #"countersign_undecided_total{cause="server-error"} 1"#, "countersign_failures_total 1",
                    #"countersign_foreign_statuses_total{favourable="yes"} 1"#,
                ])
                story.clock.advance(by: 60)
                try await service.settle()
                try await service.reconcile()
                expect([
                    "countersign_open_pull_requests 1", "countersign_dirty 0", "countersign_poisoned 0",
                    #"countersign_reconcile_period_seconds{class="green"} 60"#,
                    #"countersign_reconcile_period_seconds{class="all"} 900"#,
                ])
                let other = try await story.pull(file: "src/two.swift", branch: "feature/two")
                try await service.settle()
                try await story.mergePastGates(other)
                try await service.settle()
                expect([#"countersign_bypasses_total{kind="merge"} 1"#])
                // Everything is known, and the policy is no policy: an undecided with a cause of its own.
                try await story.forge.commit(
                    [.update(".countersign.yml", "version: 1\ngates: { qa: { require: qaa } }\n")],
                    to: story.repository,
                    branch: "main", as: story.keeper)
                try await service.settle()
                #expect(try await service.summary(number).hasPrefix("error"))
                #expect(metrics.text().contains("\ncountersign_undecided_total{cause=\"invalid-policy\"} "))
            }
        }
    }

    /// Where the budget does not suffice for the lists, the figures that say so are those of now.
    @Test func anOverloadIsMeasured() async throws {
        let metrics = PrometheusFactory(help: GateInstruments.help)
        var settings = GateSettings(repositories: try RepositorySelection(["acme/*"]))
        settings.backgroundCalls = 0.01
        try await withMetricsFactory(metrics) {
            try await Service.tell(settings: settings) { story, service in
                try await story.forge.repository("anvil", of: "acme", as: story.keeper)
                _ = try await story.pull()
                try await service.settle()
                // The list of the first repository uses up what the second's would need.
                for _ in 0..<3 { await service.gate.reconcile() }
                #expect(metrics.text().contains("\ncountersign_open_pull_requests 1\n"), "\(metrics.text())")
            }
        }
    }

    /// Every try of every call, by what it was, with which credential, and how it ended.
    @Test func callsToTheForgeAreCounted() async throws {
        let metrics = PrometheusFactory(help: GateInstruments.help)
        try await withMetricsFactory(metrics) {
            try await Story.tell { story in
                try await RunningService.run(story) { running in
                    let number = try await story.pull()
                    let name = try #require(RepositoryName(story.repository))
                    let log = try #require(story.simulator).requests
                    log.reset()
                    try await running.assembly.gates.current.refire(name, .pull(Int64(number)))
                    try await running.step()
                    let calls = log.all.filter { $0.login == story.gate.login || $0.login == story.keeper.login }
                    let lines = metrics.text().split(separator: "\n").filter {
                        $0.hasPrefix("countersign_forge_calls_total{")
                    }
                    let counts = lines.compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }
                    #expect(counts.reduce(0, +) == calls.count && calls.count > 8, "\(lines)")
                    let posts = calls.count { $0.method == "POST" && $0.path.contains("/statuses/") }
                    #expect(posts == 3)
                    let posted = lines.filter { $0.contains("POST") && $0.contains("statuses") }
                    #expect(posted.count == 1 && posted.allSatisfy { $0.hasSuffix(" 3") }, "\(posted)")
                    #expect(posted.allSatisfy { $0.contains(#"result="ok""#) }, "\(posted)")
                    // Names of people and repositories are no labels.
                    #expect(!lines.contains { $0.contains("acme") || $0.contains("widget") }, "\(lines)")
                }
            }
        }
    }

    /// Without an address for the pages statuses lead nowhere, rather than to a place that nobody can open.
    @Test func withoutPagesNoStatusLinksToOne() async throws {
        try await Service.tell { story, service in
            let number = try await story.pull()
            try await service.settle()
            let head = try await story.forge.head(of: number, story.repository)
            let rows = try await story.forge.must(.GET, "/repos/\(story.repository)/statuses/\(head)").array ?? []
            #expect(rows.count >= 3 && rows.allSatisfy { $0["target_url"]?.string == "" }, "\(rows)")
        }
    }

    /// A repository that is excepted is not even read; one that is made later is found.
    @Test func whichRepositoriesAreGated() async throws {
        let settings = GateSettings(repositories: try RepositorySelection(["acme/*", "!acme/sandbox"]))
        try await Service.tell(settings: settings) { story, service in
            func make(_ name: String) async throws -> String {
                try await story.forge.repository(name, of: "acme", as: story.keeper)
                let repository = "acme/\(name)"
                try await story.forge.commit(
                    [.create(".countersign.yml", Story.policy)], to: repository, branch: "main", as: story.keeper)
                try await story.forge.commit(
                    [.create("one.txt", "one\n")], to: repository, branch: "main", newBranch: "one", as: story.alice)
                _ = try await story.forge.pull("One", from: "one", of: repository, as: story.alice)
                return repository
            }
            func statuses(_ repository: String) async throws -> [String: (String, String)] {
                try await story.forge.statuses(
                    on: story.forge.head(of: 1, repository), of: repository)
            }
            let sandbox = try await make("sandbox")
            try await service.reconcile()
            let later = try await make("later")
            service.loseDeliveries()
            #expect(try await statuses(later).isEmpty)
            let log = try #require(story.simulator).requests
            log.reset()
            try await service.reconcile(after: 301)
            #expect(try await statuses(later)["countersign: main"]?.0 == "pending")
            // Neither does a delivery open it.
            let hint = WebhookHint(
                repositoryID: 99, repository: try #require(RepositoryName(sandbox)), target: .pullRequest(1),
                cause: "pull_request")
            try await service.gate.accept(hint, delivery: "one")
            #expect(try await service.work().isEmpty)
            #expect(!log.all.contains { $0.login == story.gate.login && $0.path.hasPrefix("/repos/\(sandbox)") })
            #expect(try await statuses(sandbox).isEmpty)
            // What is taken out of the settings is left alone, also by what was marked before; the rest is not.
            let name = try #require(RepositoryName(later))
            let fewer = Service(
                service,
                settings: GateSettings(
                    repositories: try RepositorySelection(["acme/*", "!\(later)", "!acme/sandbox"])))
            try await fewer.gate.refire(name, .pull(1))
            log.reset()
            try await fewer.reconcile(after: 1_000)
            #expect(!log.all.contains { $0.login == story.gate.login && $0.path.hasPrefix("/repos/\(later)") })
            #expect(try await service.store.repositories().filter(\.isSkipped).map(\.name) == [name])
            #expect(try await service.store.repository(named: name)?.leftAlone == .deselected)
            #expect(try await service.gate.freshness().openPulls == 0)
            try await service.reconcile(after: 301)
            #expect(try await service.store.repositories().filter(\.isSkipped).isEmpty)
        }
    }
}
