extension GateDraft {
    /// Finds the gates whose `/revoke` takes back a comment that approves a part: those that lead to it.
    static func findRevocable(_ gates: [Gate], _ drafts: inout [String: GateDraft]) {
        guard drafts.values.contains(where: { $0.gate == nil && $0.rules.comments != nil }) else { return }
        for gate in gates {
            var open = drafts[gate.name]?.references ?? []
            var seen: Set<String> = []
            while let name = open.popLast() {
                guard let part = drafts[name], part.gate == nil, seen.insert(name).inserted else { continue }
                drafts[name]?.rules = part.rules.revocable(by: part.rules.revocableBy.union([gate.name]))
                open += part.references
            }
        }
    }
}

extension ApprovalRules {
    /// The same, where a `/revoke` of these gates takes a comment's approval back.
    func revocable(by gates: Set<String>) -> ApprovalRules {
        var rules = self
        // Where no comment approves, gates of the same rules are judged together.
        if comments != nil { rules.revocableBy = gates }
        return rules
    }
}
