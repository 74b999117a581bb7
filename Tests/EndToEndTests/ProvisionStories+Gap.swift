import Foundation
import GateForge
import GatePolicy
import GateService
import GateWeb
import NIOHTTP1
import Synchronization
import Testing

@testable import CountersignCLI
@testable import GiteaSimulator

/// A rotation beside a service at work.
extension ProvisionStories {
    /// What waits for deliveries, and not for a call to be tried again.
    private static let isLong: @Sendable (Duration) -> Bool = { $0 >= .seconds(5) }

    /// A service that runs by what was provisioned, and the arguments that provision it again.
    private func besideAService(
        _ body: (Story, Office, RunningService, [String]) async throws -> Void
    ) async throws {
        try await Story.tell { story in
            let office = Office(story)
            _ = await office.run(Office.usual + ["--yes"])
            try await RunningService.run(story, Office.variables, readFile: { try office.read($0) }) { running in
                office.socket.withLock { $0 = running.socket }
                let usual = Office.usual(for: running)
                _ = await office.run(usual + ["--yes"])
                try await body(story, office, running, usual)
                office.socket.withLock { $0 = "/nowhere" }
            }
        }
    }

    /// Tokens are exchanged from end to end while a pull request is looked at: it is looked at anew with the new ones,
    /// and nobody is told that something cannot be known.
    @Test(arguments: [("countersign", "/pulls/"), ("keeper", "/orgs/acme/teams"), ("countersign", "/statuses/")])
    func rotationWhileAPullRequestIsLookedAt(login: String, call: String) async throws {
        try await besideAService { story, office, running, usual in
            let number = try await story.pull()
            let simulator = try #require(story.simulator)
            let isBegun = Mutex(false)
            let rotated = Mutex("")
            simulator.beforeResponse = { record, _ in
                guard record.login == login, record.path.contains(call) else { return }
                let isFirst = isBegun.withLock { isBegun in
                    defer { isBegun = true }
                    return !isBegun
                }
                guard isFirst else { return }
                let ended = await office.run(usual + ["--yes", "--rotate"])
                rotated.withLock { $0 = ended.text }
            }
            try await running.step()
            simulator.beforeResponse = nil
            let text = rotated.withLock { $0 }
            #expect(text.contains("done: take away the old `countersign` of `countersign`"), "\(text)")
            #expect(text.contains("done: take away the old `countersign-directory` of `keeper`"), "\(text)")
            #expect(try await shown(number, story) == "pending", "\(text)")
            let errors = try inventory(story).filter { $0.hasPrefix("status ") && $0.hasSuffix(" error") }
            #expect(errors.isEmpty, "\(text)")
            #expect(running.assembly.pulse.refusals.isEmpty)
        }
    }

    /// What the forge still has to deliver when the new webhook comes is delivered before the old one goes, and what is on
    /// the way then is taken, too.
    @Test(arguments: [0, 1]) func deliveriesOfTheOldWebhook(wait: Int) async throws {
        try await besideAService { story, office, running, usual in
            let number = try await story.pull()
            try await running.step()
            let simulator = try #require(story.simulator)
            simulator.beforeResponse = { record, _ in
                guard record.method == "POST", record.path.hasSuffix("/hooks") else { return }
                try? await story.approve(number, as: story.bob)
            }
            let hooks = Mutex<[Int]>([])
            office.meanwhile.withLock {
                $0 = { duration in
                    guard Self.isLong(duration) else { return }
                    let there = simulator.world.update { state in
                        state.hooks.values.filter { $0.url == running.hookURL }.count
                    }
                    let waits = hooks.withLock { hooks in
                        hooks.append(there)
                        return hooks.count
                    }
                    if waits == wait + 1 { await simulator.deliverPending() }
                }
            }
            let rotated = await office.run(usual + ["--yes", "--rotate"])
            simulator.beforeResponse = nil
            #expect(hooks.withLock { $0 } == [2, 1], "\(rotated.text)")
            #expect(rotated.text.contains("waiting 10 s for what the old webhook still has to deliver"))
            try await story.approve(number, as: story.carol)
            try await running.step()
            #expect(try await shown(number, story) == "success", "\(rotated.text)")
            let heard = running.assembly.web.deliveries.page
            #expect(heard.forged.count == 0 && heard.unsigned.count == 0, "\(heard)")
            // The old secret is good for nothing now.
            #expect(office.files.withLock { $0["/secrets/hook-secret"] }?.split(separator: "\n").count == 1)
            office.expectNoSecret()
        }
    }

    /// Where no service runs nobody waits.
    @Test func rotationWithoutAService() async throws {
        try await Story.tell { story in
            let office = Office(story)
            _ = await office.run(Office.usual + ["--yes"])
            let waits = Mutex(0)
            office.meanwhile.withLock {
                $0 = { duration in if Self.isLong(duration) { waits.withLock { $0 += 1 } } }
            }
            let rotated = await office.run(Office.usual + ["--yes", "--rotate"])
            #expect(rotated.text.contains("done: give the webhook of `acme`"), "\(rotated.text)")
            #expect(waits.withLock { $0 } == 0)
        }
    }

    /// Of two repositories the second refuses its new webhook: the first one has its new one, and no second.
    @Test func aRenewalThatIsRefusedHalfway() async throws {
        try await Story.tell { story in
            try await story.forge.repository("other", of: "acme", as: story.keeper)
            let office = Office(story)
            let named = Office.usual.flatMap { $0 == "acme" ? ["acme/widget", "acme/other"] : [$0] }
            _ = await office.run(named + ["--yes"])
            let hooks = { try inventory(story).filter { $0.hasPrefix("hook ") }.count }
            #expect(try hooks() == 2)
            story.simulator?.faults.add(Fault(method: "POST", path: "/repos/acme/other/hooks", kind: .status(403)))
            let refused = await office.run(named + ["--yes", "--rotate"])
            #expect(refused.status == 1, "\(refused.text)")
            #expect(
                refused.text.contains("NOT DONE: give the webhook of `acme/widget`, `acme/other`"), "\(refused.text)")
            #expect(try hooks() == 2)
            story.simulator?.faults.clear()
            let again = await office.run(named + ["--yes"])
            #expect(again.text.contains("done: give the webhook of `acme/widget`, `acme/other`"), "\(again.text)")
            #expect(try hooks() == 2)
        }
    }
}
