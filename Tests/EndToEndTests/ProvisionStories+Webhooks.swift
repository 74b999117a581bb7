import Foundation
import GateForge
import GatePolicy
import NIOHTTP1
import Synchronization
import Testing

@testable import CountersignCLI
@testable import GiteaSimulator

/// A webhook to that address was there before: plan, report and undo say what becomes of it, and do that.
extension ProvisionStories {
    private static let secrets = ["USERS-PASSWORD", "Basic QVVUSE9SSVpBVElPTg=="]

    /// One that somebody made for something else: switched off, a form, of one branch, behind a proxy that asks for a user.
    private func other(at path: String, _ story: Story, url: String) async throws {
        try await story.forge.must(
            .POST, path, as: story.keeper,
            [
                "type": "gitea", "active": false, "events": ["fork", "push", "issues_only", "pull_request_only"],
                "branch_filter": "main", "authorization_header": .string(Self.secrets[1]),
                "config": ["url": .string(url), "content_type": "form", "secret": "elsewhere"],
            ])
    }

    private func expectNoSecret(_ office: Office) {
        office.expectNoSecret()
        let written = office.files.withLock { $0["/secrets/provision.json"] ?? "" }
        for secret in Self.secrets {
            #expect(!office.printed.withLock { $0.contains(secret) } && !written.contains(secret))
        }
    }

    @Test(arguments: ["acme", "acme/widget"]) func aWebhookThatWasOtherwise(of target: String) async throws {
        try await Story.tell(version: ServerVersion("1.24.0")) { story in
            let office = Office(story)
            let usual = Office.usual.map { $0 == "acme" ? target : $0 }
            let path = target == "acme" ? "/orgs/acme/hooks" : "/repos/acme/widget/hooks"
            let url = "https://gate:USERS-PASSWORD@gate.example.org/hooks/forge"
            try await other(at: path, story, url: url)
            func hooks() async throws -> [JSON] {
                try await story.forge.must(.GET, path, as: story.keeper).array ?? []
            }
            let old = try #require(try await hooks().first)
            let before = try inventory(story)

            let change =
                "give the webhook of `\(target)` to https://gate.example.org/hooks/forge a fresh secret, and store it in "
                + "`/secrets/hook-secret`: a new one of `\(target)` takes the place of \(old["id"]?.int ?? 0), like it but "
                + "that it is switched on, calls with JSON and not with a form, tells of all branches and not of `main` "
                + "alone, tells of `pull_request_comment`, `pull_request_label`, "
            let planned = await office.run(usual + ["--plan"])
            #expect(planned.text.contains("would \(change)"), "\(planned.text)")
            let done = await office.run(usual + ["--yes"])
            #expect(done.text.contains("done: \(change)"), "\(done.text)")
            #expect(!done.text.contains("hook.address: \(target)"), "\(done.text)")

            let new = try await hooks()
            #expect(new.count == 1 && new[0]["id"] != old["id"])
            #expect(new[0]["active"]?.bool == true && new[0]["branch_filter"]?.string == "")
            #expect(new[0]["config"]?["content_type"]?.string == "json")
            let told = Set(new[0]["events"]?.strings ?? [])
            #expect(told.isSuperset(of: Webhook.neededEvents + ["fork", "issues", "status"]) && !told.contains("wiki"))
            // Without these two something in front of the service would refuse every delivery from now on.
            #expect(new[0]["config"]?["url"]?.string == url)
            #expect(new[0]["authorization_header"]?.string == Self.secrets[1])

            let again = await office.run(usual + ["--yes"])
            #expect(again.text.hasPrefix("nothing was changed\n"), "\(again.text)")
            _ = await office.run(usual + ["--yes", "--rotate"])
            #expect(try await hooks().first?["authorization_header"]?.string == Self.secrets[1])

            let was = "switched off, form, branches `main`, tells of `fork`, `push`, `issues`, `pull_request`"
            let taken = await office.run(usual + ["--undo", "--plan"])
            #expect(
                taken.text.contains(
                    "webhook of `\(target)` to https://gate.example.org/hooks/forge, which was there before: as it was "
                        + "(\(was)), with another secret\n"), "\(taken.text)")
            let undone = await office.run(usual + ["--undo", "--yes"])
            #expect(undone.status == 0, "\(undone.text)")
            #expect(
                undone.text.contains(
                    "is as \(old["id"]?.int ?? 0) was before (\(was)), but for its number, and with a secret that is gone"
                ),
                "\(undone.text)")
            #expect(try inventory(story) == before)
            expectNoSecret(office)
        }
    }

    /// Nobody can give back the secret of a webhook that was there, and that is told.
    ///
    /// A service that was killed is none.
    @Test func aWebhookThatWasThereBefore() async throws {
        try await Story.tell { story in
            let office = Office(story)
            let left = try await RunningService.leftSocket(story)
            defer { try? FileManager.default.removeItem(atPath: left) }
            office.socket.withLock { $0 = left }
            try await story.forge.must(
                .POST, "/orgs/acme/hooks", as: story.keeper,
                [
                    "type": "gitea", "active": true, "events": .array(Webhook.neededEvents.map { .string($0) }),
                    "config": [
                        "url": "https://gate.example.org/hooks/forge", "content_type": "json", "secret": "elsewhere",
                    ],
                ])
            let before = try inventory(story)
            func undo() async -> String {
                let undone = await office.run(Office.usual + ["--undo", "--yes"])
                #expect(undone.status == 0, "\(undone.text)")
                return undone.text
            }
            func isTold(_ text: String, _ secret: String) -> Bool {
                text.contains("the webhook of `acme` to https://gate.example.org/hooks/forge is as ")
                    && text.contains(" was before (switched on, JSON, all branches, tells of ")
                    && text.contains("), but for its number, and with \(secret)\n")
            }
            let done = await office.run(Office.usual + ["--yes"])
            #expect(done.text.contains("done: give the webhook of `acme` to"), "\(done.text)")
            let undone = await undo()
            #expect(isTold(undone, "a secret that is gone: set it anew"), "\(undone)")
            #expect(try inventory(story) == before)
            #expect(office.files.withLock { Array($0.keys) } == ["/password"])
            // The file was there before: it stays, and holds what the forge signs with.
            let own = String(repeating: "5", count: 64) + "\n"
            office.files.withLock { $0["/secrets/hook-secret"] = own }
            _ = await office.run(Office.usual + ["--yes", "--rotate"])
            let rotated = await undo()
            #expect(isTold(rotated, "the secret in `/secrets/hook-secret`"), "\(rotated)")
            #expect(office.files.withLock { $0["/secrets/hook-secret"] ?? own } != own)
        }
    }

    /// Two to one address become one, and two again.
    @Test func twoWebhooksToOneAddress() async throws {
        try await Story.tell { story in
            let office = Office(story)
            let url = "https://gate.example.org/hooks/forge"
            for _ in 0..<2 { try await other(at: "/orgs/acme/hooks", story, url: url) }
            let before = try inventory(story)
            let done = await office.run(Office.usual + ["--yes"])
            #expect(done.text.contains(" and of "), "\(done.text)")
            #expect(try inventory(story).filter { $0.hasPrefix("hook ") }.count == 1)
            let undone = await office.run(Office.usual + ["--undo", "--yes"])
            #expect(undone.status == 0, "\(undone.text)")
            #expect(try inventory(story) == before)
        }
    }

    /// Cut between the new webhook and the end of the old one, and taken back then: the old one is all that stays.
    @Test func aReplacementThatWasCut() async throws {
        try await Story.tell { story in
            let office = Office(story)
            try await other(at: "/orgs/acme/hooks", story, url: "https://gate.example.org/hooks/forge")
            let before = try inventory(story)
            let simulator = try #require(story.simulator)
            simulator.faults.add(Fault(method: "DELETE", path: "/orgs/acme/hooks/*", times: 5, kind: .status(500)))
            _ = await office.run(Office.usual + ["--yes"])
            simulator.faults.clear()
            #expect(try inventory(story).filter { $0.hasPrefix("hook ") }.count == 2)
            let undone = await office.run(Office.usual + ["--undo", "--yes"])
            #expect(undone.status == 0, "\(undone.text)")
            #expect(undone.text.contains("stays: what was to take its place is gone\n"), "\(undone.text)")
            #expect(try inventory(story) == before)
        }
    }

    /// The same of two, when one of them was gone: the other one stays what it is, and that is told.
    @Test func twoWebhooksOfWhichOneWasReplaced() async throws {
        try await Story.tell { story in
            let office = Office(story)
            for _ in 0..<2 {
                try await other(at: "/orgs/acme/hooks", story, url: "https://gate.example.org/hooks/forge")
            }
            func ids() async throws -> [Int] {
                let hooks = try await story.forge.must(.GET, "/orgs/acme/hooks", as: story.keeper).array ?? []
                return hooks.compactMap { $0["id"]?.int }.sorted()
            }
            let old = try await ids()
            let before = try inventory(story)
            let simulator = try #require(story.simulator)
            simulator.faults.add(
                Fault(method: "DELETE", path: "/orgs/acme/hooks/\(old[1])", times: 5, kind: .status(500)))
            _ = await office.run(Office.usual + ["--yes"])
            simulator.faults.clear()
            let undone = await office.run(Office.usual + ["--undo", "--yes"])
            #expect(undone.status == 0, "\(undone.text)")
            #expect(undone.text.contains(" stays as \(old[1]), and is as \(old[0]) was before ("), "\(undone.text)")
            #expect(try await ids().contains(old[1]))
            #expect(try inventory(story) == before)
        }
    }

    /// Whoever may not change the webhooks is told how somebody else gives them back.
    @Test func webhooksThatMayNotBeGivenBack() async throws {
        try await Story.tell { story in
            let office = Office(story)
            for _ in 0..<2 {
                try await other(at: "/orgs/acme/hooks", story, url: "https://gate.example.org/hooks/forge")
            }
            _ = await office.run(Office.usual + ["--yes"])
            story.simulator?.faults.add(Fault(method: "PATCH", path: "/orgs/acme/hooks/*", kind: .status(403)))
            let undone = await office.run(Office.usual + ["--undo", "--yes"])
            #expect(undone.status == 1, "\(undone.text)")
            let body =
                #"{"active":false,"authorization_header":"AUTHORIZATION","branch_filter":"main","config":{"content_type":"form"},"#
                + #""events":["fork","push","issues_only","pull_request_only"]}"#
            #expect(undone.text.contains("its `authorization_header` in the place of AUTHORIZATION:"), "\(undone.text)")
            #expect(undone.text.contains(body), "\(undone.text)")
            let another =
                #"{"active":false,"authorization_header":"AUTHORIZATION","branch_filter":"main","#
                + #""config":{"content_type":"form","secret":"SECRET","url":"URL"},"#
                + #""events":["fork","push","issues_only","pull_request_only"],"type":"gitea"}"#
            #expect(undone.text.contains(another), "\(undone.text)")
            expectNoSecret(office)
        }
    }
}
