/// A gate or part whose texts are worded, while what depends on other gates is still looked for.
struct GateDraft {
    let when: PlannedCondition
    let whenLookedAt: PlannedCondition?
    let require: PlannedRequirement
    let waive: PlannedRequirement?
    let advisory: PlannedCondition?
    let gate: Gate?
    var rules: ApprovalRules
    let references: [String]
    var group: Int?
    /// The gates of its `distinct` list that are served before it.
    var servedAfter: [String] = []
    var canEverBeMet = true

    init(_ gate: Gate, _ index: inout PlanIndex) {
        if case .advisory(let condition?) = gate.mode {
            advisory = PlannedCondition(condition, &index)
        } else {
            advisory = nil
        }
        when = PlannedCondition(gate.when, &index)
        whenLookedAt = gate.whenLookedAt.map { PlannedCondition($0, &index) }
        require = PlannedRequirement(gate.require, &index)
        waive = gate.waive.map { PlannedRequirement($0.by, &index) }
        self.gate = gate
        rules = gate.approvals.revocable(by: [gate.name])
        references = require.allReferences
    }

    init(_ part: Part, _ index: inout PlanIndex) {
        when = PlannedCondition(part.when, &index)
        whenLookedAt = part.whenLookedAt.map { PlannedCondition($0, &index) }
        require = PlannedRequirement(part.require, &index)
        (waive, advisory, gate) = (nil, nil, nil)
        rules = part.approvals
        references = require.allReferences
    }
}

extension PlannedRequirement {
    /// The gates and parts that it refers to, each once.
    fileprivate var allReferences: [String] {
        var names: [String] = []
        collectReferences(&names)
        return names
    }

    private func collectReferences(_ names: inout [String]) {
        if case .reference(let reference) = shape, !names.contains(reference.name) { names.append(reference.name) }
        for part in parts { part.collectReferences(&names) }
    }
}
