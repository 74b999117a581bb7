import ArgumentParser
import GateDoctor
import GatePolicy
import GateService

/// `countersign explain`: why a pull request may or may not enter, and what somebody can do about it.
struct Explain: ContextCommand {
    static let configuration = CommandConfiguration(
        abstract: "Explain a pull request's verdict, and what somebody can do about it; posts nothing.",
        discussion: """
            With --facts and --policy it works without a forge. Exit codes: 0 all gates pass, 1 something waits or is \
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
        var words = subject[...]
        let pullRequest = examination.facts == nil ? words.popFirst() : nil
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
            case .json: context.output(try JSONText.pretty(verdict) + "\n")
            case .text: context.output(gate.flatMap(verdict.text(ofGate:)) ?? verdict.text)
            }
            if let person, format == .text {
                let account = try await examination.account(person)
                let abilities = await Abilities.of(account, in: examination, gate: gate)
                context.output("\n" + abilities.text)
            }
            let status = ExitStatus(verdict.summary.outcome)
            if status != .passed { throw status.code }
        }
    }
}

/// What one person can do about a pull request's gates, found by trying it on the facts.
struct Abilities {
    /// Who.
    var account: Account
    /// Lines for people.
    var lines: [String] = []

    var text: String { "as \(account.login):\n" + lines.map { "    \($0.oneLine)\n" }.joined() }

    static func of(_ account: Account, in examination: Examination, gate only: String?) async -> Abilities {
        var abilities = Abilities(account: account)
        let approved = await examination.verdict(supposing: [.approval(by: account)])
        for (before, after) in zip(examination.verdict.gates, approved.gates) {
            if let only, before.name != only { continue }
            abilities.lines += before.reviews.filter { $0.account == account && $0.fate != .draft }.map {
                "\(before.name): review #\($0.review) \($0.fate.mark): \(account.login) \($0.fate.wording)"
            }
            abilities.lines += before.comments.filter { $0.account == account }.map {
                "\(before.name): comment #\($0.comment) \($0.fate.mark): \(account.login) \($0.fate.wording)"
            }
            if before.outcome.status == .success {
                abilities.lines.append("\(before.name): passes already (\(before.outcome.rawValue))")
                continue
            }
            abilities.lines.append("\(before.name): \(Self.effect(of: account, before, after))")
            await abilities.addWaiver(before, examination)
        }
        return abilities
    }

    /// What an approval of the present head would do.
    private static func effect(of account: Account, _ before: GateVerdict, _ after: GateVerdict) -> String {
        let approval = "an approval by \(account.login)"
        if after.outcome.status == .success { return "\(approval) would make it pass (\(after.outcome.rawValue))" }
        let earlier = Set(before.reviews.map(\.review))
        guard let fate = after.reviews.last(where: { !earlier.contains($0.review) })?.fate else {
            return "\(approval) would change nothing"
        }
        guard case .counts = fate else {
            return "\(approval) would not count: \(account.login) \(fate.wording.trimmingPrefix("approved, but "))"
        }
        let next = after.steps.map { $0.wording(names: true) }.joined(separator: "; ")
        return "\(approval) would count, and then it is \(after.outcome.rawValue)" + (next.isEmpty ? "" : ": \(next)")
    }

    private mutating func addWaiver(_ gate: GateVerdict, _ examination: Examination) async {
        guard gate.waivableBy != nil else { return }
        let facts = examination.basis.facts
        // Told apart from every real waiver by its text.
        let waiver = Waiver(
            gate: gate.name, author: account, reason: "supposed by `explain --as`", commit: facts.pullRequest.head,
            givenAt: facts.now)
        let after = await examination.verdict(supposing: [.waiver(waiver)])
        guard let found = after.gates.first(where: { $0.name == gate.name }) else { return }
        if found.outcome.status == .success {
            lines.append("\(gate.name): `/waive \(gate.name) REASON` in a comment by \(account.login) would waive it")
        } else if let fate = found.waivers.first(where: { $0.waiver == waiver })?.fate {
            switch fate {
            case .counts:
                lines.append(
                    "\(gate.name): `/waive \(gate.name) REASON` by \(account.login) counts, and more must waive")
            default: lines.append("\(gate.name): a waiver would not count: \(account.login) \(fate.wording)")
            }
        }
    }
}
