import Foundation
import GiteaSimulator
import NIOHTTP1
import Testing

/// The README's way to the first gated pull request: each of its commands is run, in its order, by the real program.
@Suite(.simulatorOnly) struct ProductionGuideStories {
    @Test func fromNothingToTheFirstGatedPullRequest() async throws {
        try await Story.tell(policy: nil) { story in
            // As in every new repository.
            try await story.forge.must(
                .PATCH, "/repos/\(story.repository)", as: story.keeper,
                ["has_pull_requests": true, "allow_rebase": true, "allow_rebase_explicit": true])
            let newcomer = try await Newcomer(story)
            defer { newcomer.stop() }
            let blocks = try Newcomer.commands()
            #expect(blocks.count == 7)

            // 1 and 2: installed, and what is ours.
            _ = try await newcomer.run(blocks[0])
            #expect(blocks[1].contains("FORGE=") && blocks[1].contains("GATE="))
            // 3: what needs no administrator is done, and what is left is said.
            let provisioned = try await newcomer.run(blocks[2])
            #expect(
                provisioned.output.contains("`countersign: main` was not posted yet")
                    || provisioned.output.contains("left: `acme/widget`: there is no policy"), "\(provisioned)")
            #expect(provisioned.output.contains("done: "), "\(provisioned)")
            // 4 and 5: the settings are fine, and it is ready.
            let checked = try await newcomer.run(blocks[3])
            #expect(checked.exitStatus == 0 && checked.output.contains("the settings are fine"), "\(checked)")
            let started = try await newcomer.run(blocks[4])
            #expect(started.exitStatus == 0, "\(started) \(newcomer.log)")

            // 6: people do what the guide says they do.
            let offered = try await story.forge.must(.GET, "/repos/\(story.repository)/pulls", as: story.keeper)
            let policy = try #require(offered.array?.first?["number"]?.int)
            #expect(try await story.forge.merge(policy, of: story.repository, as: story.keeper).status == 200)
            let number = try await story.pull()
            await newcomer.deliver()
            let waiting = try await story.posted("countersign: main", on: number)
            #expect(waiting["status"]?.string == "pending", "\(waiting.text)")
            #expect(
                waiting["description"]?.string?.hasPrefix("waiting: review needs 1 more") == true, "\(waiting.text)")
            #expect(waiting["target_url"]?.string?.hasPrefix(newcomer.address) == true, "\(waiting.text)")

            // 7: from now on it is required.
            let locked = try await newcomer.run(blocks[5])
            #expect(locked.output.contains("done: protect `main` of `acme/widget`"), "\(locked)")
            #expect(locked.output.contains("pull requests may be merged by rebase"), "\(locked)")
            #expect(!locked.output.contains("no service runs here"), "\(locked)")
            #expect(try await story.forge.merge(number, of: story.repository, as: story.dave).status == 405)
            try await story.approve(number, as: story.dave)
            await newcomer.deliver()
            _ = try await story.posted("countersign: main", on: number, state: "success")
            #expect(try await story.forge.merge(number, of: story.repository, as: story.dave).status == 200)

            // And what to look at when it is red; the guide takes it for the second pull request.
            #expect(number == 2)
            for command in blocks[6].split(separator: "\n").dropLast() {
                let asked = try await newcomer.run(String(command))
                #expect([0, 1].contains(asked.exitStatus), "\(command): \(asked)")
                #expect(!asked.output.isEmpty, "\(command): \(asked)")
            }
            #expect(blocks[6].hasSuffix("sudo journalctl -u countersign --since -1h"))
            #expect(!newcomer.log.contains("error"), "\(newcomer.log)")
        }
    }
}
