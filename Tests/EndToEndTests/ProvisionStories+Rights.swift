import Foundation
import GatePolicy
import GateWeb
import NIOHTTP1
import Synchronization
import Testing

@testable import CountersignCLI
@testable import GiteaSimulator

extension ProvisionStories {
    /// Two-factor authentication: without a code it says what is missing, with one everything is made.
    @Test func twoFactors() async throws {
        try await Story.tell { story in
            story.simulator?.world.update { state in
                if let id = state.person(named: "root1")?.id { state.accounts[id]?.passcode = "123456" }
            }
            let office = Office(story)
            let before = try inventory(story)
            let refused = await office.run(Office.usual + ["--yes"])
            #expect(refused.status != 0 && refused.text.contains("--administrator-code-file"), "\(refused.text)")
            #expect(try inventory(story) == before)
            office.files.withLock { $0["/code"] = "123456\n" }
            let file = ["--administrator-code-file", "/code"]
            let done = await office.run(Office.usual + ["--yes"] + file)
            #expect(done.text.contains("done: make the token `countersign` of `countersign`"), "\(done.text)")
            #expect(await refire(office).status == 0)
            let undone = await office.run(Office.usual + ["--undo", "--yes"] + file)
            #expect(undone.status == 0, "\(undone.text)")
            #expect(try inventory(story) == before)
            office.expectNoSecret()
        }
    }

    /// The code comes by the list of processes, or by ways that nobody else sees.
    @Test(arguments: ["option", "file", "variable", "question"]) func theCodeIsGiven(by way: String) async throws {
        try await Story.tell { story in
            story.simulator?.world.update { state in
                if let id = state.person(named: "root1")?.id { state.accounts[id]?.passcode = "123456" }
            }
            let office = Office(story)
            var arguments = Office.usual
            switch way {
            case "option": arguments += ["--administrator-code", "123456"]
            case "file":
                office.files.withLock { $0["/code"] = "123 456\n" }
                arguments += ["--administrator-code-file", "/code"]
            case "variable": office.environment.withLock { $0["COUNTERSIGN_ADMINISTRATOR_CODE"] = "123456" }
            default:
                arguments.removeSubrange(4...5)
                office.answers.withLock { $0 = ["secret123", "123456"] }
            }
            let planned = await office.run(arguments + ["--plan"])
            #expect(planned.text.contains("would make the account `countersign`"), "\(planned.text)")
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
