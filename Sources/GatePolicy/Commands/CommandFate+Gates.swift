extension CommandFate {
    /// The same, refused where it was understood and counts nowhere.
    func judged(by gates: [GateVerdict]) -> CommandFate {
        guard let reason = refusal(by: gates) else { return self }
        var judged = self
        judged.fate = .refused(reason: reason)
        return judged
    }

    /// Why a waiver or an acknowledgement that was understood does not count.
    private func refusal(by gates: [GateVerdict]) -> String? {
        let stands: Bool
        switch fate {
        case .stands, .repeated: stands = true
        case .noHead, .unknownHead: stands = false
        default: return nil
        }
        switch command.action {
        case .waive(let name, _, _):
            guard let gate = gates.first(where: { $0.name == name }) else { return nil }
            // Whichever commit it was given for.
            guard gate.waivableBy != nil else { return "the policy lets nobody waive this gate" }
            guard stands else { return nil }
            let own = gate.waivers.filter { $0.waiver.author == author }.map(\.fate)
            return own.contains(.counts) ? nil : own.first?.wording
        case .acknowledge(let name, _, _):
            guard stands else { return nil }
            let own = gates.flatMap(\.items).filter { $0.name == name }.flatMap(\.acknowledgements)
                .filter { $0.acknowledgement.author == author && $0.acknowledgement.comment == comment }.map(\.fate)
            return own.contains(.counts) ? nil : own.first?.wording
        case .recheck, .revoke, .why, .notUnderstood: return nil
        }
    }
}
