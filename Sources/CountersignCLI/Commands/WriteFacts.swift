import ArgumentParser
import GatePolicy
import GateService

/// `countersign facts`: everything the engine saw of a pull request, for `explain` and `simulate` without a forge.
struct WriteFacts: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "facts",
        abstract: "Print everything the engine saw of a pull request, as JSON; without secrets.",
        discussion: "`countersign schema facts` prints the form, and such a file can be written by hand.")

    @Argument(help: "The pull request, as owner/repo#12.")
    var pullRequest: String

    @Option(
        name: .long, help: "See it with this policy file instead of the base branch's: other policies need other facts."
    )
    var policy: String?

    @OptionGroup var connection: ConnectionOptions

    func run(_ context: CommandContext) async throws {
        try await Examination.of(pullRequest, policy: policy, facts: nil, connection, context) { examination in
            context.output(try FactsFile.text(examination.basis.facts))
        }
    }
}
