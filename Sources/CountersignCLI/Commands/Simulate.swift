import ArgumentParser
import GateDoctor
import GateForge
import GatePolicy
import GateService

/// `countersign simulate`: what the verdict would be if something happened, or if the policy were another.
struct Simulate: ContextCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say what the verdict would be if something happened, or under another policy; posts nothing.",
        discussion: """
            On a pull request (owner/repo#12), on the facts of a file (--facts with --policy), or on every open pull \
            request of a repository (owner/repo --all-open --policy FILE). Exit codes are those of `explain`; with \
            --all-open: 0 nothing turns, 1 something turns, 2 something could not be known, 3 the policy is not valid, \
            64 usage or settings, 69 the forge could not be reached.
            """)

    @Argument(help: "The pull request, as owner/repo#12, or with --all-open a repository, as owner/repo.")
    var subject: String?

    @Flag(name: .long, help: "Every open pull request of the repository, under --policy.")
    var allOpen = false

    @Option(name: .long, help: "How to print it: text or json.")
    var format: Explain.Format = .text

    @OptionGroup var suppositions: Suppositions
    @OptionGroup var examination: ExaminationOptions

    func run(_ context: CommandContext) async throws {
        if allOpen { return try await compareAll(context) }
        try await examination.examine(subject, context) { examination in
            let (hypotheses, words) = try await suppositions.hypotheses { try await examination.account($0) }
            for hint in suppositions.hints(under: examination.basis.policy) { context.talk(hint) }
            for vain in examination.basis.facts.inVain(hypotheses) { context.talk(vain.oneLine) }
            let examination = await examination.hearing(hypotheses)
            let after = await examination.verdict(supposing: hypotheses)
            switch format {
            case .json: context.output(try JSONText.pretty(after) + "\n")
            case .text:
                let turn = Turn(examination.verdictInForce ?? examination.verdict, after)
                if !words.isEmpty { context.output("supposing that \(words.joined(separator: ", and "))\n") }
                for command in examination.supposed(after.commands) {
                    let who = command.author?.login ?? "somebody"
                    context.output("comment by \(who): \(command.line)".oneLine + "\n")
                }
                context.output("\(turn.text)\n\n\(after.text)")
            }
            examination.tellNotes(examination.supposedNotes, format, context)
            let status = examination.status(after)
            if status != .passed { throw status.code }
        }
    }

    private func compareAll(_ context: CommandContext) async throws {
        guard let subject, let repository = RepositoryName(subject) else {
            throw SettingsError(
                "`--all-open` takes a repository: `countersign simulate owner/repo --all-open --policy FILE`")
        }
        guard let policy = examination.policy else {
            throw SettingsError("`--all-open` needs `--policy FILE`: the policy to compare with the one in force")
        }
        guard suppositions.isEmpty else {
            throw SettingsError("`--all-open` compares policies; suppositions are for one pull request")
        }
        let text = try Settings.read(policy, context)
        try await examination.connection.withClient(context) { client, settings in
            let open = try await client.openSnapshots(repository)
            let comparison = try await Comparison.of(
                open, client, settings.deciding, policy: (text, policy), what: "open", context)
            context.output(try format == .json ? JSONText.pretty(comparison.data) + "\n" : comparison.text)
            if !comparison.mistakes.isEmpty { throw ExitStatus.invalidPolicy.code }
            if comparison.rows.contains(where: \.isUndecided) { throw ExitStatus.undecided.code }
            if comparison.turns > 0 { throw ExitStatus.held.code }
        }
    }
}
