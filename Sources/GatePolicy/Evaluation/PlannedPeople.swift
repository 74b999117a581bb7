/// A set of people with its number in the plan: what an evaluation finds out about it is found once.
struct PlannedPeople: Sendable {
    let people: People
    /// Nil for a set that is no part of the policy.
    let number: Int?
    /// The number of the team that it is; nil for a set that is no team, or no part of the policy.
    let team: Int?

    init(people: People, number: Int?, team: Int? = nil) {
        self.people = people
        self.number = number
        self.team = team
    }
}

extension PlannedPeople: Hashable {
    /// Two sets are one wherever they are written; of one plan they then have one number, which is found quickly.
    static func == (left: PlannedPeople, right: PlannedPeople) -> Bool {
        left.number == right.number && left.people.withoutPlaces == right.people.withoutPlaces
    }

    /// Hashes the number.
    func hash(into hasher: inout Hasher) { hasher.combine(number) }
}

extension People {
    /// The same, wherever it is written.
    var withoutPlaces: People {
        switch self {
        case .user(let login, _): .user(login, .nowhere)
        case .team(let team, _): .team(team, .nowhere)
        case .organizationTeam(let name, _): .organizationTeam(name, .nowhere)
        case .group(let name, let meaning): .group(name, meaning.withoutPlaces)
        case .union(let parts): .union(parts.map(\.withoutPlaces))
        case .intersection(let parts): .intersection(parts.map(\.withoutPlaces))
        case .difference(let left, let right): .difference(left.withoutPlaces, right.withoutPlaces)
        case .committers(let rule):
            .committers(CommitterRule(isStrict: rule.isStrict, ignoring: rule.ignoring?.withoutPlaces))
        case .author, .anyone, .organizationMembers, .readers, .writers, .admins, .codeOwners, .nobody: self
        }
    }
}

extension SourceSpan {
    fileprivate static let nowhere = SourceSpan(file: "", line: 1, column: 1)
}
