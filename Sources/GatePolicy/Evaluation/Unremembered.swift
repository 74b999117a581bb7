/// What somebody with a memory may know of a pull request, and the facts of one moment cannot tell.
public enum Unremembered: String, Hashable, Sendable, Codable {
    /// Whether a comment that was deleted, or edited since, took something back.
    case withdrawals
    /// Whether a comment that was deleted asked for changes.
    case objections
    /// Which commit a command was given for.
    case heads
    /// Whether a login belonged to somebody else when the policy was first used.
    case accounts

    /// In words, behind "only the service can know".
    public var wording: String {
        switch self {
        case .withdrawals: "whether a comment that is gone took something back"
        case .objections: "whether a comment that is gone asked for changes"
        case .heads: "for which commit a command was given that names none"
        case .accounts: "whether a login that the policy names was somebody else's before"
        }
    }
}

extension Evaluation {
    /// What might be otherwise for somebody with a memory; nil for whoever has one, and where nothing might.
    mutating func unremembered(_ gates: [GateVerdict]) -> [Unremembered]? {
        if facts.answersSeen != nil { return nil }
        let fates = readLedger?.value?.fates ?? []
        var found: [Unremembered] = []
        if gates.contains(where: \.restsOnComments) { found.append(.withdrawals) }
        if policy.plan.hasObjections { found.append(.objections) }
        if fates.contains(where: { $0.fate == .noHead }) { found.append(.heads) }
        if !policy.plan.accounts.isEmpty { found.append(.accounts) }
        return found.isEmpty ? nil : found
    }
}

extension GateVerdict {
    /// Whether something that was said in a comment counts.
    fileprivate var restsOnComments: Bool {
        comments.contains { if case .counts = $0.fate { true } else { false } }
            || waivers.contains { if case .counts = $0.fate { true } else { false } }
            || items.contains { $0.acknowledgements.contains { if case .counts = $0.fate { true } else { false } } }
    }
}
