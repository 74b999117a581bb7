extension Policy {
    /// Every set of people the policy writes, in the file's order.
    static func peopleInOrder(_ gates: [Gate], _ parts: [Part], _ block: Block) -> [People] {
        var found: [People] = []
        for gate in gates {
            gate.when.collectPeople(&found)
            gate.require.collectPeople(&found)
            gate.waive?.by.collectPeople(&found)
            if let people = gate.block.by { found.append(people) }
            if case .advisory(let condition?) = gate.mode { condition.collectPeople(&found) }
        }
        for part in parts {
            part.when.collectPeople(&found)
            part.require.collectPeople(&found)
        }
        if let people = block.by { found.append(people) }
        return found
    }
}

extension Requirement {
    fileprivate func collectPeople(_ found: inout [People]) {
        switch self {
        case .quota(let quota): found.append(quota.people)
        case .condition(let condition): condition.collectPeople(&found)
        case .never, .reference, .ownersOfEachFile: break
        case .all(let parts), .any(let parts): for part in parts { part.collectPeople(&found) }
        }
    }
}

extension Condition {
    fileprivate func collectPeople(_ found: inout [People]) {
        switch self {
        case .constant: break
        case .test(let test): found.append(contentsOf: test.people)
        case .not(let inner): inner.collectPeople(&found)
        case .all(let parts), .any(let parts): for part in parts { part.collectPeople(&found) }
        }
    }
}
