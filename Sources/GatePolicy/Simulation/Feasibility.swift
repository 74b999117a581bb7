/// Whether a gate can be met at all by the people there are, found by supposing that everybody approves.
public struct Feasibility: Hashable, Sendable {
    /// What may be wrong with a gate.
    public enum Obstacle: Hashable, Sendable {
        /// Nobody there is can meet it, whoever opens the pull request; what is then still asked for.
        case nobody(missing: [String])
        /// Nobody can meet it when one of these people opens the pull request.
        case whenOpenedBy([Account])
        /// Its people are too few for its `distinct` list where these gates apply, too; whoever opens the pull request,
        /// or one of these people.
        case beside(gates: [String], openedBy: [Account])
    }

    /// What is asked of people.
    public enum Aim: String, Hashable, Sendable {
        case meet, waive
    }

    /// The gate.
    public var gate: String
    /// Where it stands, or those whom it asks.
    public var span: SourceSpan
    /// What keeps it from being met or waived.
    public var obstacle: Obstacle
    /// What cannot be done for it.
    public var aim = Aim.meet

    /// The obstacle in words.
    public var wording: String {
        switch obstacle {
        case .nobody(let missing):
            "nobody can \(aim.rawValue) the gate `\(gate)`"
                + (missing.isEmpty
                    ? ""
                    : ", even if everybody \(aim == .meet ? "approved" : "tried"): \(missing.joined(separator: "; "))")
        case .whenOpenedBy(let people):
            "nobody can \(aim.rawValue) the gate `\(gate)` when \(people.named) opens the pull request"
        case .beside(let gates, let people):
            "nobody can meet the gate `\(gate)` when \(gates.map { "`\($0)`" }.joined(separator: ", ")) "
                + (gates.count == 1 ? "applies" : "apply") + " too"
                + (people.isEmpty ? "" : " and \(people.named) opens the pull request")
                + ": `distinct` asks for different people"
        }
    }
}

extension Policy {
    /// Gates that certainly cannot be met; what is not known about people is no obstacle.
    ///
    /// - Parameters:
    ///   - facts: who is in teams and holds rights; reviews, files, labels and the like are supposed.
    ///   - openers: who may open pull requests; nil for everybody the facts know.
    ///   - bases: the branches that pull requests are for; nil for the default branch and those the policy names.
    public func obstacles(
        _ facts: Facts, openedBy openers: [Account]? = nil, into bases: [String]? = nil
    ) -> [Feasibility] {
        let people = facts.everybody
        let bases = bases ?? [facts.repository.defaultBranch] + namedBases
        let policy = withAnybody(asAuthor: false)
        let asked = policy.asAskedOfPeople
        if policy.needsNone(of: openers ?? people, asked, facts, among: people) { return [] }
        let whoever = withAnybody(asAuthor: true)
        let nobody = whoever.unmet(whoever.asAskedOfPeople, facts, approvedBy: people, author: nil, into: bases)
        var opened: [String: [Account]] = [:]
        var crowded: [String: (gates: [String], openers: [Account])] = [:]
        let isOpen = gates.contains { nobody.missing[$0.name] == nil }
        let authors = openers ?? people
        func inTurn(_ some: [Account]) -> [Account] {
            let some = Set(some)
            return authors.filter { some.contains($0) }
        }
        for alike in isOpen ? asked.alike(authors, facts, among: people) : [] {
            let unmet = policy.unmet(asked, facts, approvedBy: people, author: alike.first, into: bases)
            for gate in unmet.missing.keys where nobody.missing[gate] == nil {
                opened[gate, default: []] += alike
            }
            for (gate, others) in unmet.beside where unmet.missing[gate] == nil && nobody.beside[gate] == nil {
                crowded[gate, default: (others, [])].openers += alike
            }
        }
        return gates.flatMap { gate -> [Feasibility] in
            func found(_ obstacle: Feasibility.Obstacle) -> Feasibility {
                Feasibility(gate: gate.name, span: gate.span, obstacle: obstacle)
            }
            if let missing = nobody.missing[gate.name] { return [found(.nobody(missing: missing))] }
            var all = opened[gate.name].map { [found(.whenOpenedBy(inTurn($0)))] } ?? []
            if let others = nobody.beside[gate.name] {
                all.append(found(.beside(gates: others, openedBy: [])))
            } else if let (others, openers) = crowded[gate.name] {
                all.append(found(.beside(gates: others, openedBy: inTurn(openers))))
            }
            return all
        }
    }

    /// Whether the signatures of others meet every gate, so that it makes no difference who opens the pull request.
    /// - Parameter asked: the same policy, as asked of people.
    private func needsNone(
        of openers: [Account], _ asked: Policy, _ facts: Facts, among people: [Account]
    ) -> Bool {
        let asksOfOpener = (gates.map(\.require) + parts.map(\.require)).flatMap(\.leaves).contains(
            where: \.mayAskOfOpener)
        guard plan.groups.isEmpty, !asksOfOpener else { return false }
        let ids = Set(openers.map(\.id))
        let others = people.filter { !ids.contains($0.id) }
        let verdict = asked.evaluate(facts.asAskedOfPeople.approved(by: others))
        return verdict.gates.allSatisfy { $0.requirement?.mark == .met }
    }

    /// Gates whose requirement certainly does not hold, and what they still ask for.
    /// - Parameter asked: the same policy, as asked of people.
    private func unmet(
        _ asked: Policy, _ facts: Facts, approvedBy people: [Account], author: Account?, into bases: [String]
    ) -> Crowd {
        var facts = facts.asAskedOfPeople
        facts.pullRequest.author = author
        facts = facts.approved(by: people)
        var unmet = crowded(facts, into: bases)
        for gate in asked.evaluate(facts).gates where gate.requirement?.mark == .unmet {
            // A condition may hold another time, and people who are not known may sign.
            let short = gate.steps.filter(\.isShortOfPeople)
            if !short.isEmpty { unmet.missing[gate.name] = short.map { $0.wording(names: true) } }
        }
        return unmet
    }
}

extension Policy {
    /// Gates that may be waived, and that certainly nobody can waive, whoever opens the pull request.
    /// - Parameter facts: as for `obstacles`.
    public func obstaclesToWaivers(_ facts: Facts) -> [Feasibility] {
        asAskedOfWaivers.obstacles(facts, openedBy: []).map { found in
            let by = gates.first { $0.name.isExactly(found.gate) }?.waive?.by
            return Feasibility(gate: found.gate, span: by?.span ?? found.span, obstacle: found.obstacle, aim: .waive)
        }
    }

    /// Why a change of the policy itself certainly cannot be signed; of the rule of one writer nothing is said, for the
    /// only one there is may change the policy alone.
    /// - Parameter facts: as for `obstacles`.
    public func obstaclesToChanges(_ facts: Facts) -> [Feasibility] {
        guard let require = change.require, !change.asksForOneWriter else { return [] }
        let span = require.span ?? SourceSpan(file: file, line: 1, column: 1)
        return asAskedOfChanges.obstacles(facts).map {
            Feasibility(gate: $0.gate, span: span, obstacle: $0.obstacle)
        }
    }
}

extension Requirement {
    /// Where the first name in it stands; nil where it names nobody.
    fileprivate var span: SourceSpan? {
        var found: SourceSpan?
        for case .quota(let quota) in leaves {
            quota.people.eachLeaf { leaf in
                switch leaf {
                case .user(_, let span), .team(_, let span), .organizationTeam(_, let span): found = found ?? span
                default: break
                }
            }
        }
        return found
    }

    /// Whether it is a condition, which may be about the opener, or names him.
    fileprivate var mayAskOfOpener: Bool {
        switch self {
        case .condition: return true
        case .quota(let quota):
            var isNamed = false
            quota.people.eachLeaf { if $0 == .author { isNamed = true } }
            return isNamed
        default: return false
        }
    }
}

extension Facts {
    /// The same, where nobody has opened it or signed yet.
    fileprivate var asAskedOfPeople: Facts {
        var facts = self
        facts.pullRequest.author = nil
        facts.reviews = .known([])
        // On a public repository steps name nobody, and cannot be counted.
        facts.repository.isPrivate = true
        return facts
    }
}

extension Step {
    /// Whether fewer people can do it than it asks for.
    fileprivate var isShortOfPeople: Bool {
        switch self {
        case .sign(let count, _, let candidates?), .acknowledge(_, let count, _, let candidates?):
            candidates.count < count ?? 1
        default: false
        }
    }
}

extension Facts {
    /// Facts about people alone: everything that only a pull request can tell is open.
    public static func ofPeople(in repository: Repository, now: Timestamp) -> Facts {
        let open = Unknown(
            cause: .notTold, subject: "what a pull request changes", reason: "no pull request is looked at",
            cure: "none")
        let head = String(repeating: "0", count: 40)
        let pull = CommitID(head).map {
            PullRequest(
                number: 0, title: "", author: nil, head: $0, headBranch: "topic", baseBranch: repository.defaultBranch)
        }
        guard let pull else { preconditionFailure("forty zeros are an object id") }
        var facts = Facts(now: now, repository: repository, pullRequest: pull)
        facts.reviews = .known([])
        facts.files = .unknown(open)
        // It brings nothing.
        facts.pullRequest.mergeBase = pull.head
        facts.commits = .known([])
        facts.timeline = .known([])
        facts.comments = .known([])
        facts.statuses = .unknown(open)
        return facts
    }

    /// The same, where names of a policy that name nothing may be anybody's: gates that do not speak of them can be judged.
    public func supposing(namesOf policy: Policy) -> Facts {
        func unknown(_ name: String) -> Unknown {
            Unknown(
                cause: .nameGone, subject: "who `\(name)` is", reason: "nothing has that name",
                cure: "write another name")
        }
        var facts = self
        for (index, named) in policy.plan.teams.enumerated() {
            let team = named.team.reference(in: repository.name)
            guard case .known(var directory)? = facts.directories[team.organization],
                directory.ids[team.name] == nil
            else { continue }
            // No team of the forge has such an id.
            let id = -1 - Int64(index)
            directory.ids[team.name] = id
            facts.directories[team.organization] = .known(directory)
            facts.teamMembers[id] = .unknown(unknown("\(team)"))
        }
        for (login, account) in users where account == .known(nil) { facts.users[login] = .unknown(unknown(login)) }
        return facts
    }

    /// Everybody the facts know, each once, by id.
    var everybody: [Account] {
        var people: [Int64: Account] = [:]
        let lists = teamMembers.values.compactMap(\.value).map(\.listed) + [organizationMembers?.value ?? []]
        let holders = [writers, admins].compactMap { $0 }.map { $0.proven + ($0.possible ?? []) }
        for account in (lists + holders).flatMap({ $0 }) + users.values.compactMap({ $0.value ?? nil }) {
            people[account.id] = account
        }
        return people.values.sorted { $0.id < $1.id }
    }
}
