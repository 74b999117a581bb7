extension Policy {
    /// Whether a gate, a part or the rule for changing the policy asks for code owners.
    static func speakOfCodeOwners(
        _ gates: [Gate], _ parts: [Part], _ block: Block, _ change: ChangeRule
    ) -> Bool {
        peopleInOrder(gates, parts, block, change).contains(where: \.holdsCodeOwners)
            || (gates.map(\.require) + gates.compactMap(\.waive?.by) + parts.map(\.require)
                + [change.require].compactMap(\.self)).contains(where: \.asksEachOwner)
    }

    /// Where the files of code owners are that its gates ask for: a change of them is a change of the policy.
    var codeOwnersPaths: [String] { speaksOfCodeOwners ? CodeOwnersFile.paths : [] }

    /// Every path of a repository whose change is a change of this policy.
    public func watchedPaths(of repository: RepositoryName) -> [ExactText] {
        var paths = PolicyPath.all(of: repository)
        for path in watched where !paths.contains(path) { paths.append(path) }
        return paths
    }

    /// Whether what stands at one of these paths is policy, and not only named by it.
    func isPolicy(_ path: ExactText, of repository: RepositoryName) -> Bool {
        PolicyPath.all(of: repository).contains(path)
            || included.contains(path)
    }
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
        case .checklist(let checklist): checklist.items.contains { $0.by.asksEachOwner }
        case .quota, .condition, .never, .reference: false
        }
    }
}
