import GatePolicy

/// Who is in the sets of a repository that no team's list tells; nil where no gate asks.
public struct Signers: Sendable {
    /// Who may write the code.
    public var writers: RightHolders?
    /// Who administers the repository.
    public var admins: RightHolders?
    /// The CODEOWNERS file of the default branch.
    public var codeOwners: Known<CodeOwnersFile?>?

    /// Nobody asks.
    public init() {}
}

extension RightHolders {
    /// Those who are proven to hold it, as if they were all.
    var provenOnly: RightHolders { RightHolders(proven: proven, possible: proven, unknown: unknown) }
}

extension RepositoryEvidence {
    /// The sets without a name of their own that its gates ask, those of its further branches included.
    var askedSets: Set<People> {
        ([self] + others).reduce(into: []) { sets, base in
            for gate in base.validPolicy?.gates ?? [] {
                for people in base.validPolicy?.asked(by: gate) ?? [] {
                    people.eachLeaf { if $0.isToldByNoTeam { sets.insert($0) } }
                }
            }
        }
    }
}

extension People {
    /// Whether no team's list tells who is in it.
    var isToldByNoTeam: Bool {
        switch self {
        case .readers, .writers, .admins, .organizationMembers, .codeOwners: true
        default: false
        }
    }

    /// Whether somebody of such a set is taken away, so that fewer in it would be more who sign.
    var takesAwayWhoIsNotTold: Bool {
        switch self {
        case .group(_, let people): return people.takesAwayWhoIsNotTold
        case .union(let parts), .intersection(let parts): return parts.contains(where: \.takesAwayWhoIsNotTold)
        case .difference(let left, let right):
            var isOpen = left.takesAwayWhoIsNotTold
            right.eachLeaf { if $0.isToldByNoTeam { isOpen = true } }
            return isOpen
        default: return false
        }
    }
}
