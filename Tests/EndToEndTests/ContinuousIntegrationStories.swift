import CountersignCLI
import GiteaSimulator
import NIOHTTP1
import Testing

/// `countersign check` without arguments, in a run of Actions.
@Suite struct ContinuousIntegrationStories {
    private func check(
        _ story: Story, event: String, number: Int, _ more: [String: String?] = [:]
    ) async throws -> Story.Checked {
        var environment: [String: String?] = [
            "COUNTERSIGN_FORGE_URL": nil, "GITHUB_EVENT_PATH": "/event.json",
            "GITHUB_SERVER_URL": story.forge.baseAddress, "GITHUB_ACTIONS": "true",
        ]
        for (name, value) in more { environment[name] = value }
        return try await story.run(
            ["check"], environment: environment, files: ["/event.json": event], head: (number, story.repository))
    }

    private func event(_ story: Story, _ rest: String) -> String {
        #"{"action": "opened", \#(rest), "repository": {"full_name": "\#(story.repository)"}}"#
    }

    @Test func pullRequestEvent() async throws {
        try await Story.tell { story in
            let number = try await story.pull()
            let event = event(story, #""number": \#(number), "pull_request": {"number": \#(number)}"#)
            let checked = try await check(story, event: event, number: number)
            #expect(checked.exitStatus == 1)
            #expect(checked.summary == "pending")
        }
    }

    @Test func commentEvent() async throws {
        try await Story.tell { story in
            let number = try await story.pull()
            let event = event(story, #""issue": {"number": \#(number), "pull_request": {"merged": false}}"#)
            let checked = try await check(story, event: event, number: number)
            #expect(checked.exitStatus == 1)
            #expect(checked.summary == "pending")
        }
    }

    /// A comment on an issue, a push, no event at all, an event that is none.
    @Test func eventsThatAreAboutNoPullRequest() async throws {
        try await Story.tell { story in
            let number = try await story.pull()
            let issue = event(story, #""issue": {"number": 7, "pull_request": null}"#)
            try expectTold(await check(story, event: issue, number: number), .usage, nil, "ci-issue")
            let push = event(story, #""ref": "refs/heads/main""#)
            try expectTold(await check(story, event: push, number: number), .usage, nil, "ci-push")
            try expectTold(await check(story, event: "{", number: number), .usage, nil, "ci-no-json")
            try expectTold(
                await check(story, event: "", number: number, ["GITHUB_EVENT_PATH": nil]), .usage, nil, "ci-no-event")
        }
    }

    /// In a run of Actions a named pull request is of the server that runs it.
    @Test func namedPullRequest() async throws {
        try await Story.tell { story in
            let number = try await story.pull()
            let checked = try await story.check(
                number, environment: ["COUNTERSIGN_FORGE_URL": nil, "GITHUB_SERVER_URL": story.forge.baseAddress])
            #expect(checked.exitStatus == 1)
        }
    }

    /// The workflow that the documentation shows: no event of it runs a file of the pull request, and its commands do
    /// what it says with the variables it gives them.
    @Test func theWorkflowOfTheDocumentation() async throws {
        let page = try DocumentPlaces.text("Documentation/continuous-integration.md")
        let workflow = try #require(page.firstMatch(of: /```yaml\n(.*?)\n```/.dotMatchesNewlines())).output.1
        let triggers = try #require(workflow.firstMatch(of: /\non:(.*?)\njobs:/.dotMatchesNewlines())).output.1
        let events = triggers.matches(of: /\n  ([a-z_]+):/).map { String($0.output.1) }
        #expect(events == ["pull_request_target", "issue_comment", "schedule"])
        let variables = workflow.matches(of: /([A-Z_]+): \$\{\{ secrets\.([A-Z_]+) \}\}/)
        #expect(
            Set(variables.map { "\($0.output.1) \($0.output.2)" }) == [
                "COUNTERSIGN_FORGE_TOKEN COUNTERSIGN", "COUNTERSIGN_FORGE_DIRECTORY_TOKEN COUNTERSIGN_DIRECTORY",
            ])
        let commands = workflow.matches(of: /- run: countersign ([^|\n]+)/).map { String($0.output.1) }
        #expect(commands.count == 2)
        try await Story.tell { story in
            let number = try await story.pull()
            for (command, exitStatus) in zip(commands, [Int32(1), 0]) {
                let words = command.replacing("\"$GITHUB_REPOSITORY\"", with: story.repository).split(separator: " ")
                let checked = try await story.run(
                    words.map { String($0) },
                    environment: [
                        "COUNTERSIGN_FORGE_URL": nil, "GITHUB_EVENT_PATH": "/event.json",
                        "GITHUB_SERVER_URL": story.forge.baseAddress, "GITHUB_ACTIONS": "true",
                    ],
                    files: ["/event.json": event(story, #""pull_request": {"number": \#(number)}"#)],
                    head: (number, story.repository))
                #expect(checked.exitStatus == exitStatus, "\(checked)")
                #expect(checked.summary == "pending", "\(checked)")
            }
        }
    }

    /// The secret does not exist, or this event does not get it.
    @Test func emptyToken() async throws {
        try await Story.tell { story in
            let number = try await story.pull()
            let event = event(story, #""pull_request": {"number": \#(number)}"#)
            try expectTold(
                await check(story, event: event, number: number, ["COUNTERSIGN_FORGE_TOKEN": ""]), .usage, nil,
                "ci-empty-token")
        }
    }
}
