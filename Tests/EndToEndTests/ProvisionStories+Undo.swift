import Foundation
import GateForge
import GatePolicy
import GateWeb
import NIOHTTP1
import Synchronization
import Testing

@testable import CountersignCLI
@testable import GiteaSimulator

extension ProvisionStories {
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

    /// A gate that moved: the webhooks to both addresses were made here, and both go.
    @Test func webhooksToTwoAddresses() async throws {
        try await Story.tell { story in
            let office = Office(story)
            let before = try inventory(story)
            _ = await office.run(Office.usual + ["--yes"])
            let moved = Office.usual.map { $0.replacing("gate.example.org", with: "gate.example.net") }
            let again = await office.run(moved + ["--yes"])
            #expect(
                again.text.contains("done: make the webhook of `acme` to https://gate.example.net"), "\(again.text)")
            let planned = await office.run(moved + ["--undo"])
            for host in ["org", "net"] {
                #expect(planned.text.contains("webhook of `acme` to https://gate.example.\(host)/"), "\(planned.text)")
            }
            let undone = await office.run(moved + ["--undo", "--yes"])
            #expect(undone.status == 0, "\(undone.text)")
            #expect(try inventory(story) == before)
        }
    }

    /// What was refused here and made by somebody else is not ours to take away.
    @Test func whatWasRefusedIsNotOurs() async throws {
        try await Story.tell { story in
            let office = Office(story)
            let simulator = try #require(story.simulator)
            for (method, path) in [("POST", "/orgs/acme/hooks"), ("PUT", "/orgs/acme/actions/secrets/*")] {
                simulator.faults.add(Fault(method: method, path: path, kind: .status(403)))
            }
            let refused = await office.run(Office.usual + ["--yes"])
            #expect(refused.text.contains("NOT DONE: make the webhook of `acme`"), "\(refused.text)")
            #expect(refused.text.contains("NOT DONE: set the Actions secret `GATE_TOKEN`"), "\(refused.text)")
            simulator.faults.clear()
            let before = Set(try inventory(story))
            try await story.forge.must(
                .POST, "/orgs/acme/hooks", as: story.keeper,
                [
                    "type": "gitea", "active": true, "events": ["push"],
                    "config": ["url": "https://gate.example.org/hooks/forge", "content_type": "json", "secret": "s"],
                ])
            try await story.forge.must(
                .PUT, "/orgs/acme/actions/secrets/GATE_TOKEN", as: story.keeper, ["data": "by hand"])
            let byHand = Set(try inventory(story)).subtracting(before)
            #expect(byHand.count == 2, "\(byHand)")
            let undone = await office.run(Office.usual + ["--undo", "--yes"])
            #expect(undone.status == 0, "\(undone.text)")
            #expect(byHand.isSubset(of: try inventory(story)), "\(undone.text)")
        }
    }

    /// A rule for several branches stays as it is: ours gets one of its own that asks for all that, and the summary.
    @Test(arguments: ["1.22.0", "1.23.0"]) func aRuleForSeveralBranches(_ version: String) async throws {
        try await Story.tell(version: ServerVersion(version)) { story in
            try await story.forge.branch("dev", from: "main", of: story.repository, as: story.keeper)
            try await story.forge.must(
                .POST, "/repos/\(story.repository)/branch_protections", as: story.keeper,
                [
                    "rule_name": "*", "enable_status_check": true, "status_check_contexts": ["ci / *"],
                    "enable_push": true, "block_on_rejected_reviews": true, "protected_file_patterns": "*.lock",
                ])
            let office = Office(story)
            let main = try await story.pull()
            let dev = try await story.pull("Into dev", file: "dev", branch: "feature/dev", to: "dev")
            for number in [main, dev] { try await story.post("success", "ci / build", on: number, as: story.dave) }
            let before = try inventory(story)
            let done = await provision(office)
            #expect(
                done.text.contains(
                    "done: protect `main` of `acme/widget` by a rule of its own like `*`: require `ci / *`, "
                        + "`countersign: main`; people may still push past pull requests, as the rule says"),
                "\(done.text)")
            let rule = try #require(try inventory(story).first { $0.contains("rule: \"main\"") })
            #expect(rule.contains("blockOnRejectedReviews: true"), "\(rule)")
            #expect(rule.contains(#"protectedFiles: "*.lock""#), "\(rule)")
            #expect(try await story.forge.merge(main, of: story.repository, as: story.keeper).status == 405)
            let again = await office.run(Office.usual + ["--yes"])
            #expect(again.text.hasPrefix("nothing was changed\n"), "\(again.text)")
            _ = await office.run(Office.usual + ["--undo", "--yes"])
            #expect(try inventory(story).filter { !$0.contains("countersign") } == before)
            _ = await office.run(Office.usual + ["--yes"])
            #expect(try await story.forge.merge(dev, of: story.repository, as: story.keeper).status == 200)
        }
    }

    /// A policy that nobody has merged is withdrawn with the rest; one that was merged stays, and so does, closed, a pull
    /// request to which others have added something.
    @Test(arguments: ["left alone", "merged", "talked about", "refused"]) func anOffer(_ fate: String) async throws {
        try await Story.tell { story in
            try story.simulator?.world.push(
                to: "main", of: story.repository, as: story.keeper.login, files: [".countersign.yml": nil])
            let office = Office(story)
            let done = await office.run(Office.usual + ["--yes", "--starter-policy"])
            #expect(done.text.contains("done: offer `acme/widget` a policy"), "\(done.text)")
            let pulls = "/repos/\(story.repository)/pulls"
            let offered = try await story.forge.must(.GET, "\(pulls)?state=open", as: story.keeper).array?.first
            let number = try #require(offered?["number"]?.int)
            var told = "is gone, with its pull request"
            switch fate {
            case "merged":
                try await story.forge.must(.POST, "\(pulls)/\(number)/merge", as: story.keeper, ["Do": "merge"])
                told = "that stays as it is"
            case "talked about":
                try await story.forge.must(
                    .POST, "/repos/\(story.repository)/issues/\(number)/comments", as: story.bob, ["body": "Hm."])
                told = "its pull request #\(number) is closed, and stays: others have added to it"
            case "refused":
                story.simulator?.faults.add(Fault(method: "DELETE", path: "/repos/*/issues/*", kind: .status(403)))
                told = "its pull request #\(number) is closed, and stays: "
            default: break
            }
            let undone = await office.run(Office.usual + ["--undo", "--yes"])
            #expect(undone.status == 0, "\(undone.text)")
            #expect(undone.text.contains(told), "\(undone.text)")
            let after = try await story.forge.call(.GET, "\(pulls)/\(number)", as: story.keeper)
            #expect(after.status == (fate == "left alone" ? 404 : 200))
            if after.status == 200 { #expect(after.json["state"]?.string == "closed") }
            let branch = "/repos/\(story.repository)/branches/countersign/starter-policy"
            #expect(try await story.forge.call(.GET, branch, as: story.keeper).status == 404)
            let policy = "/repos/\(story.repository)/contents/.countersign.yml"
            #expect(try await story.forge.call(.GET, policy, as: story.keeper).status == (fate == "merged" ? 200 : 404))
        }
    }

    /// With an offered policy, too, the forge is as it was before, compared whole; also where the process ended before it
    /// could note the pull request's number.
    @Test func theForgeIsAsItWasBefore() async throws {
        try await Story.tell { story in
            try story.simulator?.world.push(
                to: "main", of: story.repository, as: story.keeper.login, files: [".countersign.yml": nil])
            let office = Office(story)
            let before = try inventory(story)
            for isNoted in [true, true, false] {
                let done = await office.run(Office.usual + ["--yes", "--starter-policy"])
                #expect(done.text.contains("done: offer `acme/widget` a policy"), "\(done.text)")
                if !isNoted {
                    let noted = office.files.withLock { $0["/secrets/provision.json"] } ?? ""
                    let cut = noted.replacing(/"number" ?: ?[0-9]+,\s*/, with: "")
                    #expect(cut != noted, "\(noted)")
                    office.files.withLock { $0["/secrets/provision.json"] = cut }
                }
                let undone = await office.run(Office.usual + ["--undo", "--yes"])
                #expect(undone.status == 0, "\(undone.text)")
                #expect(undone.text.contains("was offered is gone, with its pull request"), "\(undone.text)")
                #expect(try inventory(story) == before)
                #expect(office.files.withLock { Array($0.keys) } == ["/password"])
            }
        }
    }

    /// Files that somebody else put there are not ours to take away.
    @Test func whatWasThereBeforeStays() async throws {
        try await Story.tell { story in
            let office = Office(story)
            let own = [
                "/password": "secret123\n", "/secrets/forge-token": story.gate.token + "\n",
                "/secrets/forge-directory-token": story.directoryToken + "\n",
                "/secrets/hook-secret": String(repeating: "5", count: 64) + "\n",
            ]
            office.files.withLock { $0 = own }
            let before = try inventory(story)
            let usual = Office.usual + ["--account", "gate"]
            for arguments in [["--undo"], ["--undo", "--yes"]] {
                let nothing = await office.run(usual + arguments)
                #expect(nothing.status == 0 && nothing.text.hasPrefix("nothing was made here"), "\(nothing.text)")
                #expect(office.files.withLock { $0 } == own)
            }
            let done = await office.run(usual + ["--yes"])
            #expect(done.text.contains("done: make the webhook of `acme`"), "\(done.text)")
            let undone = await office.run(usual + ["--undo", "--yes"])
            #expect(undone.status == 0, "\(undone.text)")
            #expect(office.files.withLock { $0 } == own)
            #expect(try inventory(story) == before)
        }
    }

    /// What others made of a rule since stays; what they took away is no reason to stop.
    @Test func whatOthersDidSinceStays() async throws {
        try await Story.tell { story in
            let rules = "/repos/\(story.repository)/branch_protections"
            for branch in ["stable", "old"] {
                try await story.forge.branch(branch, from: "main", of: story.repository, as: story.keeper)
            }
            try await story.forge.must(
                .POST, rules, as: story.keeper,
                ["rule_name": "main", "enable_status_check": true, "status_check_contexts": ["ci"]])
            let office = Office(story)
            _ = await office.run(Office.usual + ["--yes"])
            for base in ["main", "stable", "old"] {
                _ = try await story.pull("Into \(base)", file: "src/\(base)", branch: "feature/\(base)", to: base)
            }
            #expect(await refire(office).status == 0)
            let named = Office.usual + ["main", "stable", "old"].flatMap { ["--branch", $0] }
            let done = await office.run(named + ["--yes"])
            #expect(done.text.contains("`old` of `acme/widget`: require `countersign: old`"), "\(done.text)")
            try await story.forge.must(
                .PATCH, "\(rules)/main", as: story.keeper,
                ["status_check_contexts": ["ci", "countersign: main", "lint"]])
            try await story.forge.must(.PATCH, "\(rules)/stable", as: story.keeper, ["required_approvals": 2])
            try await story.forge.must(.DELETE, "\(rules)/old", as: story.keeper)
            let undone = await office.run(Office.usual + ["--undo", "--yes"])
            #expect(undone.status == 0, "\(undone.text)")
            let left = try await story.forge.must(.GET, rules, as: story.keeper).array ?? []
            #expect(left.compactMap { $0["rule_name"]?.string } == ["main", "stable"])
            #expect(left.map { $0["status_check_contexts"]?.strings ?? [] } == [["ci", "lint"], []])
            #expect(left.last?["required_approvals"]?.int == 2 && left.last?["enable_status_check"]?.bool == false)
            #expect(office.files.withLock { Array($0.keys) } == ["/password"])
        }
    }

    @Test func aRepositoryThatIsGone() async throws {
        try await Story.tell { story in
            try await story.forge.repository("other", of: "acme", as: story.keeper)
            let office = Office(story)
            let named = Office.usual.flatMap { $0 == "acme" ? ["acme/widget", "acme/other"] : [$0] }
            _ = await office.run(named + ["--yes"])
            try await story.forge.must(.DELETE, "/repos/acme/other", as: story.keeper)
            let undone = await office.run(named + ["--undo", "--yes"])
            #expect(undone.status == 0, "\(undone.text)")
            #expect(undone.text.contains("`acme/other` is not there any more"), "\(undone.text)")
            #expect(try !inventory(story).contains { $0.contains("countersign") })
        }
    }
}
