/// What gates say of the waivers and acknowledgements that people gave, by who gave them where.
///
/// People may write thousands of commands: each is looked up, and never looked for.
struct GivenWords {
    /// A waiver, as a command gives it.
    private struct WaiverKey: Hashable {
        var gate: String
        var author: Account
        var comment: Int64?
        var commit: CommitID?
        var reason: String
    }

    private struct AcknowledgementKey: Hashable {
        var item: String
        var author: Account
        var comment: Int64
    }

    /// Who may waive each gate; nil inside for nobody.
    private var waivableBy: [String: String?] = [:]
    /// Why a waiver gives nothing; nil inside where it counts.
    private var waivers: [WaiverKey: String?] = [:]
    /// Why an acknowledgement gives nothing, wherever its item stands; nil inside where it counts.
    private var acknowledgements: [AcknowledgementKey: String?] = [:]

    init(_ gates: [GateVerdict]) {
        // By their places: a gate's verdict is much to copy.
        for place in gates.indices {
            let name = gates[place].name
            if waivableBy[name] == nil { waivableBy[name] = .some(gates[place].waivableBy) }
            for given in gates[place].waivers {
                let waiver = given.waiver
                let key = WaiverKey(
                    gate: name, author: waiver.author, comment: waiver.comment, commit: waiver.commit,
                    reason: waiver.reason)
                Self.note(given.fate == .counts ? nil : given.fate.wording, at: key, in: &waivers)
            }
            for item in gates[place].items {
                for given in item.acknowledgements {
                    let word = given.acknowledgement
                    let key = AcknowledgementKey(item: item.name, author: word.author, comment: word.comment)
                    Self.note(given.fate == .counts ? nil : given.fate.wording, at: key, in: &acknowledgements)
                }
            }
        }
    }

    /// What counts anywhere counts; of several refusals the first is told.
    private static func note<Key: Hashable>(_ refusal: String?, at key: Key, in table: inout [Key: String?]) {
        if refusal == nil || table[key] == nil { table[key] = .some(refusal) }
    }

    /// Why a waiver or an acknowledgement that was understood does not count; nil where it does.
    func refusal(of command: CommandFate) -> String? {
        let commit: CommitID?
        switch command.fate {
        case .stands(let head), .repeated(let head, _): commit = head
        case .noHead, .unknownHead: commit = nil
        default: return nil
        }
        switch command.command.action {
        case .waive(let name, _, let reason):
            guard let by = waivableBy[name] else { return nil }
            // Whichever commit it was given for.
            if by == nil { return "the policy lets nobody waive this gate" }
            guard let commit, let author = command.author else { return nil }
            let key = WaiverKey(gate: name, author: author, comment: command.comment, commit: commit, reason: reason)
            return waivers[key] ?? nil
        case .acknowledge(let name, _, _):
            guard commit != nil, let author = command.author else { return nil }
            let key = AcknowledgementKey(item: name, author: author, comment: command.comment)
            return acknowledgements[key] ?? nil
        case .recheck, .revoke, .why, .notUnderstood: return nil
        }
    }
}

extension CommandFate {
    /// The same, refused where it was understood and counts nowhere.
    func judged(by given: GivenWords) -> CommandFate {
        guard let reason = given.refusal(of: self) else { return self }
        var judged = self
        judged.fate = .refused(reason: reason)
        return judged
    }
}
