import ArgumentParser
import GiteaSimulator

/// Plays a story on a simulated forge, gates its pull requests with `countersign check`, and tries to merge them.
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Six pull requests in six states: check each, try to merge it, then serve the pages.")

    @Option(help: "The countersign program to run.")
    var countersign: String

    @Option(help: "The port on 127.0.0.1 for webhooks; the pages are on the next one.")
    var port = 8420

    @Flag(inversion: .prefixedNo, help: "Serve the pages until Ctrl-C.")
    var serve = true

    func run() async throws {
        let clock = DemoClock()
        var options = GiteaSimulator.Options()
        options.version = ServerVersion("1.22.0")
        options.now = { clock.now }
        options.deliversWebhooks = true
        try await GiteaSimulator.run(options) { simulator in
            print("A simulated Gitea 1.22.0 listens on \(simulator.baseAddress).")
            let story = try await DemoStory(simulator, tick: { clock.tick() })
            print(
                """
                The organisation acme has the teams qa (bob), security (carol) and engineers (alice, dave).
                acme/widget has a policy, .countersign.yml on main:

                \(Self.indented(DemoStory.policy))
                The branch main requires the status `countersign: main`.

                """)
            let check = CheckCommand(program: countersign, story: story)
            var rows: [DemoTable.Row] = []
            for pull in story.pulls {
                let before = try await story.merge(pull)
                let checked = try await check.run(pull.number, directoryToken: pull.isBlind ? story.blindToken : nil)
                rows.append(DemoTable.Row(pull, checked, before: before, after: try await story.merge(pull)))
            }
            print(DemoTable(rows: rows).text)
            try await cure(story, check)
            clock.go()
            if serve { try await DemoService(program: countersign, story: story, port: port).run() }
        }
    }

    /// The pull request behind the blind token, checked again with one that can see.
    private func cure(_ story: DemoStory, _ check: CheckCommand) async throws {
        guard let pull = story.pulls.first(where: \.isBlind) else { return }
        print("#\(pull.number) was checked with a directory token that cannot see the teams. This is what it says:\n")
        let blind = try await check.run(pull.number, directoryToken: story.blindToken, format: "text")
        print(Self.indented(blind.output))
        print("\nThe same with the token of an organisation owner that has only the scope read:organization:\n")
        let seeing = try await check.run(pull.number, directoryToken: nil)
        let after = try await story.merge(pull)
        print(DemoTable(rows: [DemoTable.Row(pull, seeing, before: 405, after: after)]).text)
        print("Everything above came from these commands; try one on your own forge:\n")
        print("    COUNTERSIGN_FORGE_URL=… COUNTERSIGN_FORGE_TOKEN=… countersign check acme/widget#1 --dry-run")
    }

    private static func indented(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "    \($0)" }.joined(
            separator: "\n")
    }
}
