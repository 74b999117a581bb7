import GatePolicy

/// Who is in the sets of a repository that no team's list tells; nil where no gate asks.
public struct Signers: Sendable {
    /// Who may write the code.
    public var writers: RightHolders?
    /// Who administers the repository.
    public var admins: RightHolders?
    /// The CODEOWNERS file of the default branch.
    public var codeOwners: Known<CodeOwnersFile?>? { didSet { ownerLines = Self.lines(codeOwners) } }
    /// Its lines; a known nil where there is no such file.
    private(set) var ownerLines: Known<[CodeOwnersFile.Line]?>?

    /// Nobody asks.
    public init() {}

    /// Everybody whom that file names.
    var owners: [People] { (ownerLines?.value ?? nil)?.flatMap(\.owners) ?? [] }

    private static func lines(_ file: Known<CodeOwnersFile?>?) -> Known<[CodeOwnersFile.Line]?>? {
        switch file {
        case .known(let file?): file.lines.map { Optional($0) }
        case .known(nil): .known(nil)
        case .unknown(let unknown): .unknown(unknown)
        case nil: nil
        }
    }
}

extension RightHolders {
    /// Those who are proven to hold it, as if they were all; of a right that was not read that is nobody.
    static func provenOnly(_ holders: RightHolders?) -> RightHolders {
        let proven = holders?.proven ?? []
        let unread = Unknown(
            cause: .notRead, subject: "who holds a right", reason: "it was not read", cure: "look at what failed")
        return RightHolders(proven: proven, possible: proven, unknown: holders?.unknown ?? unread)
    }
}

extension RepositoryEvidence {
    /// The sets without a name of their own that its gates ask, or let waive, or that a change of its policy asks, those
    /// of its further branches included.
    var askedSets: Set<People> {
        ([self] + others).reduce(into: []) { sets, base in
            guard let policy = base.validPolicy else { return }
            let asked = policy.asAskedOfChanges
            // Where one writer is enough for a change, the only one there is may sign his own.
            let ofChanges = policy.change.asksForOneWriter ? [] : asked.gates.flatMap { asked.asked(by: $0) }
            let ofGates = policy.gates.flatMap { policy.asked(by: $0) + policy.askedToWaive($0) }
            for people in ofGates + ofChanges { people.eachLeaf { if $0.isToldByNoTeam { sets.insert($0) } } }
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
