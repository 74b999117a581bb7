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

extension ProvisionStories {
    /// The secret is in its file and not at the forge: the next run gives the webhook a fresh one.
    @Test func aCutRotationIsFinished() async throws {
        try await Story.tell { story in
            let office = Office(story)
            _ = await office.run(Office.usual + ["--yes"])
            let simulator = try #require(story.simulator)
            simulator.beforeResponse = { record, _ in
                guard record.method == "POST", record.path.hasSuffix("/hooks") else { return }
                simulator.faults.add(Fault(method: "POST", path: record.path, times: 5, kind: .status(500)))
            }
            _ = await office.run(Office.usual + ["--yes", "--rotate"])
            simulator.beforeResponse = nil
            simulator.faults.clear()
            let again = await office.run(Office.usual + ["--yes"])
            #expect(again.text.contains("done: give the webhook of `acme` to "), "\(again.text)")
            let third = await office.run(Office.usual + ["--yes"])
            #expect(third.text.hasPrefix("nothing was changed\n"), "\(third.text)")
        }
    }

    /// The webhook cannot be made, again and again: the file never holds more secrets than the service takes, and always
    /// the one that the forge signs with.
    @Test func aRenewalThatIsCutNineTimes() async throws {
        try await Story.tell { story in
            let office = Office(story)
            _ = await office.run(Office.usual + ["--yes"])
            let file = "/secrets/hook-secret"
            func secrets() -> [String] {
                office.files.withLock { $0[file] ?? "" }.split(whereSeparator: \.isNewline).map(String.init)
            }
            let signing = try #require(secrets().first)
            let simulator = try #require(story.simulator)
            simulator.beforeResponse = { record, _ in
                guard record.method == "POST", record.path.hasSuffix("/hooks") else { return }
                simulator.faults.add(Fault(method: "POST", path: record.path, times: 5, kind: .status(500)))
            }
            for run in 0..<9 {
                _ = await office.run(Office.usual + ["--yes"] + (run == 0 ? ["--rotate"] : []))
                #expect(secrets().count == min(run + 2, WebhookSecrets.maximumCount))
                #expect(secrets().last == signing)
            }
            simulator.beforeResponse = nil
            simulator.faults.clear()
            _ = await office.run(Office.usual + ["--yes"])
            #expect(secrets().count == 1 && secrets().first != signing)
        }
    }

    /// Cut between the new webhook and the end of the old one: the next run leaves one, and that one is right.
    @Test func aRenewalCutInTheMiddle() async throws {
        try await Story.tell { story in
            let office = Office(story)
            _ = await office.run(Office.usual + ["--yes"])
            let simulator = try #require(story.simulator)
            simulator.beforeResponse = { record, _ in
                guard record.method == "DELETE", record.path.contains("/hooks/") else { return }
                simulator.faults.add(Fault(method: "DELETE", path: record.path, times: 1, kind: .status(500)))
            }
            _ = await office.run(Office.usual + ["--yes", "--rotate"])
            simulator.beforeResponse = nil
            simulator.faults.clear()
            let hooks = { try inventory(story).filter { $0.hasPrefix("hook ") }.count }
            #expect(try hooks() == 2)
            let again = await office.run(Office.usual + ["--yes"])
            #expect(again.text.contains("done: give the webhook of `acme` to "), "\(again.text)")
            #expect(try hooks() == 1)
            let third = await office.run(Office.usual + ["--yes"])
            #expect(third.text.hasPrefix("nothing was changed\n"), "\(third.text)")
        }
    }

    /// Cut before the old tokens were ended, and gone on with by a token that is shown nobody's tokens: that two are left is
    /// told, and not passed over.
    @Test func oldTokensThatNobodyCanTellApart() async throws {
        try await Story.tell { story in
            let office = Office(story)
            _ = await office.run(Office.usual + ["--yes"])
            let simulator = try #require(story.simulator)
            simulator.beforeResponse = { record, _ in
                guard record.method == "DELETE", record.path.contains("/tokens/") else { return }
                simulator.faults.add(Fault(method: "DELETE", path: record.path, times: 5, kind: .status(500)))
            }
            _ = await office.run(Office.usual + ["--yes", "--rotate"])
            simulator.beforeResponse = nil
            simulator.faults.clear()
            let token = try await story.forge.token(story.keeper, named: "lent", scopes: StoryForge.ownerScopes)
            office.files.withLock { $0["/token"] = token }
            var lent = Office.usual
            lent.replaceSubrange(2...5, with: ["--administrator-token-file", "/token"])
            let told = await office.run(lent + ["--yes"])
            #expect(told.status == 1, "\(told.text)")
            #expect(
                told.text.contains("of `countersign` is in use is not known: run this again with a password"),
                "\(told.text)")
            let again = await office.run(Office.usual + ["--yes"])
            #expect(again.text.contains("done: take away the old `countersign` of `countersign`"), "\(again.text)")
        }
    }

    /// New tokens take the place of old ones, which then are gone; at no moment is there none that works.
    @Test func rotation() async throws {
        try await Story.tell { story in
            let office = Office(story)
            _ = await office.run(Office.usual + ["--yes"])
            let old = office.files.withLock { $0 }
            let rotated = await office.run(Office.usual + ["--yes", "--rotate"])
            #expect(rotated.text.contains("done: make the token `countersign-2` of `countersign`"), "\(rotated.text)")
            for file in ["forge-token", "forge-directory-token", "hook-secret"] {
                let path = "/secrets/\(file)"
                let new = try #require(office.files.withLock { $0[path] })
                #expect(new != old[path], "\(file)")
                guard file != "hook-secret" else { continue }
                let stale = story.forge.with(story.gate, token: (old[path] ?? "").trimmingCharacters(in: .newlines))
                #expect(try await story.forge.call(.GET, "/user", as: stale).status == 401)
            }
            #expect(await refire(office).status == 0)
            _ = await office.run(Office.usual + ["--undo", "--yes"])
            office.expectNoSecret()
        }
    }

    /// Somebody else has the directory's job from now on: the token of whoever had it before ends, too.
    @Test func rotationToAnotherOwner() async throws {
        try await Story.tell { story in
            let office = Office(story)
            _ = await office.run(Office.usual + ["--yes"])
            let old = office.files.withLock { $0["/secrets/forge-directory-token"] ?? "" }
            let former = story.forge.with(story.keeper, token: old.trimmingCharacters(in: .newlines))
            let teams = "/orgs/\(story.forge.name("acme"))/teams"
            let before = try await story.forge.call(.GET, teams, as: former)
            #expect(before.status == 200)
            let moved = Office.usual.map { $0 == "keeper" ? "root1" : $0 }
            // The first run is cut before anything was taken away.
            let simulator = try #require(story.simulator)
            simulator.beforeResponse = { record, _ in
                guard record.method == "DELETE", record.path.contains("/tokens/") else { return }
                simulator.faults.add(Fault(method: "DELETE", path: record.path, times: 5, kind: .status(500)))
            }
            _ = await office.run(moved + ["--yes", "--rotate"])
            simulator.beforeResponse = nil
            simulator.faults.clear()
            let rotated = await office.run(moved + ["--yes"])
            #expect(
                rotated.text.contains("done: take away the old `countersign-directory` of `keeper`"), "\(rotated.text)")
            let after = try await story.forge.call(.GET, teams, as: former)
            #expect(after.status == 401)
            let again = await office.run(moved + ["--yes"])
            #expect(again.text.hasPrefix("nothing was changed\n"), "\(again.text)")
        }
    }

    /// A service runs all the while: it has the new secrets before the old ones end, and refuses no delivery.
    @Test func rotationBesideAService() async throws {
        try await Story.tell { story in
            let office = Office(story)
            _ = await office.run(Office.usual + ["--yes"])
            try await RunningService.run(story, Office.variables, readFile: { try office.read($0) }) { running in
                office.socket.withLock { $0 = running.socket }
                let usual = Office.usual(for: running)
                _ = await office.run(usual + ["--yes"])
                let number = try await story.pull()
                try await running.step()
                #expect(try await shown(number, story) == "pending")

                let simulator = try #require(story.simulator)
                let changes = Mutex(0)
                let refused = Mutex<[String]>([])
                simulator.beforeResponse = { record, _ in
                    // At each of provisioning's calls the running service, too, makes one with what it has.
                    if record.login == "root1" {
                        let forge = running.assembly.gates.current.forge
                        do {
                            _ = try await forge.identity(.service)
                            _ = try await forge.teams(of: "acme", .directory)
                        } catch {
                            refused.withLock { $0.append("\(record.method) \(record.path): \(error)") }
                        }
                    }
                    guard record.method == "POST", record.path.hasSuffix("/hooks") else { return }
                    changes.withLock { $0 += 1 }
                    // The forge still signs with the old secret.
                    try? await story.approve(number, as: story.bob)
                    await simulator.deliverPending()
                }
                let rotated = await office.run(usual + ["--yes", "--rotate"])
                simulator.beforeResponse = nil
                #expect(changes.withLock { $0 } == 1, "\(rotated.text)")
                #expect(refused.withLock { $0 } == [])
                try await story.approve(number, as: story.carol)
                try await running.step()
                #expect(try await shown(number, story) == "success", "\(rotated.text)")
                let heard = running.assembly.web.deliveries.page
                #expect(heard.forged.count == 0 && heard.unsigned.count == 0, "\(heard)")
                office.socket.withLock { $0 = "/nowhere" }
            }
            office.expectNoSecret()
        }
    }

    /// CI gets the new tokens though nobody names its secrets again.
    @Test func secretsAreRememberedInARotation() async throws {
        try await Story.tell { story in
            let office = Office(story)
            _ = await office.run(Office.usual + ["--yes"])
            let forgetful = Office.usual.dropLast(2) + ["--rotate"]
            let planned = await office.run(forgetful + ["--plan"])
            #expect(planned.text.contains("would set the Actions secret `GATE_TOKEN` of `acme`"), "\(planned.text)")
            #expect(planned.text.contains("would take away the old `countersign` of `countersign`"), "\(planned.text)")
            _ = await office.run(forgetful + ["--yes"])
            let token = try #require(try held("GATE_TOKEN", story))
            let user = story.forge.with(story.gate, token: token)
            #expect(try await story.forge.call(.GET, "/user", as: user).status == 200)
        }
    }

    /// An old token stays as long as an Actions secret holds it.
    @Test func aSecretThatCannotBeSet() async throws {
        try await Story.tell { story in
            let office = Office(story)
            _ = await office.run(Office.usual + ["--yes"])
            let old = try #require(try held("GATE_TOKEN", story))
            let path = "/orgs/\(story.forge.name("acme"))/actions/secrets*"
            story.simulator?.faults.add(Fault(path: path, kind: .status(403)))
            let rotated = await office.run(Office.usual + ["--yes", "--rotate"])
            #expect(rotated.status == 1, "\(rotated.text)")
            #expect(rotated.text.contains("NOT DONE: set the Actions secret `GATE_TOKEN`"), "\(rotated.text)")
            #expect(rotated.text.contains("left: take away the old `countersign` of"), "\(rotated.text)")
            let user = story.forge.with(story.gate, token: old)
            #expect(try await story.forge.call(.GET, "/user", as: user).status == 200)
            story.simulator?.faults.clear()
            let again = await office.run(Office.usual + ["--yes"])
            #expect(again.text.contains("done: take away the old `countersign` of `countersign`"), "\(again.text)")
            #expect(try await story.forge.call(.GET, "/user", as: user).status == 401)
            #expect(try held("GATE_TOKEN", story) != old)
        }
    }

    /// What is overwritten is said before.
    @Test func aSecretOfThatNameIsThere() async throws {
        try await Story.tell { story in
            let path = "/orgs/\(story.forge.name("acme"))/actions/secrets/GATE_TOKEN"
            try await story.forge.must(.PUT, path, as: story.keeper, ["data": "somebody's"])
            let office = Office(story)
            let before = try inventory(story)
            let planned = await office.run(Office.usual + ["--plan"])
            #expect(
                planned.text.contains(
                    "would set the Actions secret `GATE_TOKEN` of `acme` to `forge.token`, in the place of what is there"
                ), "\(planned.text)")
            _ = await office.run(Office.usual + ["--yes"])
            let undone = await office.run(Office.usual + ["--undo", "--yes"])
            #expect(undone.text.contains("what it held cannot be given back"), "\(undone.text)")
            #expect(try inventory(story) == before)
        }
    }
}
