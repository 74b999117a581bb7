import Foundation
import GatePolicy
import GateWeb
import NIOHTTP1
import Synchronization
import Testing

@testable import CountersignCLI
@testable import GiteaSimulator

/// `countersign provision`: what it sets up, and that it leaves nothing behind.
@Suite(.simulatorOnly) struct ProvisionStories {
    /// A desk drawer and an administrator at it.
    private final class Office: Sendable {
        let story: Story
        let files = Mutex<[String: String]>(["/password": "secret123\n"])
        let printed = Mutex("")
        /// Where a service listens; nothing where none runs.
        let socket = Mutex("/nowhere")

        init(_ story: Story) { self.story = story }

        static let usual = [
            "provision", "acme", "--administrator", "root1", "--administrator-password-file", "/password",
            "--directory-owner", "keeper", "--folder", "/secrets", "--hook-url", "https://gate.example.org/hooks/forge",
            "--actions-secret", "GATE_TOKEN",
        ]

        func read(_ path: String) throws -> [UInt8] {
            guard let content = files.withLock({ $0[path] }) else {
                throw SettingsError("`\(path)` does not exist")
            }
            return Array(content.utf8)
        }

        func run(_ arguments: [String]) async -> (status: Int32, text: String) {
            let text = Mutex("")
            var context = CommandContext(
                environment: [
                    "COUNTERSIGN_FORGE_URL": story.forge.baseAddress,
                    "COUNTERSIGN_CONTROL_SOCKET": socket.withLock { $0 },
                ],
                output: { said in text.withLock { $0 += said } }, talk: { said in text.withLock { $0 += said + "\n" } },
                readFile: { [self] path in try read(path) },
                now: { Timestamp(seconds: Int64(Date().timeIntervalSince1970)) }, sleep: { _ in })
            context.writePrivateFile = { [self] path, content in files.withLock { $0[path] = content } }
            context.removeFile = { [self] path in files.withLock { $0[path] = nil } }
            let status = await Countersign.run(arguments, context)
            let said = text.withLock { $0 }
            printed.withLock { $0 += said }
            return (status, said)
        }

        /// Nothing that is a secret was ever printed.
        func expectNoSecret(sourceLocation: SourceLocation = #_sourceLocation) {
            let printed = printed.withLock { $0 }
            for (path, content) in files.withLock({ $0 }) where !path.hasSuffix(".json") {
                let secret = content.trimmingCharacters(in: .whitespacesAndNewlines)
                #expect(!printed.contains(secret), "\(path) was printed", sourceLocation: sourceLocation)
            }
            let ledger = files.withLock { $0["/secrets/provision.json"] } ?? ""
            for (path, content) in files.withLock({ $0 }) where !path.hasSuffix(".json") {
                let secret = content.trimmingCharacters(in: .whitespacesAndNewlines)
                #expect(!ledger.contains(secret), "\(path) is in the ledger", sourceLocation: sourceLocation)
            }
        }
    }

    private func inventory(_ story: Story) throws -> [String] { try #require(story.simulator?.world.inventory) }

    /// What the new account decided is posted by it: everything it needs is there.
    private func refire(_ office: Office) async -> (status: Int32, text: String) {
        await office.run([
            "refire", office.story.repository, "--all", "--token-file", "/secrets/forge-token",
            "--directory-token-file", "/secrets/forge-directory-token",
        ])
    }

    @Test func planChangesNothing() async throws {
        try await Story.tell { story in
            let office = Office(story)
            let before = try inventory(story)
            let planned = await office.run(Office.usual + ["--plan"])
            #expect(planned.status == 1, "\(planned.text)")
            #expect(planned.text.contains("would make the account `countersign`"), "\(planned.text)")
            #expect(try inventory(story) == before)
            #expect(office.files.withLock { $0.count } == 1)
            let unasked = await office.run(Office.usual)
            #expect(unasked.text.contains("run it again with `--yes`"), "\(unasked.text)")
            #expect(try inventory(story) == before)
        }
    }

    /// From nothing to a protected branch: the door is locked when there is a key.
    @Test func fromNothingToAProtectedBranch() async throws {
        try await Story.tell { story in
            let office = Office(story)
            let number = try await story.pull()
            let before = try inventory(story)
            let first = await office.run(Office.usual + ["--yes"])
            #expect(first.text.contains("left: `acme/widget`: `countersign: main` was not posted yet"), "\(first.text)")
            #expect(!(try inventory(story).contains { $0.hasPrefix("protection") }))

            let fired = await refire(office)
            #expect(fired.status == 0, "\(fired.text)")
            let second = await office.run(Office.usual + ["--yes"])
            #expect(second.text.contains("done: protect `main` of `acme/widget`"), "\(second.text)")
            #expect(try await story.forge.merge(number, of: story.repository, as: story.keeper).status == 405)

            let after = try inventory(story)
            let third = await office.run(Office.usual + ["--yes"])
            #expect(third.text.hasPrefix("nothing was changed\n"), "\(third.text)")
            #expect(try inventory(story) == after)

            let undone = await office.run(Office.usual + ["--undo", "--yes"])
            #expect(undone.status == 0, "\(undone.text)")
            // The statuses that were posted meanwhile stay, for rows are only ever added.
            #expect(try inventory(story).filter { !$0.hasPrefix("status ") } == before)
            #expect(office.files.withLock { Array($0.keys) } == ["/password"])
            office.expectNoSecret()
        }
    }

    /// The doctor's view comes with every run that changes something, with the administrator's eyes.
    @Test func theDoctorLooksAtWhatWasDone() async throws {
        try await Story.tell { story in
            let office = Office(story)
            _ = try await story.pull()
            let first = await office.run(Office.usual + ["--yes"])
            #expect(first.status == 1, "\(first.text)")
            #expect(first.text.contains("hook.missing: a webhook tells us"), "\(first.text)")
            #expect(!first.text.contains("shown to administrators only"), "\(first.text)")
        }
    }

    /// Another service of the same forge, with the same account and the same owner, keeps its tokens and its team.
    @Test func anotherInstallationIsLeftAlone() async throws {
        try await Story.tell { story in
            let office = Office(story)
            _ = await office.run(Office.usual + ["--yes"])
            let one = try inventory(story)
            let tokens = office.files.withLock { $0 }
            let elsewhere = Office.usual.map { $0 == "/secrets" ? "/elsewhere" : $0 }
            let second = await office.run(elsewhere + ["--yes"])
            #expect(second.text.contains("done: make the token `countersign-2` of `countersign`"), "\(second.text)")
            for file in ["forge-token", "forge-directory-token"] {
                let token = (tokens["/secrets/\(file)"] ?? "").trimmingCharacters(in: .newlines)
                let user = story.forge.with(story.gate, token: token)
                #expect(try await story.forge.call(.GET, "/version", as: user).status == 200, "\(file)")
            }
            let undone = await office.run(elsewhere + ["--undo", "--yes"])
            #expect(undone.status == 0, "\(undone.text)")
            #expect(try inventory(story) == one)
            let other = await office.run(Office.usual.map { $0 == "acme" ? "beta" : $0 } + ["--plan"])
            #expect(other.status == 64, "\(other.text)")
            #expect(other.text.contains("is of `acme`: give `beta` another folder"), "\(other.text)")
        }
    }

    /// A forge that does not answer says nothing against a token.
    @Test func aTokenIsNotReplacedForAFault() async throws {
        try await Story.tell { story in
            let office = Office(story)
            _ = await office.run(Office.usual + ["--yes"])
            let files = office.files.withLock { $0 }
            let simulator = try #require(story.simulator)
            simulator.faults.add(Fault(method: "GET", path: "/user", times: 20, kind: .status(500)))
            let failed = await office.run(Office.usual + ["--yes"])
            #expect(failed.status == 69, "\(failed.text)")
            simulator.faults.clear()
            #expect(office.files.withLock { $0 } == files)
        }
    }

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

    /// Where the right to see the Actions secrets is missing the rest is made, and that is told.
    @Test func secretsThatCannotBeSeen() async throws {
        try await Story.tell { story in
            let office = Office(story)
            let path = "/orgs/\(story.forge.name("acme"))/actions/secrets"
            story.simulator?.faults.add(Fault(method: "GET", path: path, kind: .status(403)))
            let done = await office.run(Office.usual + ["--yes"])
            #expect(done.text.contains("done: make the token `countersign` of `countersign`"), "\(done.text)")
            #expect(done.text.contains("done: make the webhook of `acme`"), "\(done.text)")
            #expect(done.text.contains("left: the Actions secrets: what is there cannot be seen"), "\(done.text)")
            #expect(!done.text.contains("NOT DONE"), "\(done.text)")
            #expect(await refire(office).status == 0)
        }
    }

    /// What a rule asks for besides stays as it is, and comes back as it was.
    @Test func aRuleThatIsThereKeepsTheRest() async throws {
        try await Story.tell { story in
            let office = Office(story)
            _ = try await story.pull()
            try await story.forge.must(
                .POST, "/repos/\(story.repository)/branch_protections", as: story.keeper,
                [
                    "rule_name": "m*", "enable_status_check": true, "status_check_contexts": ["ci / *"],
                    "required_approvals": 2, "block_on_rejected_reviews": true, "protected_file_patterns": "*.lock",
                ])
            let before = try inventory(story)
            _ = await office.run(Office.usual + ["--yes"])
            _ = await refire(office)
            let done = await office.run(Office.usual + ["--yes"])
            #expect(done.text.contains("require `ci / *`, `countersign: main`"), "\(done.text)")
            let rule = try #require(try inventory(story).first { $0.hasPrefix("protection") })
            #expect(rule.contains("requiredApprovals: 2") && rule.contains("blockOnRejectedReviews: true"), "\(rule)")
            #expect(rule.contains(#"protectedFiles: "*.lock""#), "\(rule)")
            _ = await office.run(Office.usual + ["--undo", "--yes"])
            #expect(try inventory(story).filter { !$0.hasPrefix("status ") } == before)
        }
    }

    /// Cut short at each of its writes, before or after the forge carried it out: run again it completes.
    @Test(arguments: [true, false]) func cutShort(takesEffect: Bool) async throws {
        try await Story.tell { story in
            let whole = try await self.whole(story)
            for place in 0..<12 {
                let office = Office(story)
                let before = try inventory(story)
                let left = Mutex(place)
                let simulator = try #require(story.simulator)
                simulator.beforeResponse = { record, _ in
                    guard record.method != "GET", record.login == "root1" else { return }
                    let isNext = left.withLock { left in
                        left -= 1
                        return left == -1
                    }
                    guard isNext else { return }
                    simulator.faults.add(
                        Fault(
                            method: record.method, path: record.path, times: 1, kind: .status(500),
                            takesEffect: takesEffect))
                }
                let cut = await office.run(Office.usual + ["--yes"])
                simulator.beforeResponse = nil
                let isCut = left.withLock { $0 < 0 }
                if isCut { #expect(cut.status == 69 || cut.text.contains("done: "), "\(place): \(cut.text)") }
                let again = await office.run(Office.usual + ["--yes"])
                #expect(try inventory(story) == whole, "\(place): \(cut.text)\n\(again.text)")
                let undone = await office.run(Office.usual + ["--undo", "--yes"])
                #expect(undone.status == 0, "\(undone.text)")
                #expect(try inventory(story) == before, "\(place)")
                if !isCut { break }
                #expect(place < 11, "there are more writes than were cut")
            }
        }
    }

    private func whole(_ story: Story) async throws -> [String] {
        let office = Office(story)
        _ = await office.run(Office.usual + ["--yes"])
        let whole = try inventory(story)
        _ = await office.run(Office.usual + ["--undo", "--yes"])
        return whole
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

    /// A service runs all the while: it has the new secrets before the old ones end, and refuses no delivery.
    @Test func rotationBesideAService() async throws {
        try await Story.tell { story in
            let office = Office(story)
            _ = await office.run(Office.usual + ["--yes"])
            let files: [String: String?] = [
                "COUNTERSIGN_FORGE_TOKEN": nil, "COUNTERSIGN_FORGE_DIRECTORY_TOKEN": nil,
                "COUNTERSIGN_HOOK_SECRET": nil, "COUNTERSIGN_FORGE_TOKEN_FILE": "/secrets/forge-token",
                "COUNTERSIGN_FORGE_DIRECTORY_TOKEN_FILE": "/secrets/forge-directory-token",
                "COUNTERSIGN_HOOK_SECRET_FILE": "/secrets/hook-secret",
            ]
            try await RunningService.run(story, files, readFile: { try office.read($0) }) { running in
                office.socket.withLock { $0 = running.socket }
                let usual = Office.usual.map { $0.hasPrefix("https://gate") ? running.hookURL : $0 }
                _ = await office.run(usual + ["--yes"])
                let number = try await story.pull()
                try await running.step()
                #expect(try await shown(number, story) == "pending")

                let simulator = try #require(story.simulator)
                let changes = Mutex(0)
                simulator.beforeResponse = { record, _ in
                    guard record.method == "POST", record.path.hasSuffix("/hooks") else { return }
                    changes.withLock { $0 += 1 }
                    // The forge still signs with the old secret.
                    try? await story.approve(number, as: story.bob)
                    await simulator.deliverPending()
                }
                let rotated = await office.run(usual + ["--yes", "--rotate"])
                simulator.beforeResponse = nil
                #expect(changes.withLock { $0 } == 1, "\(rotated.text)")
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

    /// A policy that nobody has merged is withdrawn with the rest; one that was merged stays.
    @Test(arguments: [false, true]) func anOffer(_ isMerged: Bool) async throws {
        try await Story.tell { story in
            try story.simulator?.world.push(
                to: "main", of: story.repository, as: story.keeper.login, files: [".countersign.yml": nil])
            let office = Office(story)
            let done = await office.run(Office.usual + ["--yes", "--starter-policy"])
            #expect(done.text.contains("done: offer `acme/widget` a policy"), "\(done.text)")
            let pulls = "/repos/\(story.repository)/pulls"
            let offered = try await story.forge.must(.GET, "\(pulls)?state=open", as: story.keeper).array?.first
            let number = try #require(offered?["number"]?.int)
            if isMerged {
                try await story.forge.must(.POST, "\(pulls)/\(number)/merge", as: story.keeper, ["Do": "merge"])
            }
            let undone = await office.run(Office.usual + ["--undo", "--yes"])
            #expect(undone.status == 0, "\(undone.text)")
            #expect(undone.text.contains(isMerged ? "that stays as it is" : "is withdrawn"), "\(undone.text)")
            let after = try await story.forge.must(.GET, "\(pulls)/\(number)", as: story.keeper)
            #expect(after["state"]?.string == "closed")
            let branch = "/repos/\(story.repository)/branches/countersign/starter-policy"
            #expect(try await story.forge.call(.GET, branch, as: story.keeper).status == 404)
            let policy = "/repos/\(story.repository)/contents/.countersign.yml"
            #expect(try await story.forge.call(.GET, policy, as: story.keeper).status == (isMerged ? 200 : 404))
        }
    }

    private func shown(_ number: Int, _ story: Story) async throws -> String? {
        let head = try await story.forge.head(of: number, story.repository)
        return try await story.forge.statuses(on: head, of: story.repository)["countersign: main"]?.0
    }

    /// Branches that are named are protected, each with its own summary, and one that is not there is told.
    @Test func namedBranches() async throws {
        try await Story.tell { story in
            for branch in ["stable", "release"] {
                try await story.forge.branch(branch, from: "main", of: story.repository, as: story.keeper)
            }
            let office = Office(story)
            let before = try inventory(story)
            _ = await office.run(Office.usual + ["--yes"])
            _ = try await story.pull(to: "stable")
            #expect(await refire(office).status == 0)
            let named = Office.usual + ["--branch", "stable", "--branch", "gone"]
            let done = await office.run(named + ["--yes"])
            #expect(
                done.text.contains("done: protect `stable` of `acme/widget`: require `countersign: stable`"),
                "\(done.text)")
            #expect(done.text.contains("left: `acme/widget`: there is no branch `gone`"), "\(done.text)")
            #expect(!done.text.contains("protect `main`"), "\(done.text)")
            _ = before
        }
    }

    /// Where repositories are named their webhooks and secrets are made, and nothing of the organisation's.
    @Test func namedRepositories() async throws {
        try await Story.tell { story in
            try await story.forge.repository("other", of: "acme", as: story.keeper)
            let office = Office(story)
            let before = try inventory(story)
            let named = Office.usual.flatMap { $0 == "acme" ? ["acme/widget", "acme/other"] : [$0] }
            let done = await office.run(named + ["--yes"])
            for name in ["acme/widget", "acme/other"] {
                #expect(done.text.contains("done: make the webhook of `\(name)`"), "\(done.text)")
                #expect(done.text.contains("done: set the Actions secret `GATE_TOKEN` of `\(name)`"), "\(done.text)")
            }
            let hooks = try inventory(story).filter { $0.hasPrefix("hook ") && !before.contains($0) }
            #expect(hooks.count == 2)
            let again = await office.run(named + ["--yes"])
            #expect(again.text.contains("nothing was changed"), "\(again.text)")
            let rotated = await office.run(named + ["--yes", "--rotate"])
            #expect(
                rotated.text.contains("done: give the webhook of `acme/widget`, `acme/other` to"), "\(rotated.text)")
            let undone = await office.run(named + ["--undo", "--yes"])
            #expect(undone.status == 0, "\(undone.text)")
            #expect(try inventory(story) == before)
            office.expectNoSecret()
        }
    }

    /// Two-factor authentication: without a code it says what is missing, with one everything is made.
    @Test func twoFactors() async throws {
        try await Story.tell { story in
            story.simulator?.world.update { state in
                if let id = state.person(named: "root1")?.id { state.accounts[id]?.passcode = "123456" }
            }
            let office = Office(story)
            let before = try inventory(story)
            let refused = await office.run(Office.usual + ["--yes"])
            #expect(refused.status != 0 && refused.text.contains("--administrator-code"), "\(refused.text)")
            #expect(try inventory(story) == before)
            let done = await office.run(Office.usual + ["--yes", "--administrator-code", "123456"])
            #expect(done.text.contains("done: make the token `countersign` of `countersign`"), "\(done.text)")
            #expect(await refire(office).status == 0)
            let undone = await office.run(Office.usual + ["--undo", "--yes", "--administrator-code", "123456"])
            #expect(undone.status == 0, "\(undone.text)")
            #expect(try inventory(story) == before)
            office.expectNoSecret()
        }
    }

    /// A token of the administrator makes no tokens: everything else is done, and how to make them is told.
    @Test func withAnAdministratorsToken() async throws {
        try await Story.tell { story in
            let office = Office(story)
            let token = try await story.forge.token(story.keeper, named: "lent", scopes: StoryForge.ownerScopes)
            office.files.withLock { $0["/token"] = token }
            let arguments = [
                "provision", "acme", "--administrator-token-file", "/token", "--account", "gate", "--directory-owner",
                "keeper", "--folder", "/secrets",
            ]
            let done = await office.run(arguments + ["--yes"])
            #expect(done.status == 1, "\(done.text)")
            #expect(done.text.contains("NOT DONE: make the token `countersign` of `gate`"), "\(done.text)")
            #expect(done.text.contains("$ curl -fsS -u gate -X POST"), "\(done.text)")
            #expect(done.text.contains("put the `sha1` of the answer into `/secrets/forge-token`"), "\(done.text)")
            office.expectNoSecret()
        }
    }

    /// An owner of the organisation who is no site administrator: the rest is done, and what is not is told.
    @Test func withoutTheRightToMakeAccounts() async throws {
        try await Story.tell { story in
            let office = Office(story)
            office.files.withLock { $0["/password"] = story.keeperPassword }
            var arguments = Office.usual
            arguments[3] = "keeper"
            let done = await office.run(arguments + ["--yes"])
            #expect(done.status == 1, "\(done.text)")
            #expect(done.text.contains("NOT DONE: make the account `countersign`"), "\(done.text)")
            #expect(done.text.contains("$ curl -fsS -u ADMIN -X POST"), "\(done.text)")
            // What could not be done for want of that account is told as calls, too.
            #expect(done.text.contains("/teams/TEAM/members/countersign"), "\(done.text)")
            #expect(done.text.contains("$ curl -fsS -u countersign -X POST"), "\(done.text)")
            #expect(done.text.contains("done: make the token `countersign-directory` of `keeper`"), "\(done.text)")
        }
    }
}

extension Story {
    /// The password of the organisation's owner.
    fileprivate var keeperPassword: String { "Story-\(keeper.login)-1" }
}
