import GatePolicy

/// Facts with gaps, and for each gap the ways of filling it in.
struct World {
    /// One thing that is not known, and every value it may turn out to have.
    struct Gap {
        var name: String
        var fillings: [@Sendable (inout Facts) -> Void]
    }

    var facts: Facts
    var gaps: [Gap] = []
    /// Whether a name of the policy is gone: then more people are no completion of what only they could help.
    var hasGoneNames = false
}

/// Makes worlds.
struct WorldMaker {
    var random: Random
    /// Everybody who may be in a team.
    private var everybody = people

    init(random: Random) { self.random = random }

    static let people = [
        Account(id: 1, login: "alice"), Account(id: 2, login: "bob"), Account(id: 3, login: "carol"),
        Account(id: 4, login: "dave"), Account(id: 5, login: "erin"),
    ]
    /// Somebody whom no policy speaks of.
    static let stranger = Account(id: 77, login: "stranger")
    static let commits = (1...3).compactMap { CommitID(String(repeating: "\($0)", count: 40)) }

    private func unknown(_ subject: String) -> Unknown {
        Unknown(cause: .timeout, subject: subject, reason: "no answer in time", cure: "run the check again")
    }

    /// A world; with `onlyPeople` nothing but sets of people is unknown.
    mutating func make(onlyPeople: Bool, hasGoneNames: Bool) -> World {
        // Whoever may be in a set that is unknown must be varied, or a single quota could seem decidable.
        // Erin is somebody of whom nothing is known: she may be in any set that cannot be listed, and in no other.
        everybody = onlyPeople ? Array(Self.people[1...3]) : Self.people
        let service = Account(id: 9, login: "countersign")
        let owner = Account(id: 50, login: "acme")
        let repository = Repository(
            id: 7, name: RepositoryName(owner: "acme", name: "site"), owner: owner, ownerIsOrganization: .known(true),
            isPrivate: random.chance(50), defaultBranch: "main",
            createdAt: random.chance(20) ? Timestamp(seconds: 150) : nil)
        let pull = PullRequest(
            number: 12, title: random.pick(["a change", "wip: x"]),
            author: random.chance(95) ? Self.people[0] : nil, head: Self.commits[0], headBranch: "topic",
            forkOwner: random.pick([nil, "bob"]), baseBranch: "main",
            base: Self.commits[2], labels: random.subset(["tier:high", "area:a", "Area:B"]))
        var world = World(
            facts: Facts(
                now: Timestamp(seconds: 1000), repository: repository, pullRequest: pull, serviceAccount: service))
        world.hasGoneNames = hasGoneNames
        var ids = ["qa": Int64(101), "security": 102, "leads": 103]
        if !hasGoneNames { ids["gone"] = 104 }
        world.facts.directories["acme"] = .known(TeamDirectory(ids: ids))
        let odds = onlyPeople ? 60 : 20
        for (name, id) in ids.sorted(by: { $0.key < $1.key }) { team(name, id, odds, &world) }
        rights(odds, &world)
        for login in ["alice", "bob", "carol", "dave", "erin"] {
            world.facts.users[login] = .known(Self.people.first { $0.login == login })
        }
        world.facts.users["vanished"] = .known(hasGoneNames ? nil : Account(id: 8, login: "vanished"))
        let actors = onlyPeople ? Array(Self.people[1...3]) : Self.people + [Account(id: -1, login: "Ghost")]
        world.facts.reviews = .known(reviews(actors, onlyApprovals: onlyPeople))
        history(onlyPeople ? 0 : 12, &world)
        content(onlyPeople ? 0 : 12, &world)
        law(onlyPeople ? 0 : 12, &world)
        codeOwners(onlyPeople ? 0 : 40, &world)
        if onlyPeople { acknowledgements(by: actors, &world) } else { comments(12, &world) }
        for _ in 0..<random.below(3) {
            world.facts.waivers.append(
                Waiver(
                    gate: random.pick(["g0", "g1", "first", "hg0", "rg0"]), author: random.pick(Self.people),
                    reason: random.pick(["", "urgent"]), commit: random.pick(Self.commits),
                    givenAt: Timestamp(seconds: Int64(random.below(500)))))
        }
        return world
    }

    /// Fills a gap with every subset of those who may matter; the others are in or out at random.
    private mutating func subsets(_ base: [Account], of people: [Account]) -> [[Account]] {
        (0..<(1 << people.count)).map { bits in
            base + people.enumerated().filter { bits & (1 << $0.offset) != 0 }.map(\.element)
        }
    }

    private mutating func team(_ name: String, _ id: Int64, _ odds: Int, _ world: inout World) {
        let members = random.subset(everybody)
        if !random.chance(odds) {
            world.facts.teamMembers[id] = .known(TeamMembers(listed: members))
            return
        }
        let gap = unknown("who is in team `\(name)` of `acme`")
        if random.chance(30) {
            world.facts.teamMembers[id] = .known(TeamMembers(listed: members, incomplete: gap))
            let others = Self.people[1...4].filter { !members.contains($0) }
            add(subsets(members, of: Array(others)), name, &world) {
                $0.teamMembers[id] = .known(TeamMembers(listed: $1))
            }
        } else {
            world.facts.teamMembers[id] = .unknown(gap)
            let base = members.filter { !Self.people[1...4].contains($0) }
            let values = subsets(base, of: Array(Self.people[1...4]))
            add(values, name, &world) { $0.teamMembers[id] = .known(TeamMembers(listed: $1)) }
        }
    }

    private mutating func rights(_ odds: Int, _ world: inout World) {
        for (name, path) in [("writers", \Facts.writers), ("admins", \Facts.admins)] {
            let proven = random.subset(everybody)
            let gap = unknown("who is in `\(name)`")
            if !random.chance(odds) {
                world.facts[keyPath: path] = RightHolders(proven: proven, possible: proven, unknown: gap)
                continue
            }
            let open = Self.people[1...3].filter { !proven.contains($0) && random.chance(70) }
            let isListed = random.chance(50)
            // Without a list of those who may hold it, everybody may.
            let possible = isListed ? proven + open : nil
            let undecided = isListed ? open : Self.people[1...4].filter { !proven.contains($0) }
            world.facts[keyPath: path] = RightHolders(proven: proven, possible: possible, unknown: gap)
            let values = subsets(proven, of: undecided)
            if name == "writers" {
                add(values, name, &world) { $0.writers = RightHolders(proven: $1, possible: $1, unknown: gap) }
            } else {
                add(values, name, &world) { $0.admins = RightHolders(proven: $1, possible: $1, unknown: gap) }
            }
        }
        let members = random.subset(everybody)
        world.facts.organizationMembers = .known(members)
        if random.chance(odds / 2) {
            world.facts.organizationMembers = .unknown(unknown("who is in `acme`"))
            let values = subsets([], of: Array(Self.people[1...4]))
            add(values, "org_members", &world) { $0.organizationMembers = .known($1) }
        }
    }

    func add<Value: Sendable>(
        _ values: [Value], _ name: String, _ world: inout World,
        _ set: @escaping @Sendable (inout Facts, Value) -> Void
    ) {
        world.gaps.append(
            World.Gap(name: name, fillings: values.map { value in { @Sendable facts in set(&facts, value) } }))
    }
}
