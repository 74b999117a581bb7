import CountersignCLI
import Foundation
import GiteaSimulator
import NIOHTTP1
import Synchronization
import Testing

/// `countersign refire`: which pull requests it takes, and what it ends with.
@Suite(.simulatorOnly) struct RefireStories {
    @Test func undecidedOnesAreTaken() async throws {
        try await Story.tell { story in
            let surgery = Surgery(story)
            let signed = try await story.pull()
            try await story.approve(signed, as: story.bob)
            try await story.approve(signed, as: story.carol)
            let waiting = try await story.pull("Add two", file: "src/two.swift", branch: "feature/two")
            let blind = try await story.check(
                signed, directory: story.forge.token(story.erin, named: "x", scopes: StoryForge.directoryScopes))
            #expect(blind.summary == "error")
            let fired = await surgery.run(["refire", story.repository])
            #expect(fired.status == 0, "\(fired)")
            #expect(fired.output.contains("acme/widget#1: error → success\n"), "\(fired)")
            #expect(fired.output.contains("acme/widget#2: nothing → pending\n"), "\(fired)")
            #expect(fired.talk.contains("==] 2/2 "), "\(fired)")
            let again = await surgery.run(["refire", story.repository])
            #expect(again.output == "no open pull request waits for it\n", "\(again)")
            let all = await surgery.run(["refire", "--all"])
            #expect(
                all.output == """
                    acme/widget#\(signed): success → success
                    acme/widget#\(waiting): pending → pending
                    1 stayed pending
                    1 stayed success

                    """)
        }
    }

    /// An address where no forge is: what the doctor says of it, and not that somebody may not see something.
    @Test(arguments: [["refire", "REPO"], ["check", "REPO#1"], ["explain", "REPO#1"], ["simulate", "REPO#1"]])
    func noForge(command: [String]) async throws {
        try await Story.tell { story in
            let surgery = Surgery(story)
            for kind in [Fault.Kind.status(404), .html(404)] {
                story.simulator?.faults.add(Fault(kind: kind))
                let lost = await surgery.run(command.map { $0.replacing("REPO", with: story.repository) })
                #expect(lost.status == 69, "\(lost)")
                #expect(
                    lost.talk.contains("countersign: 404: there is no API of a forge below this address (`GET /user`"),
                    "\(lost)")
                #expect(
                    lost.talk.contains("cure: check the forge's address, and the path that it lives under: "), "\(lost)"
                )
                story.simulator?.faults.clear()
            }
        }
    }

    /// Ctrl-C: what was done is told, and what was not is taken by the next run.
    @Test func interrupted() async throws {
        try await Story.tell { story in
            let surgery = Surgery(story)
            let first = try await story.pull()
            let second = try await story.pull("Add two", file: "src/two.swift", branch: "feature/two")
            let simulator = try #require(story.simulator)
            let head = try await story.forge.head(of: second, story.repository)
            simulator.faults.add(
                Fault(method: "POST", path: "/repos/\(story.repository)/statuses/\(head)", kind: .hang))
            simulator.beforeResponse = { record, _ in
                guard record.method == "POST", record.path.hasSuffix("/statuses/\(head)") else { return }
                surgery.isInterrupted.withLock { $0 = true }
            }
            let cut = await surgery.run(["refire", story.repository, "--concurrency", "1"])
            #expect(cut.status == 130, "\(cut)")
            #expect(cut.output == "\(story.repository)#\(first): nothing → pending\n1 nothing → pending\n", "\(cut)")
            #expect(cut.talk.contains("countersign: interrupted: 1 of 2 were done; run it again: it takes "), "\(cut)")
            simulator.beforeResponse = nil
            simulator.faults.clear()
            surgery.isInterrupted.withLock { $0 = false }
            let again = await surgery.run(["refire", story.repository])
            #expect(again.status == 0, "\(again)")
            #expect(again.output.hasPrefix("\(story.repository)#\(second): nothing → pending\n"), "\(again)")
        }
    }

    /// Whoever ends it as a supervisor does is told the same.
    @Test func terminated() async throws {
        try await Story.tell { story in
            let first = try await story.pull()
            let second = try await story.pull("Add two", file: "src/two.swift", branch: "feature/two")
            let head = try await story.forge.head(of: second, story.repository)
            try #require(story.simulator).faults.add(
                Fault(method: "POST", path: "/repos/\(story.repository)/statuses/\(head)", kind: .hang))
            let script = """
                talk=$(mktemp)
                "$0" "$@" 2>"$talk" &
                until grep -q 1/2 "$talk" || ! kill -0 $!; do sleep 0.1; done
                kill -TERM $!
                wait $!
                status=$?
                cat "$talk" >&2
                rm "$talk"
                exit $status
                """
            let cut = try await CountersignProgram.run(
                "/bin/sh",
                ["-c", script, CountersignProgram.path, "refire", story.repository, "--concurrency", "1", "--direct"],
                environment: [
                    "PATH": "/usr/bin:/bin", "COUNTERSIGN_FORGE_URL": story.forge.baseAddress,
                    "COUNTERSIGN_FORGE_TOKEN": story.gate.token,
                    "COUNTERSIGN_FORGE_DIRECTORY_TOKEN": story.directoryToken,
                ])
            #expect(cut.exitStatus == 130, "\(cut)")
            #expect(cut.output == "\(story.repository)#\(first): nothing → pending\n1 nothing → pending\n", "\(cut)")
        }
    }

    /// Whatever names lead to a pull request, it is decided once: two at once would overtake each other.
    @Test func namedTwice() async throws {
        try await Story.tell { story in
            let surgery = Surgery(story)
            let number = try await story.pull()
            let owner = story.forge.name("acme")
            let fired = await surgery.run([
                "refire", "--all", owner, owner.uppercased(), story.repository, "\(story.repository)#\(number)",
                "\(story.repository.uppercased())#\(number)",
            ])
            #expect(fired.status == 0, "\(fired)")
            #expect(
                fired.output == "\(story.repository)#\(number): nothing → pending\n1 nothing → pending\n", "\(fired)")
        }
    }

    /// Without a policy nothing is posted: what was posted before stays, and nobody says that it went.
    @Test func policyThatIsGone() async throws {
        try await Story.tell { story in
            let surgery = Surgery(story)
            let number = try await story.pull()
            _ = await surgery.run(["refire", story.repository])
            try story.simulator?.world.push(
                to: "main", of: story.repository, as: story.keeper.login, files: [".countersign.yml": nil])
            let fired = await surgery.run(["refire", story.repository, "--all"])
            #expect(
                fired.output.hasPrefix(
                    "acme/widget#\(number): pending → pending (without gates: what was posted stays)\n"), "\(fired)")
            #expect(try await surgery.summary(number) == "pending")
        }
    }

    /// Statuses that scripts of another kind posted tell which pull requests wait.
    @Test func statusesOfOtherScripts() async throws {
        try await Story.tell { story in
            let surgery = Surgery(story)
            let number = try await story.pull()
            _ = await surgery.run(["refire", story.repository])
            let context = "qa-review / approved (pull_request)"
            #expect(await surgery.run(["refire", story.repository, "--contexts", context]).output.hasPrefix("no open"))
            try await story.post("failure", context, on: number, as: story.dave)
            let fired = await surgery.run(["refire", story.repository, "--contexts", context])
            #expect(fired.output.hasPrefix("acme/widget#\(number): pending → pending\n"), "\(fired)")
        }
    }

    @Test func whatStaysUndecidedIsTold() async throws {
        try await Story.tell { story in
            let surgery = Surgery(story)
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            let token = try await story.forge.token(story.erin, named: "x", scopes: StoryForge.directoryScopes)
            surgery.set("COUNTERSIGN_FORGE_DIRECTORY_TOKEN", token)
            let fired = await surgery.run(["refire", "\(story.repository)#\(number)"])
            #expect(fired.status == 2, "\(fired)")
            #expect(fired.output.contains("nothing → error (cannot know "), "\(fired)")
        }
    }

    /// A gate that passes says nothing of the summary, whichever was posted last.
    @Test func byTheServiceWhereOneOfTwoGatesPasses() async throws {
        try await Story.tell { story in
            let surgery = Surgery(story)
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            try await RunningService.run(story) { running in
                surgery.listen(to: running)
                let fired = await surgery.run(["refire", "\(story.repository)#\(number)"])
                surgery.listen(to: nil)
                #expect(fired.output.hasPrefix("acme/widget#\(number): nothing → pending\n"), "\(fired)")
            }
        }
    }

    /// A service that was killed leaves its socket behind: none runs.
    ///
    /// Where one may, and cannot be asked, that is told.
    @Test func socketsThatDoNotAnswer() async throws {
        try await Story.tell { story in
            let surgery = Surgery(story)
            let number = try await story.pull()
            let left = try await RunningService.leftSocket(story)
            defer { try? FileManager.default.removeItem(atPath: left) }
            surgery.set("COUNTERSIGN_CONTROL_SOCKET", left)
            let fired = await surgery.run(["refire", story.repository])
            #expect(fired.status == 0, "\(fired)")
            #expect(fired.output.contains("acme/widget#\(number): nothing → pending\n"), "\(fired)")
            let status = await surgery.run(["status"])
            #expect(
                status.status == 64 && status.talk.contains("no service is running: nobody listens at"), "\(status)")
            // Longer than the address of a socket may be.
            let long = left + String(repeating: "x", count: 107)
            #expect(FileManager.default.createFile(atPath: long, contents: nil))
            defer { try? FileManager.default.removeItem(atPath: long) }
            surgery.set("COUNTERSIGN_CONTROL_SOCKET", long)
            let unasked = await surgery.run(["refire", story.repository])
            #expect(unasked.status == 64 && unasked.talk.contains("`--direct` decides here"), "\(unasked)")
        }
    }

    @Test func nothingIsReached() async throws {
        try await Story.tell { story in
            let surgery = Surgery(story)
            story.simulator?.faults.add(Fault(kind: .html(502)))
            #expect(await surgery.run(["refire", story.repository]).status == 69)
        }
    }

    /// A name that is wrong is told, and the others are decided.
    @Test func aNameThatIsWrong() async throws {
        try await Story.tell { story in
            let surgery = Surgery(story)
            let number = try await story.pull()
            let fired = await surgery.run(["refire", "acme/gone#7", "nobodys", "\(story.repository)#\(number)"])
            #expect(fired.status == 2, "\(fired)")
            #expect(fired.output.contains("acme/widget#\(number): nothing → pending\n"), "\(fired)")
            #expect(fired.output.contains("NOT LOOKED AT acme/gone#7: "), "\(fired)")
            #expect(fired.output.contains("NOT LOOKED AT nobodys: "), "\(fired)")
        }
    }

    /// Where nothing can be posted any more that is told, too.
    @Test func theRightToWriteWasLost() async throws {
        try await Story.tell { story in
            let surgery = Surgery(story)
            _ = try await story.pull()
            let teams = try await story.forge.must(.GET, "/orgs/acme/teams", as: story.keeper).array ?? []
            let id = try #require(teams.first { $0["name"]?.string == "gates" }?["id"]?.int)
            try await story.forge.must(
                .PATCH, "/teams/\(id)", as: story.keeper,
                ["name": "gates", "permission": "read", "units": ["repo.code", "repo.issues", "repo.pulls"]])
            let fired = await surgery.run(["refire"])
            #expect(fired.status == 2, "\(fired)")
            #expect(fired.output.contains("NOT LOOKED AT acme/widget: it has gates"), "\(fired)")
        }
    }

    /// An account that was taken out of its team is shown nothing: that is not "nothing waits".
    @Test(arguments: [["refire"], ["refire", "--all"]]) func theAccountHasAPartInNothing(command: [String]) async throws
    {
        try await Story.tell { story in
            let surgery = Surgery(story)
            _ = try await story.pull()
            let teams = try await story.forge.must(.GET, "/orgs/acme/teams", as: story.keeper).array ?? []
            let id = try #require(teams.first { $0["name"]?.string == "gates" }?["id"]?.int)
            try await story.forge.must(.DELETE, "/teams/\(id)/members/\(story.gate.login)", as: story.keeper)
            let fired = await surgery.run(command)
            #expect(fired.status == 2, "\(fired)")
            #expect(
                fired.output.hasPrefix("NOT LOOKED AT gate: the service account has a part in no repository, "),
                "\(fired)")
        }
    }

    /// Neither account is in the organisation: to both it looks as if there were nothing in it.
    @Test func neitherAccountIsInTheOrganization() async throws {
        try await Story.tell { story in
            let surgery = Surgery(story)
            _ = try await story.pull()
            let acme = story.forge.name("acme")
            let teams = try await story.forge.must(.GET, "/orgs/\(acme)/teams", as: story.keeper).array ?? []
            let id = try #require(teams.first { $0["name"]?.string == "gates" }?["id"]?.int)
            try await story.forge.must(.DELETE, "/teams/\(id)/members/\(story.gate.login)", as: story.keeper)
            surgery.set(
                "COUNTERSIGN_FORGE_DIRECTORY_TOKEN",
                try await story.forge.token(story.erin, named: "outside", scopes: StoryForge.directoryScopes))
            let fired = await surgery.run(["refire", acme, "--all"])
            #expect(fired.status == 2 && fired.output.hasPrefix("NOT LOOKED AT \(acme): "), "\(fired)")
            let found = await surgery.run(["doctor", acme])
            #expect(found.status == 2, "\(found)")
            #expect(found.output.contains("BLOCKS proof.organization: forge.directory_token"), "\(found)")
            #expect(!found.output.contains("name one, or an organisation"), "\(found)")
        }
    }

    /// Where there are no gates nothing is posted, and that is what is said.
    @Test func withoutGates() async throws {
        try await Story.tell(policy: nil) { story in
            let surgery = Surgery(story)
            let number = try await story.pull()
            let fired = await surgery.run(["refire", story.repository])
            #expect(
                fired.output == """
                    acme/widget#\(number): without gates: nothing is posted
                    1 without gates: nothing is posted

                    """, "\(fired)")
            #expect(fired.status == 0)
        }
    }

    /// A gate that could not know is taken beside a summary that another one failed, also where it has a context of its
    /// own; what is closed waits for nothing.
    @Test(arguments: ["countersign/qa-review: main", "qa / review"])
    func aGateInErrorAndAClosedOne(_ context: String) async throws {
        try await Story.tell { story in
            let surgery = Surgery(story)
            surgery.set("COUNTERSIGN_CONTEXTS_ALLOW", "qa / review = main")
            let number = try await story.pull()
            try await story.post("failure", "countersign: main", on: number, as: story.gate)
            #expect(await surgery.run(["refire", story.repository]).output.hasPrefix("no open"))
            try await story.post("error", context, on: number, as: story.gate)
            let fired = await surgery.run(["refire", story.repository])
            #expect(fired.output.hasPrefix("acme/widget#\(number): failure → pending\n"), "\(fired)")
            try await story.forge.must(
                .PATCH, "/repos/\(story.repository)/pulls/\(number)", as: story.alice, ["state": "closed"])
            let closed = await surgery.run(["refire", "\(story.repository)#\(number)"])
            #expect(closed.status == 0 && closed.output.contains("(it is closed)"), "\(closed)")
        }
    }
}
