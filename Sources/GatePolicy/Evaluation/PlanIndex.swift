/// What is numbered and joined while a policy is planned.
struct PlanIndex {
    /// The patterns of all tests on paths.
    var paths = PathIndex.Builder()
    private var counts = 0
    private var sets: [People: Int] = [:]
    private let teams: [Plan.PlannedTeam: Int]
    private let numbersSets: Bool

    /// An index.
    /// - Parameters:
    ///   - teams: the plan's teams.
    ///   - numbersSets: whether sets have numbers: not those of a requirement that an evaluation makes.
    init(teams: [Plan.PlannedTeam] = [], numbersSets: Bool = true) {
        self.teams = Dictionary(uniqueKeysWithValues: zip(teams, teams.indices))
        self.numbersSets = numbersSets
    }

    /// How many sets of people have a number.
    var setCount: Int { sets.count }

    /// A number for one more count of people.
    mutating func numberOfNextCount() -> Int {
        counts += 1
        return counts - 1
    }

    /// A set with its number; sets that are written alike share one.
    mutating func numbered(_ people: People) -> PlannedPeople {
        guard numbersSets else { return PlannedPeople(people: people, number: nil) }
        let key = people.withoutPlaces
        let number = sets[key] ?? sets.count
        sets[key] = number
        let team = Plan.PlannedTeam.named(by: people).flatMap { teams[$0.0] }
        return PlannedPeople(people: people, number: number, team: team)
    }
}
