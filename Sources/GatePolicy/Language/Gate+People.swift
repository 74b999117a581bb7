extension Policy {
    /// Every set of people that a gate of this policy asks about, the parts it looks at and the blocker rule included.
    public func people(of gate: Gate) -> [People] {
        let named = gate.require.references
        return Self.peopleInOrder(
            [gate], parts.filter { part in named.contains { $0.isExactly(part.name) } }, block, change)
    }
}

extension Requirement {
    /// The gates and parts it looks at.
    var references: [String] {
        switch self {
        case .reference(let reference): [reference.name]
        case .all(let parts), .any(let parts): parts.flatMap(\.references)
        default: []
        }
    }
}
