import ArgumentParser
import GateImport
import GatePolicy

/// `countersign import`: turns another gate's rules into a policy, and names everything that has no equivalent.
struct ImportPolicy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Turn the rules of policy-bot or of a home-made gate into a policy.",
        discussion: """
            The policy goes to the standard output, what has no exact equivalent to the standard error. Exit codes: 0 a \
            policy was written, 3 nothing was written, or this version cannot carry all of it out yet, 64 usage.
            """,
        subcommands: [PolicyBot.self, Checklist.self, Tiers.self])

    /// `countersign import policy-bot .policy.yml`.
    struct PolicyBot: ContextCommand {
        static let configuration = CommandConfiguration(
            commandName: "policy-bot", abstract: "Import a `.policy.yml` of policy-bot.")

        @Argument(help: "The file.")
        var file: String

        func run(_ context: CommandContext) async throws {
            try finish(Import.policyBot(try readText(file, context), file: file), file, context)
        }
    }

    /// `countersign import checklist FILE`.
    struct Checklist: ContextCommand {
        static let configuration = CommandConfiguration(abstract: "Import a home-made checklist gate (YAML).")

        @Argument(help: "The file.")
        var file: String

        func run(_ context: CommandContext) async throws {
            try finish(Import.checklist(try readText(file, context), file: file), file, context)
        }
    }

    /// `countersign import tiers FILE`.
    struct Tiers: ContextCommand {
        static let configuration = CommandConfiguration(abstract: "Import lines `label: EXPRESSION`.")

        @Argument(help: "The file.")
        var file: String

        @Flag(name: .long, help: "Only approvals of people who may write counted (`official`).")
        var official = false

        func run(_ context: CommandContext) async throws {
            try finish(Import.tiers(try readText(file, context), file: file, official: official), file, context)
        }
    }
}

private func readText(_ file: String, _ context: CommandContext) throws -> String {
    guard let text = String(validating: try Settings.read(file, context), as: UTF8.self) else {
        throw SettingsError("`\(file)` is not UTF-8: save it as UTF-8")
    }
    return text
}

/// Prints what came of an import; what this version cannot read yet is said, too.
private func finish(_ result: ImportResult, _ file: String, _ context: CommandContext) throws {
    for notice in result.warnings { context.talk(notice.rendered(file: file)) }
    guard let policy = result.policy else { throw ExitStatus.invalidPolicy.code }
    context.output(policy)
    let (readable, diagnostics) = PolicyReader.read(policy, file: "the imported policy", digest: "")
    guard readable == nil else { return }
    for diagnostic in diagnostics where diagnostic.severity == .error { context.talk(diagnostic.rendered) }
    throw ExitStatus.invalidPolicy.code
}
