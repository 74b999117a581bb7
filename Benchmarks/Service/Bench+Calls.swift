import GiteaSimulator
import NIOHTTP1

extension Bench {
    private typealias Event = (name: String, act: @Sendable (BenchForge.Pull) async throws -> Void)

    /// What people do, one kind a line.
    private var events: [Event] {
        let (story, forge) = (forge.story, forge)
        func comment(_ text: String, _ person: StoryForge.Person) -> @Sendable (BenchForge.Pull) async throws -> Void {
            { pull in
                try await story.must(
                    .POST, "/repos/\(pull.repository)/issues/\(pull.number)/comments", as: person,
                    ["body": .string(text)])
            }
        }
        func edit(_ key: String, _ value: String) -> @Sendable (BenchForge.Pull) async throws -> Void {
            { pull in
                try await story.must(
                    .PATCH, "/repos/\(pull.repository)/pulls/\(pull.number)", as: forge.alice,
                    .object([
                        JSON.Member(key, .string(value))
                    ]))
            }
        }
        return [
            ("an approval, one gate changes", { try await forge.approve($0, as: forge.bob) }),
            ("an approval that counts for nothing", { try await forge.approve($0, as: forge.dave) }),
            ("the last approval, all is green", { try await forge.approve($0, as: forge.carol) }),
            ("a comment without a command", comment("Looks good to me", forge.dave)),
            ("a comment with a command", comment("/waive qa-review tried by hand", forge.carol)),
            (
                "changes requested",
                { try await story.review("REQUEST_CHANGES", $0.number, of: $0.repository, as: forge.dave) }
            ),
            ("a new title", edit("title", "Another title")),
            (
                "a push to the pull request",
                { pull in
                    let branch = try await story.must(.GET, "/repos/\(pull.repository)/pulls/\(pull.number)")["head"]?[
                        "ref"]
                    try await story.commit(
                        [.create("src/more.swift", "more\n")], to: pull.repository, branch: branch?.string ?? "",
                        as: forge.alice)
                }
            ),
            ("closing", edit("state", "closed")), ("opening again", edit("state", "open")),
        ]
    }

    /// The calls that follow from an event, and how many of them wait for one another.
    func calls(_ table: inout ResultTable) async throws {
        try await forge.open(3, in: "calls")
        let pulls = Array(forge.pulls.suffix(3))
        try await serve { service in
            try await service.untilIdle()
            for event in events {
                var counts: [String] = []
                for pull in pulls {
                    _ = simulator.world.takeDeliveries()
                    try await event.act(pull)
                    counts.append(try await callsOfDeliveries())
                }
                // The later ones are warm.
                table.add("calls to the forge: \(event.name)", counts.last ?? "")
            }
            _ = simulator.world.takeDeliveries()
            // The branch is protected; the simulator's own means get past that.
            try simulator.world.push(
                to: "main", of: "acme/calls", as: forge.keeper.login, files: ["docs/news.md": "news\n"])
            table.add("calls to the forge: a push to the base with 3 pull requests", try await callsOfDeliveries())
        }
    }

    /// Sends what waits, and counts the calls until nothing follows any more.
    private func callsOfDeliveries() async throws -> String {
        simulator.requests.reset()
        await simulator.deliverPending()
        var count = -1
        while simulator.requests.count != count {
            count = simulator.requests.count
            try await Task.sleep(for: .milliseconds(400))
        }
        let records = simulator.requests.all
        let reads = records.count { $0.method == "GET" }
        return "\(reads) reads, \(records.count - reads) writes, in \(simulator.requests.rounds(of: records)) rounds"
    }
}
