extension Policy {
    /// Whether a gate or part asks for code owners.
    public var speaksOfCodeOwners: Bool {
        Self.peopleInOrder(gates, parts, block).contains(where: \.holdsCodeOwners)
            || (gates.map(\.require) + gates.compactMap(\.waive?.by) + parts.map(\.require))
                .contains(where: \.asksEachOwner)
    }

    /// The files beside the policy's own that decide what its gates mean: a change of them is a change of the policy.
    public var watchedPaths: [String] { speaksOfCodeOwners ? CodeOwnersFile.paths : [] }
}

extension People {
    fileprivate var holdsCodeOwners: Bool {
        switch self {
        case .codeOwners: true
        case .group(_, let meaning): meaning.holdsCodeOwners
        case .union(let parts), .intersection(let parts): parts.contains(where: \.holdsCodeOwners)
        case .difference(let left, let right): left.holdsCodeOwners || right.holdsCodeOwners
        case .user, .team, .organizationTeam, .author, .committers, .anyone, .organizationMembers, .readers, .writers,
            .admins, .nobody:
            false
        }
    }
}

extension Requirement {
    fileprivate var asksEachOwner: Bool {
        switch self {
        case .ownersOfEachFile: true
        case .all(let parts), .any(let parts): parts.contains(where: \.asksEachOwner)
        case .quota, .condition, .never, .reference: false
        }
    }
}
