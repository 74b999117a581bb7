extension Verdict {
    /// How a command is answered: what was understood and counts nowhere is refused.
    public func answer(to command: CommandFate) -> CommandFate.Answer {
        refusal(of: command) == nil ? command.fate.answer : .refused
    }

    /// What became of a command, in words for people; why it counts nowhere, where that is so.
    public func wording(of command: CommandFate) -> String {
        refusal(of: command) ?? command.fate.wording
    }

    /// Why a waiver or an acknowledgement that was understood does not count.
    private func refusal(of command: CommandFate) -> String? {
        switch command.fate {
        case .stands, .repeated: break
        default: return nil
        }
        switch command.command.action {
        case .waive(let name, _, _):
            guard let gate = gates.first(where: { $0.name == name }) else { return nil }
            guard gate.waivableBy != nil else { return "the policy lets nobody waive this gate" }
            let own = gate.waivers.filter { $0.waiver.author == command.author }.map(\.fate)
            return own.contains(.counts) ? nil : own.first?.wording
        case .acknowledge(let name, _, _):
            let own = gates.flatMap(\.items).filter { $0.name == name }.flatMap(\.acknowledgements)
                .filter {
                    $0.acknowledgement.author == command.author && $0.acknowledgement.comment == command.comment
                }.map(\.fate)
            return own.contains(.counts) ? nil : own.first?.wording
        case .recheck, .revoke, .why, .notUnderstood: return nil
        }
    }
}
