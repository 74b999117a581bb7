import GateForge
import GatePolicy
import GateStore
import GiteaSimulator
import Hummingbird
import HummingbirdTesting
import Logging
import NIOHTTP1
import ServiceLifecycle
import Synchronization
import Testing

@testable import CountersignCLI
@testable import GateService

/// Pushes past pull requests.
@Suite(.simulatorOnly) struct PushStories {
    private func push(_ branch: String, _ file: String, _ story: Story) throws {
        try #require(story.simulator).world.push(
            to: branch, of: story.repository, as: story.keeper.login, files: [file: "x\n"])
    }

    /// While nobody can tell how a branch moved it is asked again, and what was known of it stays.
    @Test func oneThatCouldNotBeLookedAt() async throws {
        try await Service.tell { story, service in
            _ = try await story.pull()
            try await service.settle()
            try push("main", "first.md", story)
            try await service.settle()
            #expect(try await service.store.bypasses().isEmpty, "the first look has nothing to compare with")
            try push("main", "second.md", story)
            let faults = try #require(story.simulator).faults
            let closed = "/repos/\(story.repository)/pulls"
            faults.add(Fault(path: closed, as: story.gate.login, kind: .status(502)))
            let name = try #require(RepositoryName(story.repository))
            await #expect(throws: ForgeError.self) {
                try await service.gate.checkPush(name, "main", Logger(label: "story"))
            }
            faults.clear()
            faults.add(
                Fault(path: "/repos/\(story.repository)/branches/main", as: story.gate.login, kind: .status(502)))
            try await service.settle()
            faults.clear()
            #expect(try await service.store.bypasses().isEmpty)
            story.clock.advance(by: 61)
            try await service.settle()
            #expect(try await service.store.bypasses().map(\.kind) == [.push])
        }
    }

    /// The push that brings a branch's first policy goes around no gate; the next one does.
    @Test func theFirstPolicy() async throws {
        try await Service.tell(policy: nil) { story, service in
            _ = try await story.pull()
            try await service.settle()
            try await service.reconcile(after: 61)
            try #require(story.simulator).world.push(
                to: "main", of: story.repository, as: story.keeper.login, files: [".countersign.yml": Story.policy])
            try await service.settle()
            #expect(try await service.store.bypasses().isEmpty)
            try push("main", "second.md", story)
            try await service.settle()
            #expect(try await service.store.bypasses().map(\.kind) == [.push])
        }
    }

    /// Into a branch that everybody may push to nothing goes around a gate.
    @Test func toOtherBranches() async throws {
        try await Service.tell { story, service in
            for branch in ["release", "topic"] { try await story.branch(branch) }
            try await story.forge.protect("release", of: story.repository, contexts: [], as: story.keeper)
            for branch in ["release", "topic"] {
                _ = try await story.pull(file: "\(branch).md", branch: "feature/\(branch)", to: branch)
            }
            try await service.settle()
            for file in ["first.md", "second.md"] {
                for branch in ["release", "topic"] { try push(branch, file, story) }
                try await service.settle()
            }
            #expect(try await service.store.bypasses().map(\.branch) == ["release"])
        }
    }

    /// A branch that never had a policy is pushed to as ever, whatever the others of its repository have.
    @Test func toABranchWithoutAPolicyBesideOneWithOne() async throws {
        try await Service.tell(policy: nil) { story, service in
            let world = try #require(story.simulator).world
            try world.push(
                to: "release", of: story.repository, as: story.keeper.login, files: [".countersign.yml": Story.policy])
            try await story.forge.protect("release", of: story.repository, contexts: [], as: story.keeper)
            for branch in ["release", "main"] {
                _ = try await story.pull(file: "\(branch).md", branch: "feature/\(branch)", to: branch)
            }
            try await service.settle()
            for file in ["first.md", "second.md", "third.md"] {
                for branch in ["release", "main"] { try push(branch, file, story) }
                try await service.settle()
            }
            #expect(Set(try await service.store.bypasses().map(\.branch)) == ["release"])
        }
    }

    /// Whoever takes a message and never answers holds nothing up.
    @Test func toldToSomebodyWhoHangs() async throws {
        let (heard, hear) = AsyncStream<Void>.makeStream()
        let (released, release) = AsyncStream<Void>.makeStream()
        let tries = Mutex(0)
        let router = Router()
        router.post("/hook") { _, _ -> HTTPResponse.Status in
            tries.withLock { $0 += 1 }
            hear.yield()
            for await _ in released {}
            return .ok
        }
        let receiver = Application(router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)))
        try await receiver.test(.live) { client in
            defer { release.finish() }
            let address = "http://127.0.0.1:\(try #require(client.port))/hook"
            try await Story.tell { story in
                try await RunningService.run(story, ["COUNTERSIGN_BYPASS_WEBHOOK": address]) { running in
                    let number = try await story.pull()
                    let name = try #require(RepositoryName(story.repository))
                    try await running.assembly.gates.current.refire(name, .pull(Int64(number)))
                    try await running.step()
                    try await story.mergePastGates(number)
                    try await running.assembly.gates.current.refire(name, .pull(Int64(number)))
                    try await running.step()
                    #expect(tries.withLock { $0 } <= 1, "the second try is five seconds later")
                    #expect(await heard.first { _ in true } != nil)
                }
            }
        }
    }

    /// What waits when the service is told to stop is told before it ends.
    @Test func toldBeforeTheServiceEnds() async throws {
        let (heard, hear) = AsyncStream<Void>.makeStream()
        let (released, release) = AsyncStream<Void>.makeStream()
        let told = Mutex(0)
        let router = Router()
        router.post("/hook") { _, _ -> HTTPResponse.Status in
            hear.yield()
            for await _ in released { break }
            told.withLock { $0 += 1 }
            return .ok
        }
        let receiver = Application(router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)))
        try await receiver.test(.live) { client in
            let messenger = BypassMessenger(
                address: "http://127.0.0.1:\(try #require(client.port))/hook", secret: nil,
                logger: Logger(label: "story", factory: { _ in SwiftLogNoOpLogHandler() }))
            let bypass = Bypass(
                kind: .push, repository: RepositoryName(owner: "acme", name: "widget"), number: nil, branch: "main",
                commit: try #require(CommitID(String(repeating: "a", count: 40))), by: nil,
                at: Moment(milliseconds: 0), gates: [], summary: "")
            let mailbox = BypassMailbox()
            for _ in 0..<2 { mailbox.send(bypass, by: messenger) }
            let group = ServiceGroup(services: [mailbox], logger: messenger.logger)
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await group.run() }
                _ = await heard.first { _ in true }
                await group.triggerGracefulShutdown()
                for _ in 0..<2 { release.yield() }
                try await tasks.waitForAll()
            }
        }
        #expect(told.withLock { $0 } == 2)
    }
}
