import GatePolicy
import Synchronization
import Testing

@testable import CountersignCLI
@testable import GiteaSimulator

/// What is mistyped, or stands in a file and cannot be used: nothing is made, and the words say where.
extension ProvisionStories {
    /// Nothing in a file is as no file: there is nothing to lose.
    @Test(arguments: ["", "\n"]) func aTokenFileWithNothingInIt(content: String) async throws {
        try await Story.tell { story in
            let office = Office(story)
            office.files.withLock {
                $0["/secrets/forge-token"] = content
                $0["/secrets/hook-secret"] = content
            }
            let planned = await office.run(Office.usual + ["--plan"])
            #expect(planned.status == 1, "\(planned.text)")
            #expect(planned.text.contains("store it in `/secrets/forge-token`"), "\(planned.text)")
            let done = await office.run(Office.usual + ["--yes"])
            #expect(done.text.contains("done: make the webhook of `acme`"), "\(done.text)")
            for file in ["forge-token", "hook-secret"] {
                let text = try #require(office.files.withLock { $0["/secrets/\(file)"] })
                #expect(text.count > 16 && !text.hasPrefix("\n"), "\(file)")
            }
            let again = await office.run(Office.usual + ["--yes"])
            #expect(again.text.hasPrefix("nothing was changed\n"), "\(again.text)")
        }
    }

    /// What the service would refuse is not put to use, and not overwritten either: it may be somebody's.
    @Test(arguments: [
        ("forge-token", "not a token at all\n", "the token contains a blank"),
        ("forge-directory-token", "\u{e9}", "a character outside ASCII"),
        ("hook-secret", "short\n", "a secret is shorter than 16 bytes"),
        ("hook-secret", "right-secret-of-the-story\n\t\n", "a secret is empty"),
    ])
    func aFileThatHoldsNoSecret(file: String, content: String, problem: String) async throws {
        try await Story.tell { story in
            let office = Office(story)
            let before = try inventory(story)
            office.files.withLock { $0["/secrets/\(file)"] = content }
            for way in ["--plan", "--yes"] {
                let refused = await office.run(Office.usual + [way])
                #expect(refused.status == 64, "\(refused.text)")
                #expect(refused.text.contains("`/secrets/\(file)`: "), "\(refused.text)")
                #expect(refused.text.contains(problem), "\(refused.text)")
                #expect(!refused.text.contains(content), "\(refused.text)")
            }
            #expect(try inventory(story) == before)
            #expect(office.files.withLock { $0["/secrets/\(file)"] } == content)
        }
    }

    /// Nobody gets an account, a team or a token because one of several names is misspelt.
    @Test func aRepositoryThatIsNotThere() async throws {
        try await Story.tell { story in
            let office = Office(story)
            let before = try inventory(story)
            let misspelt = Office.usual.flatMap { $0 == "acme" ? ["acme/widget", "acme/wigdet"] : [$0] }
            for way in ["--plan", "--yes"] {
                let ended = await office.run(misspelt + [way])
                #expect(ended.status == 64, "\(ended.text)")
                #expect(
                    ended.text.contains(
                        "there is no repository `acme/wigdet`, or the administrator's credential is not shown it: "
                            + "nothing was made"), "\(ended.text)")
            }
            #expect(try inventory(story) == before)
            #expect(office.files.withLock { Array($0.keys) } == ["/password"])
        }
    }

    /// The webhooks of one repository are not shown: those of the other are made.
    @Test func aWebhookThatIsNotShown() async throws {
        try await Story.tell { story in
            try await story.forge.repository("other", of: "acme", as: story.keeper)
            let office = Office(story)
            story.simulator?.faults.add(Fault(method: "GET", path: "/repos/acme/other/hooks", kind: .status(403)))
            let named = Office.usual.flatMap { $0 == "acme" ? ["acme/other", "acme/widget"] : [$0] }
            let done = await office.run(named + ["--yes"])
            #expect(done.text.contains("done: make the webhook of `acme/widget`"), "\(done.text)")
            #expect(
                done.text.contains("left: the webhook of `acme/other`: what is there cannot be seen"), "\(done.text)")
        }
    }

    /// To the forge names are the same in whatever case: what was made by one is known by the other.
    @Test(arguments: [["acme"], ["acme/widget"]]) func namesInAnotherCase(target: [String]) async throws {
        try await Story.tell { story in
            let office = Office(story)
            let before = try inventory(story)
            let plain = Office.usual.flatMap { $0 == "acme" ? target : [$0] }
            let shouted = plain.map { ["keeper", "root1"].contains($0) || target.contains($0) ? $0.uppercased() : $0 }
            _ = await office.run(shouted + ["--account", "Countersign", "--yes"])
            _ = await office.run(plain + ["--account", "Countersign", "--yes"])
            let after = try inventory(story)
            let ledger = office.files.withLock { $0["/secrets/provision.json"] }
            let again = await office.run(plain + ["--account", "countersign", "--yes"])
            #expect(again.text.hasPrefix("nothing was changed\n"), "\(again.text)")
            let third = await office.run(shouted + ["--account", "COUNTERSIGN", "--yes"])
            #expect(third.text.hasPrefix("nothing was changed\n"), "\(third.text)")
            #expect(try inventory(story) == after)
            #expect(office.files.withLock { $0["/secrets/provision.json"] } == ledger)
            let undone = await office.run(plain + ["--undo", "--yes"])
            #expect(undone.status == 0, "\(undone.text)")
            #expect(!undone.text.contains("was there before"), "\(undone.text)")
            #expect(try inventory(story) == before)
        }
    }

    /// What was taken back is not told a second time when the rest is.
    @Test func undoneInTwoRuns() async throws {
        try await Story.tell { story in
            let office = Office(story)
            let before = try inventory(story)
            _ = await office.run(Office.usual + ["--yes"])
            story.simulator?.faults.add(Fault(method: "DELETE", path: "/orgs/acme/hooks/*", kind: .status(403)))
            let first = await office.run(Office.usual + ["--undo", "--yes"])
            #expect(first.status == 1, "\(first.text)")
            #expect(first.text.contains("NOT TAKEN BACK: the webhook of `acme`"), "\(first.text)")
            #expect(first.text.contains("the account `countersign` is gone\n"), "\(first.text)")
            story.simulator?.faults.clear()
            let second = await office.run(Office.usual + ["--undo", "--yes"])
            #expect(second.status == 0, "\(second.text)")
            #expect(second.text == "the webhook of `acme` to https://gate.example.org/hooks/forge is gone\n")
            #expect(try inventory(story) == before)
            #expect(office.files.withLock { Array($0.keys) } == ["/password"])
        }
    }

    /// A folder that has a token already does not hide that its owner is misspelt.
    @Test func aDirectoryOwnerWhoIsNobody() async throws {
        try await Story.tell { story in
            let office = Office(story)
            _ = await office.run(Office.usual + ["--yes"])
            let misspelt = Office.usual.map { $0 == "keeper" ? "kepeer" : $0 }
            let refused = await office.run(misspelt + ["--yes"])
            #expect(refused.status == 64, "\(refused.text)")
            #expect(refused.text.contains("`kepeer` is no owner of `acme`"), "\(refused.text)")
        }
    }
}
