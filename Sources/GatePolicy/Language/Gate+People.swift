extension Policy {
    /// Every set of people that a gate of this policy asks about, the parts it looks at and the blocker rule included.
    public func people(of gate: Gate) -> [People] {
        Self.peopleInOrder([gate], parts(of: gate), block, ChangeRule(require: nil))
    }

    /// Every set of people that a change of this policy asks about.
    public var peopleOfChanges: [People] { Self.peopleInOrder([], [], Block(by: nil), change) }

    /// The sets that a gate's requirement asks, those of the parts it looks at included; the owners of each file are
    /// `codeowners`.
    public func asked(by gate: Gate) -> [People] {
        leaves(of: gate).compactMap(\.people)
    }

    /// The sets of people who may waive a gate.
    public func askedToWaive(_ gate: Gate) -> [People] { gate.waive?.by.leaves.compactMap(\.people) ?? [] }

    /// Whether a gate asks for owners of files, each file's or any one's.
    public func asksOwners(_ gate: Gate) -> Bool { asksOwnersOfEachFile(gate) || asksCodeOwners(gate) }

    /// Whether a gate asks for `codeowners`, so that nobody can sign for files that have no owner.
    public func asksCodeOwners(_ gate: Gate) -> Bool {
        leaves(of: gate).contains { $0.quotaOfOwners != nil }
    }

    /// Whether a gate asks for all of `codeowners`, so that more owners are more who must sign.
    public func asksAllOfCodeOwners(_ gate: Gate) -> Bool {
        leaves(of: gate).contains { leaf in leaf.quotaOfOwners.map { $0.count == nil } ?? false }
    }

    /// Whether a gate asks for owners of each file, in whatever place.
    public func asksOwnersOfEachFile(_ gate: Gate) -> Bool {
        leaves(of: gate).contains { if case .ownersOfEachFile = $0 { true } else { false } }
    }

    /// The gates that ask for owners of files, and those on which their verdicts hang: what they look at, and what
    /// shares people with them by `distinct`.
    var gatesOfOwners: Set<String> {
        var names = Set(gates.filter { asksOwners($0) }.map(\.name))
        var known = 0
        while known < names.count {
            known = names.count
            for gate in gates where names.contains(gate.name) {
                names.formUnion(gate.require.references + parts(of: gate).flatMap(\.require.references))
            }
            for list in distinct where !names.isDisjoint(with: list) { names.formUnion(list) }
        }
        return names
    }

    /// What a gate's requirement is put together of, that of the parts it looks at included.
    private func leaves(of gate: Gate) -> [Requirement] {
        ([gate.require] + parts(of: gate).map(\.require)).flatMap(\.leaves)
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
    /// What it is put together of, items of checklists by what they ask for.
    var leaves: [Requirement] {
        switch self {
        case .checklist(let checklist): checklist.items.flatMap(\.by.leaves)
        case .all(let parts), .any(let parts): parts.flatMap(\.leaves)
        case .quota, .ownersOfEachFile, .condition, .never, .reference: [self]
        }
    }

    /// The set of people that can meet a leaf; nil for one that asks nobody.
    fileprivate var people: People? {
        switch self {
        case .quota(let quota): quota.people
        case .ownersOfEachFile: .codeOwners
        default: nil
        }
    }

    /// The quota of a leaf that asks for `codeowners`.
    fileprivate var quotaOfOwners: Quota? {
        guard case .quota(let quota) = self else { return nil }
        var isOfOwners = false
        quota.people.eachLeaf { if $0 == .codeOwners { isOfOwners = true } }
        return isOfOwners ? quota : nil
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
