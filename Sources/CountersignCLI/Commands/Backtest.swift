import ArgumentParser
import GateDoctor
import GateForge
import GatePolicy
import GateService

/// `countersign backtest`: what another policy would have said of pull requests that were merged.
struct Backtest: ContextCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say which merged pull requests another policy would have blocked; posts nothing.",
        discussion: """
            Reviews, comments and labels that came after the merge are left out; what those said that were changed after \
            it is not known. Membership of teams, protection, statuses, titles and descriptions are those of today: the \
            forge keeps no history of them. What each \
            changed is compared with the commit where it left its branch. What the policy in force comes to today is \
            looked at with --format json alone (`now` beside `then`), for that costs as many calls again. Exit codes: 0 \
            nothing would have been blocked, 1 something would, 2 something could not be known, 3 the policy is not \
            valid, 64 usage or settings, 69 the forge could not be reached.
            """)

    @Argument(help: "The repository, as owner/repo.")
    var repository: String

    @Option(name: .long, help: "The policy file to try.", completion: .file())
    var policy: String

    @Option(name: .long, help: "How many merged pull requests, those that changed last first.")
    var last: Int = 200

    @Option(name: .long, help: "How to print it: text or json.")
    var format: Explain.Format = .text

    @OptionGroup var connection: ConnectionOptions

    func run(_ context: CommandContext) async throws {
        guard let name = RepositoryName(repository) else {
            throw SettingsError("`\(repository)` is not a repository: expected `owner/repo`")
        }
        guard (1...10_000).contains(last) else { throw SettingsError("`--last` takes a number from 1 to 10000") }
        let text = try Settings.read(policy, context)
        try await connection.withClient(context) { client, settings in
            let merged = try await client.mergedSnapshots(name, last: last)
            // The table says nothing of the policy in force.
            let comparison = try await Comparison.of(
                merged, client, settings.deciding, policy: (text, policy), besidesNow: format == .json, what: "merged",
                context)
            context.output(try format == .json ? JSONText.pretty(comparison.data) + "\n" : comparison.history)
            if !comparison.mistakes.isEmpty { throw ExitStatus.invalidPolicy.code }
            if comparison.rows.contains(where: { $0.after.status == .error }) { throw ExitStatus.undecided.code }
            if comparison.rows.contains(where: { $0.after.status != .success }) { throw ExitStatus.held.code }
        }
    }
}
