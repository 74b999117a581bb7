/// A set of accounts as a policy writes it; names of groups are already replaced by what they stand for.
public indirect enum People: Hashable, Sendable {
    /// `@alice`.
    case user(String, SourceSpan)
    /// `@acme/qa`.
    case team(TeamReference, SourceSpan)
    /// A bare name that is no group: a team of the repository's organisation.
    case organizationTeam(String, SourceSpan)
    /// A group of the file, by name, and what it stands for.
    case group(String, People)
    /// The opener.
    case author
    /// Who pushed or wrote a commit.
    case committers(CommitterRule = .plain)
    /// Every account.
    case anyone
    /// The organisation's members.
    case organizationMembers
    /// Who may read the repository.
    case readers
    /// Who may write the code.
    case writers
    /// Who administers the repository.
    case admins
    /// The owners of any changed file, by the CODEOWNERS file.
    case codeOwners
    /// `a | b`.
    case union([People])
    /// `a & b`.
    case intersection([People])
    /// `a - b`.
    case difference(People, People)
    /// Nobody at all; only where a policy says so outright.
    case nobody
}

extension People: CustomStringConvertible {
    /// The set as a policy writes it.
    public var description: String {
        switch self {
        case .user(let login, _): "@\(login)"
        case .team(let team, _): "@\(team)"
        case .organizationTeam(let name, _), .group(let name, _): name
        case .author: "author"
        case .committers: "committers"
        case .anyone: "anyone"
        case .organizationMembers: "org_members"
        case .readers: "readers"
        case .writers: "writers"
        case .admins: "admins"
        case .codeOwners: "codeowners"
        case .union(let parts): parts.map(\.operand).joined(separator: " | ")
        case .intersection(let parts): parts.map(\.operand).joined(separator: " & ")
        case .difference(let left, let right): "\(left.leftOperand) - \(right.operand)"
        case .nobody: "nobody"
        }
    }

    /// Every set that it is put together of, those that are taken away among them.
    public func eachLeaf(_ found: (People) -> Void) {
        switch self {
        case .group(_, let meaning): meaning.eachLeaf(found)
        case .union(let parts), .intersection(let parts): for part in parts { part.eachLeaf(found) }
        case .difference(let left, let right):
            left.eachLeaf(found)
            right.eachLeaf(found)
        case .user, .team, .organizationTeam, .author, .committers, .anyone, .organizationMembers, .readers, .writers,
            .admins, .codeOwners, .nobody:
            found(self)
        }
    }

    /// Whether it is made of teams, all of their people.
    var namesOnlyTeams: Bool {
        switch self {
        case .team, .organizationTeam: true
        case .group(_, let meaning): meaning.namesOnlyTeams
        case .union(let parts): parts.allSatisfy(\.namesOnlyTeams)
        default: false
        }
    }

    /// The sets of a union, else the set itself, as parts of a longer union.
    var alternatives: [String] {
        if case .union(let parts) = self { parts.map(\.operand) } else { [operand] }
    }

    private var operand: String {
        switch self {
        case .union, .intersection, .difference: "(\(self))"
        default: description
        }
    }

    private var leftOperand: String {
        if case .difference = self { description } else { operand }
    }
}
