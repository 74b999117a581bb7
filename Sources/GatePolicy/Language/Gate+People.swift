extension Policy {
    /// Every set of people that a gate of this policy asks about, the parts it looks at and the blocker rule included.
    public func people(of gate: Gate) -> [People] {
        Self.peopleInOrder([gate], parts(of: gate), block, change)
    }

    /// The sets that a gate's requirement asks, those of the parts it looks at included; the owners of each file are
    /// `codeowners`.
    public func asked(by gate: Gate) -> [People] {
        ([gate.require] + parts(of: gate).map(\.require)).flatMap(\.asked)
    }

    /// The sets of people who may waive a gate.
    public func askedToWaive(_ gate: Gate) -> [People] { gate.waive?.by.asked ?? [] }

    /// Whether a gate asks for owners of files, each file's or any one's.
    public func asksOwners(_ gate: Gate) -> Bool { asksOwnersOfEachFile(gate) || asksCodeOwners(gate) }

    /// Whether a gate asks for `codeowners`, so that nobody can sign for files that have no owner.
    public func asksCodeOwners(_ gate: Gate) -> Bool {
        ([gate.require] + parts(of: gate).map(\.require)).contains(where: \.asksCodeOwners)
    }

    /// Whether a gate asks for owners of each file, in whatever place.
    public func asksOwnersOfEachFile(_ gate: Gate) -> Bool {
        ([gate.require] + parts(of: gate).map(\.require)).contains(where: \.asksOwnersOfEachFile)
    }

    /// The parts that a gate looks at.
    private func parts(of gate: Gate) -> [Part] {
        var named: [Part] = []
        var open = gate.require.references
        while let name = open.popLast() {
            guard let part = parts.first(where: { $0.name.isExactly(name) }),
                !named.contains(where: { $0.name.isExactly(name) })
            else { continue }
            named.append(part)
            open += part.require.references
        }
        return named
    }
}

extension Requirement {
    /// The sets of people that can meet it.
    fileprivate var asked: [People] {
        switch self {
        case .quota(let quota): [quota.people]
        case .checklist(let checklist): checklist.items.flatMap(\.by.asked)
        case .ownersOfEachFile: [.codeOwners]
        case .all(let parts), .any(let parts): parts.flatMap(\.asked)
        case .condition, .never, .reference: []
        }
    }

    fileprivate var asksCodeOwners: Bool {
        switch self {
        case .quota(let quota):
            var isAsked = false
            quota.people.eachLeaf { if $0 == .codeOwners { isAsked = true } }
            return isAsked
        case .checklist(let checklist): return checklist.items.contains { $0.by.asksCodeOwners }
        case .all(let parts), .any(let parts): return parts.contains(where: \.asksCodeOwners)
        case .ownersOfEachFile, .condition, .never, .reference: return false
        }
    }

    fileprivate var asksOwnersOfEachFile: Bool {
        switch self {
        case .ownersOfEachFile: true
        case .all(let parts), .any(let parts): parts.contains(where: \.asksOwnersOfEachFile)
        case .quota, .condition, .never, .reference, .checklist: false
        }
    }

    /// The gates and parts it looks at.
    var references: [String] {
        switch self {
        case .reference(let reference): [reference.name]
        case .all(let parts), .any(let parts): parts.flatMap(\.references)
        default: []
        }
    }
}
