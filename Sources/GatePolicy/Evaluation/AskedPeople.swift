/// People of whom a requirement asks a signature, or some.
struct AskedPeople: Hashable, Sendable {
    let people: PlannedPeople
    /// Whether it asks all of them, so that more people in the set could hold a gate back.
    let isAll: Bool
}

extension PlannedRequirement {
    /// Everybody whose signatures fill its places; items of checklists ask for themselves.
    var asked: [AskedPeople] {
        switch shape {
        case .quota(let quota): [AskedPeople(people: quota.asked, isAll: quota.count == nil)]
        case .ownersOfEachFile: [AskedPeople(people: PlannedPeople(people: .codeOwners, number: nil), isAll: false)]
        case .all, .any: parts.flatMap(\.asked)
        case .condition, .never, .reference, .checklist: []
        }
    }
}

extension Plan {
    /// Everybody whose approvals fill places, by the rules under which they are judged, each set once; whose `/revoke`
    /// reaches a comment makes no difference.
    static func asked(_ gates: [PlannedGate]) -> [(rules: ApprovalRules, people: [AskedPeople])] {
        var seen: [ApprovalRules: Set<AskedPeople>] = [:]
        var asked: [ApprovalRules: [AskedPeople]] = [:]
        for gate in gates {
            let rules = gate.rules.revocable(by: [])
            for set in gate.require.asked where seen[rules, default: []].insert(set).inserted {
                asked[rules, default: []].append(set)
            }
        }
        return asked.map { ($0.key, $0.value) }
    }

    /// Everybody whose approvals fill places under some rules.
    func asked(under rules: ApprovalRules) -> [AskedPeople] {
        let rules = rules.revocable(by: [])
        return askedUnder.first { $0.rules == rules }?.people ?? []
    }
}
