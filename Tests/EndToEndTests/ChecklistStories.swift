import CountersignCLI
import GiteaSimulator
import NIOHTTP1
import Testing

/// Items that the description answers and others acknowledge, over the wire.
@Suite struct ChecklistStories {
    private static func policy(_ more: String = "") -> String {
        """
        version: 1
        gates:
          sop:
            checklist:
              - { item: testing, number: 1, ask: Testing performed, by: qa }
              - { item: deployment, by: security, when: changes("deploy/**") }
            waive: { by: security, reason: required }
        \(more)
        commands: { aliases: { sop-ack: ack } }

        """
    }

    /// A pull request of alice's with a description.
    private static func pull(_ body: String, _ story: Story) async throws -> Int {
        let number = try await story.pull()
        try await describe(number, body, story)
        return number
    }

    private static func describe(_ number: Int, _ body: String, _ story: Story) async throws {
        try await story.forge.must(
            .PATCH, "/repos/\(story.repository)/pulls/\(number)", as: story.alice, ["body": .string(body)])
        try await story.forge.tick()
    }

    private static func say(_ text: String, _ number: Int, _ story: Story, as person: Story.Person) async throws -> Int
    {
        let comment = try await story.forge.must(
            .POST, "/repos/\(story.repository)/issues/\(number)/comments", as: person, ["body": .string(text)])
        try await story.forge.tick()
        return comment["id"]?.int ?? 0
    }

    private static func expect(
        _ summary: String, _ number: Int, _ story: Story, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let checked = try await story.check(number)
        #expect(checked.summary == summary, "\(checked.told)", sourceLocation: sourceLocation)
    }

    @Test func answeredAndAcknowledged() async throws {
        try await Story.tell(policy: Self.policy()) { story in
            let number = try await Self.pull("## Testing performed\nby hand\n", story)
            _ = try await Self.say("/sop-ack 1 looks right", number, story, as: story.bob)
            try expectTold(try await story.check(number), .passed, "success", "checklist-done")
        }
    }

    @Test func nothingIsAnswered() async throws {
        try await Story.tell(policy: Self.policy()) { story in
            let number = try await Self.pull("- [x] Testing performed", story)
            _ = try await Self.say("/ack testing", number, story, as: story.bob)
            try expectTold(try await story.check(number), .held, "pending", "checklist-not-answered")
        }
    }

    @Test func thoseWhoseWordDoesNotCount() async throws {
        try await Story.tell(policy: Self.policy()) { story in
            let number = try await Self.pull("Testing performed: by hand", story)
            _ = try await Self.say("/ack testing", number, story, as: story.alice)
            _ = try await Self.say("/ack testing", number, story, as: story.dave)
            let comment = try await Self.say("good morning", number, story, as: story.bob)
            try await story.forge.must(
                .PATCH, "/repos/\(story.repository)/issues/comments/\(comment)", as: story.keeper,
                ["body": "/ack testing"])
            try expectTold(try await story.check(number), .held, "pending", "checklist-words-that-do-not-count")
        }
    }

    @Test(arguments: ["PULL_REQUEST_TEMPLATE.md", ".gitea/pull_request_template.md"])
    func onlyTheTemplate(_ path: String) async throws {
        try await Story.tell(policy: Self.policy()) { story in
            let template = "## Testing performed\nSay what you ran.\n"
            try await story.forge.commit(
                [.create(path, template)], to: story.repository, branch: "main", as: story.keeper)
            let number = try await Self.pull(template, story)
            _ = try await Self.say("/ack testing", number, story, as: story.bob)
            try await Self.expect("pending", number, story)
            try await Self.describe(number, template + "All of it.", story)
            try await Self.expect("success", number, story)
        }
    }

    @Test(arguments: [("exact-head", "pending"), ("same-diff", "pending"), ("keep", "success")])
    func acknowledgedOnAnOlderHead(_ stale: String, _ summary: String) async throws {
        try await Story.tell(policy: Self.policy("    approvals: { stale: \(stale) }")) { story in
            let number = try await Self.pull("Testing performed: by hand", story)
            _ = try await Self.say("/ack testing", number, story, as: story.bob)
            try await Self.expect("success", number, story)
            try await story.push("src/two.swift", as: story.alice)
            try await Self.expect(summary, number, story)
        }
    }

    @Test func notApplicable() async throws {
        try await Story.tell(policy: Self.policy()) { story in
            let number = try await Self.pull("", story)
            _ = try await Self.say("/waive sop: a typo in a comment", number, story, as: story.carol)
            try await Self.expect("success", number, story)
        }
    }

    @Test func anAdvisoryChecklistIsShownAndDoesNotBlock() async throws {
        try await Story.tell(policy: Self.policy("    mode: advisory")) { story in
            let number = try await Self.pull("", story)
            let checked = try await story.check(number)
            #expect(checked.summary == "success", "\(checked.told)")
            #expect(checked.statuses["countersign/sop: main"]?.text.hasPrefix("[advisory] needs") == true)
        }
    }

    @Test(arguments: [
        "```\nTesting performed: yes\n```", "```\nTesting performed: yes", "> Testing performed: yes",
        "<!-- Testing performed: yes -->", "<!--\nTesting performed: yes", "    Testing performed: yes",
        "Tеsting performed: a Cyrillic е", "Testing performed: \u{200B}\u{3164}",
        String(repeating: "```\n<!-- > ", count: 5_000) + "\nTesting performed: yes",
    ])
    func hostileDescriptions(_ body: String) async throws {
        try await Story.tell(policy: Self.policy()) { story in
            let number = try await Self.pull(body, story)
            _ = try await Self.say("/ack testing", number, story, as: story.bob)
            try await Self.expect("pending", number, story)
        }
    }
}
