import GateForge
import GatePolicy
import GateStore
import Logging

extension Gatekeeper {
    /// Answers commands with reactions, and `/why` with one comment that is kept up to date.
    ///
    /// Best effort: what fails here holds nothing up and is not tried again.
    func answerCommands(_ decision: Decision, _ look: Look, _ logger: Logger) async {
        guard case .verdict(let verdict) = decision.result, let seen = decision.commandsSeen else { return }
        let repository = look.snapshot.repository
        for (comment, fates) in Dictionary(grouping: verdict.commands, by: \.comment).sorted(by: { $0.key < $1.key }) {
            // What was there before the service first looked was answered by nobody, and nobody waits for it.
            guard let first = look.recollection.remembered.lastLook, comment > first.comment, comment <= seen else {
                continue
            }
            do {
                try await forge.react(verdict.reaction(to: fates), to: comment, of: repository.name)
                if fates.contains(where: \.asksWhy) { try await explain(verdict, look) }
            } catch {
                logger.notice("could not answer a command", metadata: ["comment": "\(comment)", "problem": "\(error)"])
            }
        }
    }

    private func explain(_ verdict: Verdict, _ look: Look) async throws {
        let repository = look.snapshot.repository
        let text = "```text\n" + verdict.text.replacing("```", with: "'''") + "```\n"
        if let id = try await store.explanation(repository.id, look.pull.number) {
            try await forge.editComment(id, of: repository.name, to: text)
        } else {
            let id = try await forge.comment(text, on: look.pull.number, of: repository.name)
            try await store.remember(explanation: id, of: repository.id, look.pull.number, at: clock.now())
        }
    }
}

extension CommandFate {
    fileprivate var asksWhy: Bool {
        if case .why = command.action { fate == .asked } else { false }
    }
}

extension Verdict {
    /// `+1` done, `confused` not understood, `-1` not allowed: of several commands in a comment the worst.
    fileprivate func reaction(to fates: [CommandFate]) -> String {
        if fates.contains(where: { $0.fate.answer == .notUnderstood }) { return "confused" }
        if fates.contains(where: { $0.fate.answer == .refused || isRefused($0) }) { return "-1" }
        return "+1"
    }

    /// Whether a waiver was understood and does not count.
    private func isRefused(_ fate: CommandFate) -> Bool {
        guard case .waive(let name, _, _) = fate.command.action, let gate = gates.first(where: { $0.name == name })
        else {
            return false
        }
        let own = gate.waivers.filter { $0.waiver.author == fate.author }
        return !own.isEmpty && !own.contains { $0.fate == .counts }
    }
}
