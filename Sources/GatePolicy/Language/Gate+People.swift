extension Policy {
    /// Every set of people that a gate of this policy asks about, the parts it looks at and the blocker rule included.
    public func people(of gate: Gate) -> [People] {
        var named: [Part] = []
        var open = gate.require.references
        while let name = open.popLast() {
            guard let part = parts.first(where: { $0.name.isExactly(name) }),
                !named.contains(where: { $0.name.isExactly(name) })
            else { continue }
            named.append(part)
            open += part.require.references
        }
        return Self.peopleInOrder([gate], named, block, change)
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
