import Crypto
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
        var isAsked = false
        for (comment, fates) in Dictionary(grouping: verdict.commands, by: \.comment).sorted(by: { $0.key < $1.key }) {
            // What was there before the service first looked was answered by nobody, and nobody waits for it.
            guard let first = look.recollection.remembered.lastLook, comment > first.comment, comment <= seen else {
                continue
            }
            isAsked = isAsked || fates.contains(where: \.asksWhy)
            do {
                try await forge.react(verdict.reaction(to: fates), to: comment, of: repository.name)
            } catch {
                logger.notice("could not answer a command", metadata: ["comment": "\(comment)", "problem": "\(error)"])
            }
        }
        do {
            try await explain(verdict, look, isAsked: isAsked)
        } catch {
            logger.notice("could not answer `/why`", metadata: ["problem": "\(error)"])
        }
    }

    /// How long nothing is explained again.
    private static let pause = Duration.seconds(60)

    /// One comment, written when somebody asks and kept up to date from then on, at most once a minute.
    private func explain(_ verdict: Verdict, _ look: Look, isAsked: Bool) async throws {
        let repository = look.snapshot.repository
        let known = try await store.explanation(repository.id, look.pull.number)
        guard isAsked || known != nil else { return }
        let now = clock.now()
        let text = "```text\n" + verdict.text.replacing("```", with: "'''") + "```\n"
        var next = Explained(comment: 0, digest: SHA256.hexadecimal(text.utf8), at: now)
        if let known {
            let since = now.since(known.at)
            if known.digest == next.digest || since >= .zero && since < Self.pause { return }
        }
        if let known, try await edit(known.comment, of: repository.name, to: text) {
            next.comment = known.comment
        } else {
            next.comment = try await forge.comment(text, on: look.pull.number, of: repository.name)
        }
        try await store.remember(explanation: next, of: repository.id, look.pull.number)
    }

    /// Whether there was a comment to edit: somebody may have deleted it.
    private func edit(_ comment: Int64, of repository: RepositoryName, to text: String) async throws(ForgeError) -> Bool
    {
        do {
            try await forge.editComment(comment, of: repository, to: text)
            return true
        } catch {
            guard case .notFound = error.kind else { throw error }
            return false
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
        let answers = Set(fates.map(\.fate.answer))
        return answers.contains(.notUnderstood) ? "confused" : answers.contains(.refused) ? "-1" : "+1"
    }
}
