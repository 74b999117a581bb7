/// A gate or part, planned or about to be, that refers to others.
protocol ReferringGate {
    var when: PlannedCondition { get }
    var require: PlannedRequirement { get }
    /// The gates and parts that it refers to, each once.
    var references: [String] { get }
}

extension GateDraft: ReferringGate {}
extension PlannedGate: ReferringGate {}

extension Plan {
    /// What could be met if every condition changed; references, which make no circles, last.
    /// - Parameters:
    ///   - canFill: whether a count's set may have enough people.
    ///   - canBeWaived: whether what is asked for may be waived: then it holds for whatever refers to it.
    static func meetable<Each: ReferringGate>(
        _ gates: [String: Each], _ canFill: (PlannedRequirement.Quota) -> Bool,
        orWaived canBeWaived: (Each) -> Bool = { _ in false }
    ) -> [String: Bool] {
        var known: [String: Bool] = [:]
        var open = Array(gates.keys)
        while !open.isEmpty {
            var later: [String] = []
            for name in open {
                guard let gate = gates[name] else { continue }
                if gate.references.contains(where: { known[$0] == nil && gates[$0] != nil }) {
                    later.append(name)
                    continue
                }
                let canBeMet = gate.require.canEverBeMet(canFill) { reference in
                    guard let other = gates[reference.name] else { return false }
                    return known[reference.name] ?? false || (reference.allowsNotNeeded && !other.when.isAlways)
                }
                known[name] = canBeMet || canBeWaived(gate)
            }
            if later.count == open.count { break }
            open = later
        }
        return known
    }
}

extension PlannedRequirement {
    /// Whether it could be met if every condition changed.
    /// - Parameters:
    ///   - canFill: whether a count's set may have enough people.
    ///   - isMeetable: whether what it refers to may be what it asks for.
    func canEverBeMet(_ canFill: (Quota) -> Bool, _ isMeetable: (Requirement.Reference) -> Bool) -> Bool {
        switch shape {
        case .quota(let quota): canFill(quota)
        case .condition, .ownersOfEachFile: true
        case .never: false
        case .reference(let reference): isMeetable(reference)
        case .checklist(let checklist): checklist.canEverBeMet { $0.canEverBeMet(canFill, isMeetable) }
        case .all: parts.allSatisfy { $0.canEverBeMet(canFill, isMeetable) }
        case .any: parts.contains { $0.canEverBeMet(canFill, isMeetable) }
        }
    }

    /// Every count in it, those of a checklist's items among them.
    func eachQuota(_ found: (Quota) -> Void) {
        if case .quota(let quota) = shape { found(quota) }
        if case .checklist(let checklist) = shape { for item in checklist.items { item.by.eachQuota(found) } }
        for part in parts { part.eachQuota(found) }
    }
}
