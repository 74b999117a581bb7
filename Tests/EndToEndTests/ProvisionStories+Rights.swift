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

    /// A team of that name was there before, as the forge takes names, and may only read: no second one is planned, and
    /// what is missing is told.
    @Test func teamThatMayOnlyRead() async throws {
        try await Story.tell { story in
            try await story.forge.must(
                .POST, "/orgs/acme/teams", as: story.keeper,
                [
                    "name": "Countersign", "permission": "read", "includes_all_repositories": true,
                    "units": .strings(["repo.code", "repo.pulls", "repo.issues"]),
                    "units_map": ["repo.code": "read", "repo.pulls": "read", "repo.issues": "read"],
                ])
            let office = Office(story)
            let planned = await office.run(Office.usual + ["--plan"])
            #expect(!planned.text.contains("would make the team"), "\(planned.text)")
            #expect(planned.text.contains("the team `Countersign` was there before, and may not write code"))
            let done = await office.run(Office.usual + ["--yes"])
            #expect(!done.text.contains("NOT DONE"), "\(done.text)")
            #expect(done.text.contains("put `countersign` into the team"), "\(done.text)")
        }
    }

    @Test(arguments: ["bad name", "1st", "GITHUB_TOKEN", "gitea_x", ""])
    func secretsThatTheForgeRefuses(name: String) async throws {
        try await Story.tell { story in
            let office = Office(story)
            let refused = await office.run(Office.usual.dropLast() + [name, "--plan"])
            #expect(refused.status == 64 && refused.text.contains("`--actions-secret`: expected"), "\(refused.text)")
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
            #expect(done.text.contains("put the `sha1` of the answer into `/secrets/forge-token`, "), "\(done.text)")
            #expect(done.text.contains("let its owner alone read it (mode 600)"), "\(done.text)")
            office.expectNoSecret()
        }
    }

    /// With a token alone tokens are not taken back: what is left is told as calls, and whose token reads teams is not
    /// asked for.
    @Test func undoneWithAToken() async throws {
        try await Story.tell { story in
            let office = Office(story)
            _ = await office.run(Office.usual + ["--yes"])
            let token = try await story.forge.token(story.keeper, named: "lent", scopes: StoryForge.ownerScopes)
            office.files.withLock { $0["/token"] = token }
            let undone = await office.run([
                "provision", "acme", "--administrator-token-file", "/token", "--folder", "/secrets", "--undo", "--yes",
            ])
            #expect(undone.status == 1, "\(undone.text)")
            #expect(
                undone.text.contains("NOT TAKEN BACK: the token `countersign-directory` of `keeper`: "),
                "\(undone.text)")
            #expect(undone.text.contains("    $ curl -fsS -u keeper -X DELETE "), "\(undone.text)")
            #expect(undone.text.contains("/api/v1/admin/users/countersign?purge=true'"), "\(undone.text)")
        }
    }

    /// A token of somebody who is not shown the teams reads none: nothing is made in his name.
    @Test(arguments: ["dave", "nobodyhere"]) func directoryOwnerWhoOwnsNothing(login: String) async throws {
        try await Story.tell { story in
            let office = Office(story)
            let before = try inventory(story)
            let arguments = Office.usual.map { $0 == "keeper" ? login : $0 }
            for way in ["--plan", "--yes"] {
                let refused = await office.run(arguments + [way])
                #expect(refused.status == 64, "\(refused.text)")
                #expect(refused.text.contains("`\(login)` is no owner of `acme`, "), "\(refused.text)")
                #expect(refused.text.contains("name an owner with `--directory-owner`: `keeper`"), "\(refused.text)")
            }
            #expect(try inventory(story) == before)
            #expect(office.files.withLock { $0.keys.filter { $0.hasPrefix("/secrets") } }.isEmpty)
        }
    }

    /// Who is named is looked at, also where there is a token already.
    @Test func directoryOwnerWhoOwnsNothingAnyMore() async throws {
        try await Story.tell { story in
            let office = Office(story)
            let done = await office.run(Office.usual + ["--yes"])
            #expect(done.status <= 1, "\(done.text)")
            let refused = await office.run(Office.usual.map { $0 == "keeper" ? "dave" : $0 } + ["--plan"])
            #expect(refused.status == 64, "\(refused.text)")
            #expect(refused.text.contains("`dave` is no owner of `acme`, "), "\(refused.text)")
        }
    }

    /// A stranger lends the credential: it is that one who is not shown things, and not the owner of a token that is yet to
    /// be made.
    @Test func aStrangersCredential() async throws {
        try await Story.tell { story in
            let office = Office(story)
            office.files.withLock { $0["/password"] = "Story-dave-1" }
            let arguments = Office.usual.map { $0 == "root1" ? "dave" : $0 }
            let planned = await office.run(arguments + ["--plan"])
            #expect(planned.status == 1, "\(planned.text)")
            #expect(planned.text.contains("`dave`"), "\(planned.text)")
            #expect(!planned.text.contains("the owner of `forge."), "\(planned.text)")
        }
    }

    /// What no forge could call, and nobody could be called.
    @Test(arguments: [
        ["--hook-url", "notaurl"], ["--hook-url", "ftp://gate.example.org/hooks/gitea"],
        ["--hook-url", "https:///hooks"],
        ["--hook-url", "https://a b/hooks"], ["--account", "acme"], ["--account", "a b/c"], ["--account", "-x"],
        ["--account", ""],
    ])
    func wrongArguments(arguments: [String]) async throws {
        try await Story.tell { story in
            let office = Office(story)
            var usual = Office.usual
            if let place = usual.firstIndex(of: arguments[0]) { usual.removeSubrange(place...(place + 1)) }
            let refused = await office.run(usual + arguments + ["--plan"])
            #expect(refused.status == 64, "\(refused.text)")
            #expect(refused.text.contains(arguments[0]), "\(refused.text)")
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
            // Arguments of programs are seen by everybody on the machine.
            #expect(done.text.contains("-d @-\n"), "\(done.text)")
            #expect(done.text.contains("/orgs/acme/teams?limit=50'"), "\(done.text)")
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
