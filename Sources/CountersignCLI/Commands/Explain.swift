import ArgumentParser
import GateDoctor
import GatePolicy
import GateService

/// `countersign explain`: why a pull request may or may not enter, and what somebody can do about it.
struct Explain: ContextCommand {
    static let configuration = CommandConfiguration(
        abstract: "Explain a pull request's verdict, and what somebody can do about it; posts nothing.",
        discussion: """
            With --facts and --policy it works without a forge; what the organisation requires of every repository is \
            then taken from --organization alone. Exit codes: 0 all gates pass, 1 something waits, is a draft or is \
            rejected, 2 something could not be known, 3 the policy is not valid, 64 usage or settings, 69 the forge \
            could not be reached.
            """)

    /// How the explanation is printed.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @Argument(help: "The pull request, as owner/repo#12 (not with --facts), and a gate to explain alone.")
    var subject: [String] = []

    @Option(name: .customLong("as"), help: "Tell what this person can do, and why what they did does not count.")
    var person: String?

    @Option(name: .long, help: "How to print it: text or json.")
    var format: Format = .text

    @OptionGroup var examination: ExaminationOptions

    func run(_ context: CommandContext) async throws {
        if person != nil, format == .json {
            throw SettingsError("`--as` is told in text alone: take `--format json` away, or `--as`")
        }
        var words = subject[...]
        let namesPullRequest = words.first.flatMap { Subject($0) } != nil
        let pullRequest = examination.facts == nil || namesPullRequest ? words.popFirst() : nil
        let gate = words.popFirst()
        if let extra = words.first { throw SettingsError("`\(extra)` is one argument too many") }
        try await examination.examine(pullRequest, context) { examination in
            let verdict = examination.verdict
            if let gate, !verdict.gates.contains(where: { $0.name == gate }) {
                let names = verdict.gates.map(\.name)
                let near = Suggestion.nearest(to: gate, among: names).map { "; did you mean `\($0)`?" }
                throw SettingsError(
                    "the policy has no gate `\(gate)`"
                        + (near ?? "; its gates are \(names.map { "`\($0)`" }.joined(separator: ", "))"))
            }
            switch format {
            case .json:
                let only = verdict.gates.first { $0.name == gate }
                context.output(try (only.map { try JSONText.pretty($0) } ?? JSONText.pretty(verdict)) + "\n")
            case .text: context.output(gate.flatMap(verdict.text(ofGate:)) ?? verdict.text)
            }
            if let person {
                let account = try await examination.account(person)
                let abilities = await Abilities.of(account, in: examination, gate: gate)
                context.output("\n" + abilities.text)
            }
            examination.tellNotes(examination.notes, format, context)
            let status = examination.status(verdict)
            if status != .passed { throw status.code }
        }
    }
}
