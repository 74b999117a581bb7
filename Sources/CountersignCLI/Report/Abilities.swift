import GateDoctor
import GatePolicy
import GateService

/// What one person can do about a pull request's gates, found by trying it on the facts.
struct Abilities {
    /// Who.
    var account: Account
    /// Whether it is the account that posts the statuses, whose comments are passed over.
    var isService = false
    /// Lines for people.
    var lines: [String] = []

    var text: String { "as \(account.login):\n" + lines.map { "    \($0.oneLine)\n" }.joined() }

    static func of(_ account: Account, in examination: Examination, gate only: String?) async -> Abilities {
        var abilities = Abilities(account: account, isService: account == examination.basis.facts.serviceAccount)
        let approved = await examination.verdict(supposing: [.approval(by: account)])
        let commands = examination.verdict.commands.filter { $0.author == account }
        if only == nil { abilities.tellMisunderstood(commands) }
        for before in examination.verdict.gates where only.map({ before.name == $0 }) ?? true {
            // A gate that holds nothing any more is told as it is now.
            let after = approved.gates.first { $0.name == before.name } ?? before
            abilities.tellWords(of: before)
            abilities.tellWaivers(of: before, commands)
            if before.outcome.status == .success {
                abilities.lines.append("\(before.name): passes already (\(before.outcome.rawValue))")
                continue
            }
            let gate = examination.basis.policy.gates.first { $0.name == before.name }
            if gate?.takesApprovals != false {
                abilities.addApproval(before, after)
                for patterns in gate.map(examination.basis.policy.commentsThatApprove) ?? [] {
                    await abilities.addComment(before, patterns, examination)
                }
            }
            await abilities.addLabels(before, gate.map(examination.basis.policy.labels) ?? [], examination)
            await abilities.addAcknowledgements(before, examination)
            await abilities.addWaiver(before, examination)
        }
        return abilities
    }

    /// What became of what this person said already.
    private mutating func tellWords(of gate: GateVerdict) {
        lines += gate.reviews.filter { $0.account == account && $0.fate != .draft }.map {
            "\(gate.name): review #\($0.review) \($0.fate.mark): \(account.login) \($0.fate.wording)"
        }
        lines += gate.comments.filter { $0.account == account }.map {
            "\(gate.name): comment #\($0.comment) \($0.fate.mark): \(account.login) \($0.fate.wording)"
        }
        for item in gate.items {
            lines += item.acknowledgements.filter { $0.acknowledgement.author == account }.map {
                "\(gate.name): comment #\($0.acknowledgement.comment) on `\(item.name)`: "
                    + "\(account.login) \($0.fate.wording)"
            }
        }
    }

    /// What became of this person's waivers of a gate.
    private mutating func tellWaivers(of gate: GateVerdict, _ commands: [CommandFate]) {
        for command in commands {
            guard case .waive(gate.name, _, _) = command.command.action else { continue }
            lines.append("\(gate.name): comment #\(command.comment): \(command.line)")
        }
    }

    /// Commands of this person that are about no gate, because nobody understands them.
    private mutating func tellMisunderstood(_ commands: [CommandFate]) {
        for command in commands where command.fate.answer == .notUnderstood {
            lines.append("comment #\(command.comment): \(command.line)")
        }
    }

    // MARK: What this person could do

    /// An approving review of the present head.
    private mutating func addApproval(_ before: GateVerdict, _ after: GateVerdict) {
        let earlier = Set(before.reviews.map(\.review))
        let fate = after.reviews.last { !earlier.contains($0.review) }?.fate
        tell("an approval by \(account.login)", fate, after)
    }

    /// A comment of those that the policy takes as approvals.
    private mutating func addComment(
        _ gate: GateVerdict, _ patterns: TextPatterns, _ examination: Examination
    ) async {
        guard let words = examination.basis.policy.example(of: patterns) else {
            lines.append("\(gate.name): comments that match \(patterns.description) approve, too; none was tried")
            return
        }
        guard let after = await self.gate(gate.name, examination, .comment(words, by: account)) else { return }
        let earlier = Set(gate.comments.map(\.comment))
        let fate = after.comments.last { !earlier.contains($0.comment) }?.fate
        tell("a comment `\(words)` by \(account.login)", fate, after)
    }

    private mutating func tell(_ act: String, _ fate: Fate?, _ after: GateVerdict) {
        let counts = if case .counts? = fate { true } else { false }
        tell(act, counts: counts, refusal: fate.map { "\($0.wording.trimmingPrefix("approved, but "))" }, after)
    }

    private mutating func tell(_ act: String, counts: Bool, refusal: String?, _ after: GateVerdict) {
        if after.outcome.status == .success {
            lines.append("\(after.name): \(act) would make it pass (\(after.outcome.rawValue))")
        } else if counts {
            lines.append("\(after.name): \(act) would count, and then it is \(Self.state(of: after))")
        } else if let refusal {
            lines.append("\(after.name): \(act) would not count: \(account.login) \(refusal)")
        } else {
            let why =
                isService
                ? ": \(account.login) posts these statuses, and nothing in its comments is a command or an approval"
                : ""
            lines.append("\(after.name): \(act) would change nothing\(why)")
        }
    }

    /// `/ack` for each item that is open.
    private mutating func addAcknowledgements(_ gate: GateVerdict, _ examination: Examination) async {
        for item in gate.items where item.state != .met && item.state != .notNeeded {
            let command = "/ack \(item.name)"
            guard let after = await self.gate(gate.name, examination, .comment(command, by: account)),
                let found = after.items.first(where: { $0.name == item.name })
            else { continue }
            let act = "`\(command)` in a comment by \(account.login)"
            let earlier = Set(item.acknowledgements.map(\.acknowledgement))
            let fate = found.acknowledgements.last { !earlier.contains($0.acknowledgement) }?.fate
            tell(act, counts: fate == .counts || found.state == .met, refusal: fate?.wording, after)
        }
    }

    /// Labels that the gate asks of certain people.
    private mutating func addLabels(_ gate: GateVerdict, _ labels: [String], _ examination: Examination) async {
        for label in labels {
            guard let after = await self.gate(gate.name, examination, .label(label, by: account)),
                after.outcome != gate.outcome || after.steps != gate.steps
            else { continue }
            tell("the label `\(label)` put on by \(account.login)", counts: true, refusal: nil, after)
        }
    }

    private mutating func addWaiver(_ gate: GateVerdict, _ examination: Examination) async {
        guard gate.waivableBy != nil else { return }
        let facts = examination.basis.facts
        // Told apart from every real waiver by its text.
        let waiver = Waiver(
            gate: gate.name, author: account, reason: "supposed by `explain --as`", commit: facts.pullRequest.head,
            givenAt: facts.now)
        guard let found = await self.gate(gate.name, examination, .waiver(waiver)) else { return }
        if found.outcome.status == .success {
            lines.append("\(gate.name): `/waive \(gate.name) REASON` in a comment by \(account.login) would waive it")
        } else if let fate = found.waivers.first(where: { $0.waiver == waiver })?.fate {
            switch fate {
            case .counts where found.outcome == .rejected:
                lines.append(
                    "\(gate.name): `/waive \(gate.name) REASON` by \(account.login) counts, "
                        + "and then it is \(Self.state(of: found))")
            case .counts:
                let missing = found.missingWaivers.map { "then \($0) must waive it, too" } ?? "more must waive"
                lines.append(
                    "\(gate.name): `/waive \(gate.name) REASON` by \(account.login) counts, and \(missing)")
            default: lines.append("\(gate.name): a waiver would not count: \(account.login) \(fate.wording)")
            }
        }
    }

    private func gate(
        _ name: String, _ examination: Examination, _ hypothesis: Hypothesis
    ) async -> GateVerdict? {
        await examination.verdict(supposing: [hypothesis]).gates.first { $0.name == name }
    }

    /// What a gate came to, and what it still asks for.
    private static func state(of gate: GateVerdict) -> String {
        let next = gate.steps.map { $0.wording(names: true) }.joined(separator: "; ")
        return gate.outcome.rawValue + (next.isEmpty ? "" : ": \(next)")
    }
}

extension Gate {
    /// Whether it asks for more than a checklist, which takes no approval.
    fileprivate var takesApprovals: Bool { if case .checklist = require { false } else { true } }
}
