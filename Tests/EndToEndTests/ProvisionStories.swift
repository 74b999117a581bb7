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

    /// Nobody gets an account or a token because of a typing error.
    @Test func anOrganizationThatIsNotThere() async throws {
        try await Story.tell { story in
            let office = Office(story)
            let before = try inventory(story)
            let misspelt = Office.usual.map { $0 == "acme" ? "acmee" : $0 }
            let ended = await office.run(misspelt + ["--yes"])
            #expect(ended.status == 64, "\(ended.text)")
            #expect(ended.text.contains("there is no organisation `acmee`"), "\(ended.text)")
            #expect(try inventory(story) == before)
        }
    }

    /// On servers that tell of statuses the webhook asks for them: a forged green is gone at once, not at the next sweep.
    @Test func theWebhookTellsOfForgedStatuses() async throws {
        try await Story.tell(version: ServerVersion("1.24.0")) { story in
            let office = Office(story)
            _ = await office.run(Office.usual + ["--yes"])
            try await RunningService.run(story, Office.variables, readFile: { try office.read($0) }) { running in
                _ = await office.run(Office.usual(for: running) + ["--yes"])
                let number = try await story.pull()
                try await running.step()
                #expect(try await shown(number, story) == "pending")
                try await story.post("success", "countersign: main", on: number, as: story.dave)
                #expect(try await shown(number, story) == "success")
                try await running.step()
                #expect(try await shown(number, story) == "pending")
            }
        }
    }

    /// Where the forge has the switch a rule that is made holds administrators to it; one that was there stays as it is.
    @Test(arguments: [false, true]) func administratorsAreBound(isThere: Bool) async throws {
        try await Story.tell(version: ServerVersion("1.24.0")) { story in
            let office = Office(story)
            _ = try await story.pull()
            if isThere { try await story.forge.protect("main", of: story.repository, contexts: [], as: story.keeper) }
            let before = try inventory(story)
            let done = await provision(office)
            #expect(
                done.text.contains(
                    isThere
                        ? "; administrators may still merge past it, as the rule says: see `protection.administrators`"
                        : "; administrators are held to it, too"), "\(done.text)")
            #expect(done.text.contains("WARNS protection.administrators") == isThere, "\(done.text)")
            let again = await office.run(Office.usual + ["--yes"])
            #expect(again.text.hasPrefix("nothing was changed\n"), "\(again.text)")
            // A warning leaves nothing to be done here, and a script can tell that from something that waits.
            #expect(again.status == 0, "\(again.text)")
            let undone = await office.run(Office.usual + ["--undo", "--yes"])
            #expect(undone.status == 0, "\(undone.text)")
            #expect(try inventory(story).filter { !$0.hasPrefix("status ") } == before)
        }
    }

    /// To the forge the name of a rule, and what it requires, are globs: a branch with braces is protected all the same.
    @Test func aBranchWithBraces() async throws {
        try await Story.tell { story in
            let branch = "rel{1,2}"
            try await story.forge.branch(branch, from: "main", of: story.repository, as: story.keeper)
            let office = Office(story)
            _ = await office.run(Office.usual + ["--yes"])
            let number = try await story.pull(to: branch)
            #expect(await refire(office).status == 0)
            let named = Office.usual + ["--branch", branch]
            let done = await office.run(named + ["--yes"])
            #expect(
                done.text.contains(
                    #"done: protect `rel\{1,2\}` of `acme/widget`: require `countersign: rel\{1,2\}`"#), "\(done.text)")
            #expect(!done.text.contains("acme/widget: rel{1,2}\n"), "\(done.text)")
            #expect(try await story.forge.merge(number, of: story.repository, as: story.keeper).status == 405)
            let again = await office.run(named + ["--yes"])
            #expect(again.text.hasPrefix("nothing was changed\n"), "\(again.text)")
            for person in [story.bob, story.carol] { try await story.approve(number, as: person) }
            #expect(await refire(office).status == 0)
            #expect(try await story.forge.merge(number, of: story.repository, as: story.keeper).status == 200)
            let undone = await office.run(named + ["--undo", "--yes"])
            #expect(undone.status == 0, "\(undone.text)")
            #expect(try !inventory(story).contains { $0.hasPrefix("protection") })
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

            // What is printed is enough.
            let printed = try #require(first.text.firstMatch(of: /run `countersign (refire [^`]+)`/)?.output.1)
            let pasted = try #require(try await PastedCall.all(of: "$ countersign \(printed)").first)
            let fired = await office.run(Array(pasted.arguments))
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
            // The team that lets the account write has these two, and no others.
            let team = try inventory(story).first { $0.hasPrefix("team acme/countersign ") }
            #expect(
                team?.contains("all=false") == true && team?.hasSuffix("repositories=[1, 2]") == true, "\(team ?? "")")
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
}
