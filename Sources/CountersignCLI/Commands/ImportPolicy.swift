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
            policy was written, 3 nothing was written, for there is no safe form or it would not be valid, 64 usage.
            """,
        subcommands: [PolicyBot.self, Checklist.self, Tiers.self])

    /// `countersign import policy-bot .policy.yml`.
    struct PolicyBot: ContextCommand {
        static let configuration = CommandConfiguration(
            commandName: "policy-bot", abstract: "Import a `.policy.yml` of policy-bot.")

        @Argument(help: "The file.", completion: .file())
        var file: String

        func run(_ context: CommandContext) async throws {
            try finish(Import.policyBot(try readText(file, context), file: file), file, context)
        }
    }

    /// `countersign import checklist FILE`.
    struct Checklist: ContextCommand {
        static let configuration = CommandConfiguration(abstract: "Import a home-made checklist gate (YAML).")

        @Argument(help: "The file.", completion: .file())
        var file: String

        func run(_ context: CommandContext) async throws {
            try finish(Import.checklist(try readText(file, context), file: file), file, context)
        }
    }

    /// `countersign import tiers FILE`.
    struct Tiers: ContextCommand {
        static let configuration = CommandConfiguration(abstract: "Import lines `label: EXPRESSION`.")

        @Argument(help: "The file.", completion: .file())
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

/// Prints what came of an import, once our own reader has read it; what that refuses is told by its rule.
private func finish(_ result: ImportResult, _ file: String, _ context: CommandContext) throws {
    for notice in result.warnings { context.talk(String(notice.rendered(file: file).dropLast())) }
    guard let policy = result.policy else { throw ExitStatus.invalidPolicy.code }
    let read = PolicyReader.read(policy, file: "the written policy", digest: "")
    for diagnostic in read.diagnostics where diagnostic.severity == .error {
        context.talk(WrittenRule(at: diagnostic.span.line, of: policy).rendered(diagnostic, file))
    }
    guard read.policy != nil else {
        context.talk("\(file): error: nothing is written, for it would not be a valid policy")
        throw ExitStatus.invalidPolicy.code
    }
    context.output(policy)
}

/// The rule of the imported file that a line of the written policy comes from: the comment above its gate says so.
struct WrittenRule {
    /// The rule's line, and its name, which is the gate's where the comment does not say another; nil for no rule's.
    private(set) var source: (line: String, name: String)?

    init(at line: Int, of policy: String) {
        var gate = ""
        for text in policy.split(separator: "\n", omittingEmptySubsequences: false).prefix(line).reversed() {
            if let match = text.wholeMatch(of: /\s+# line (\d+)(?:: (.*))?/) {
                source = (String(match.output.1), match.output.2.map(String.init) ?? gate)
                return
            }
            // A key of the file belongs to no rule.
            if text.first.map({ $0 != " " && $0 != "#" }) ?? false { return }
            if let name = text.wholeMatch(of: /\s+(\S+):/)?.output.1 { gate = String(name) }
        }
    }

    /// What the reader says, where the imported file gives cause for it.
    func rendered(_ diagnostic: Diagnostic, _ file: String) -> String {
        let severity = diagnostic.severity.rawValue
        let lead =
            source.map { "\(file):\($0.line): \(severity): rule `\($0.name)`" }
            ?? "\(file): \(severity): the written policy"
        let line = diagnostic.sourceLine.map { "\n    written as \(Self.trimmed($0))" } ?? ""
        let hint = diagnostic.hint.map { "\n    hint: \($0)" } ?? ""
        return "\(lead): \(diagnostic.message)\(line)\(hint)"
    }

    private static func trimmed(_ line: String) -> String {
        String(line.drop { $0 == " " }.prefix(160)).oneLine
    }
}
