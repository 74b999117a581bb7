/// A policy as evaluations use it: its texts are worded, its teams named and its patterns joined once, when it is read.
final class Plan: Sendable {
    /// The gates and then the parts, in the policy's order; each is known by its place here.
    let list: [PlannedGate]
    private let numbers: [String: Int]
    /// The gate that guards the policy itself.
    let change: PlannedGate
    /// Every team the policy names, once, with the first place of its name.
    let teams: [(team: PlannedTeam, span: SourceSpan)]
    /// Every account that the policy names, once, with the first place of its login.
    let accounts: [(login: String, span: SourceSpan)]
    /// Whether comments can ask for changes.
    let hasObjections: Bool
    /// The patterns of all tests on paths.
    let paths: PathIndex
    /// Gates whose places different people must fill.
    let groups: [DistinctGroup]
    /// The asks of all checklists, with their items.
    let asks: [(item: String, ask: Ask)]
    /// Whether a gate's `when` names branches as they are, without a pattern.
    let namesBases: Bool
    /// Everybody whose approvals fill places, by the rules under which they are judged.
    let askedUnder: [ApprovalRules: [AskedPeople]]
    /// The words of commands.
    let vocabulary: CommandVocabulary

    /// A team's name: with its organisation, or one of the repository's.
    enum PlannedTeam: Hashable, Sendable {
        case full(TeamReference)
        case own(String)

        static func named(by people: People) -> (PlannedTeam, SourceSpan)? {
            switch people {
            case .team(let team, let span): (.full(team), span)
            case .organizationTeam(let name, let span): (.own(name.lowercased()), span)
            default: nil
            }
        }

        /// The team that it is for a repository.
        func reference(in repository: RepositoryName) -> TeamReference {
            switch self {
            case .full(let reference): reference
            case .own(let name): TeamReference(organization: repository.owner, name: name)
            }
        }
    }

    init(
        gates: [Gate], parts: [Part], aliases: [String: String], distinct: [[String]], change: ChangeRule, block: Block,
        people: [People]
    ) {
        var paths = PathIndex.Builder()
        var quotas = 0
        var planned: [String: PlannedGate] = [:]
        for gate in gates {
            var advisory: PlannedCondition?
            if case .advisory(let condition?) = gate.mode { advisory = PlannedCondition(condition, &paths) }
            planned[gate.name] = PlannedGate(
                when: PlannedCondition(gate.when, &paths), require: PlannedRequirement(gate.require, &paths, &quotas),
                waive: gate.waive.map { PlannedRequirement($0.by, &paths, &quotas) }, advisory: advisory, gate: gate,
                rules: gate.approvals.revocable(by: [gate.name]))
            planned[gate.name]?.whenLookedAt = gate.whenLookedAt.map { PlannedCondition($0, &paths) }
        }
        for part in parts {
            planned[part.name] = PlannedGate(
                when: PlannedCondition(part.when, &paths), require: PlannedRequirement(part.require, &paths, &quotas),
                rules: part.approvals)
            planned[part.name]?.whenLookedAt = part.whenLookedAt.map { PlannedCondition($0, &paths) }
        }
        for (name, answer) in Self.meetable(planned, { _ in true }) { planned[name]?.canEverBeMet = answer }
        Self.findRevocable(gates, &planned)
        groups = DistinctGroup.groups(distinct, gates, planned)
        for (index, group) in groups.enumerated() {
            for (table, name) in group.gates.enumerated() {
                planned[name]?.group = index
                planned[name]?.servedAfter = Array(group.gates[..<table])
            }
        }
        let names = gates.map(\.name) + parts.map(\.name)
        var numbers: [String: Int] = [:]
        for (number, name) in names.enumerated() { numbers[name] = number }
        self.numbers = numbers
        list = names.compactMap { name in
            guard var gate = planned[name] else { return nil }
            gate.looksAt = (gate.references + gate.servedAfter).compactMap { numbers[$0] }
            return gate
        }
        let guardian = Gate(guarding: change, block: block)
        var guarding = PlannedGate(
            when: PlannedCondition(guardian.when, &paths),
            require: PlannedRequirement(guardian.require, &paths, &quotas),
            gate: guardian, rules: guardian.approvals)
        guarding.canEverBeMet = guarding.require.canEverBeMet({ _ in true }, { _ in false })
        self.change = guarding
        askedUnder = Self.asked(list + [guarding])
        self.paths = paths.build()
        var bases: [ExactText] = []
        for condition in gates.flatMap(\.conditions) + parts.flatMap(\.conditions) { condition.collectBases(&bases) }
        namesBases = !bases.isEmpty
        let items = gates.flatMap { $0.require.checklist?.items ?? [] }
        asks = items.compactMap { item in item.ask.map { (item.name, $0) } }
        vocabulary = CommandVocabulary(
            gates: gates.map(\.name), items: gates.flatMap(\.commandItems), aliases: aliases)
        var seen: Set<PlannedTeam> = []
        var logins: Set<String> = []
        var teams: [(PlannedTeam, SourceSpan)] = []
        var accounts: [(String, SourceSpan)] = []
        for set in people {
            set.eachLeaf { leaf in
                if let (team, span) = PlannedTeam.named(by: leaf), seen.insert(team).inserted {
                    teams.append((team, span))
                }
                if case .user(let login, let span) = leaf, logins.insert(login.lowercased()).inserted {
                    accounts.append((login, span))
                }
            }
        }
        (self.teams, self.accounts) = (teams, accounts)
        hasObjections = (gates.map(\.block) + [block]).contains { $0.by != nil && $0.comments != nil }
    }
}

extension Plan {
    /// The place of a gate or part in the list.
    func number(of name: String) -> Int? { numbers[name] }

    /// A gate or part by its name.
    func gate(named name: String) -> PlannedGate? { numbers[name].map { list[$0] } }

    /// The gates whose places must be filled by other people than this one's, itself included.
    func group(of gate: String) -> DistinctGroup? { self.gate(named: gate)?.group.map { groups[$0] } }

    /// The gates and parts by their names.
    var gatesByName: [String: PlannedGate] { numbers.mapValues { list[$0] } }

    /// What could be met if every condition changed; references, which make no circles, last.
    /// - Parameter canFill: whether a count's set may have enough people.
    static func meetable(
        _ gates: [String: PlannedGate], _ canFill: (PlannedRequirement.Quota) -> Bool
    ) -> [String: Bool] {
        var known: [String: Bool] = [:]
        var open = Array(gates.keys)
        while !open.isEmpty {
            var later: [String] = []
            for name in open {
                guard let gate = gates[name] else { continue }
                if gate.references.contains(where: { known[$0] == nil && gates[$0] != nil }) {
                    later.append(name)
                    continue
                }
                known[name] = gate.require.canEverBeMet(canFill) { reference in
                    guard let other = gates[reference.name] else { return false }
                    return known[reference.name] ?? false || (reference.allowsNotNeeded && !other.alwaysApplies)
                }
            }
            if later.count == open.count { break }
            open = later
        }
        return known
    }
}

/// A gate or part with its parts worded.
struct PlannedGate: Sendable {
    let when: PlannedCondition
    /// What must hold for `gate("…")` besides its being approved: its `when`, read as something that helps.
    var whenLookedAt: PlannedCondition?
    let require: PlannedRequirement
    var waive: PlannedRequirement?
    var advisory: PlannedCondition?
    /// The gate; nil for a part.
    var gate: Gate?
    var rules: ApprovalRules
    /// How people approve; nil where any review does and nothing else.
    let methods: String?
    /// The gates and parts it refers to.
    let references: [String]
    /// The group of gates whose places different people must fill.
    var group: Int?
    /// The gates of its `distinct` list that are served before it.
    var servedAfter: [String] = []
    /// What is judged before it: those it refers to and those that are served before it.
    var looksAt: [Int] = []
    /// Whether `never` can be avoided.
    var canEverBeMet = true

    init(
        when: PlannedCondition, require: PlannedRequirement, waive: PlannedRequirement? = nil,
        advisory: PlannedCondition? = nil, gate: Gate? = nil, rules: ApprovalRules
    ) {
        self.when = when
        self.require = require
        self.waive = waive
        self.advisory = advisory
        self.gate = gate
        self.rules = rules
        methods = rules.methods
        var names: [String] = []
        require.collectReferences(&names)
        references = names
    }

    /// Whether it applies to every pull request.
    var alwaysApplies: Bool { if case .constant(true) = when.shape { true } else { false } }
}

extension PlannedRequirement {
    fileprivate func collectReferences(_ names: inout [String]) {
        if case .reference(let reference) = shape, !names.contains(reference.name) { names.append(reference.name) }
        for part in parts { part.collectReferences(&names) }
    }

    /// Whether it could be met if every condition changed.
    /// - Parameters:
    ///   - canFill: whether a count's set may have enough people.
    ///   - isMeetable: whether what it refers to may be what it asks for.
    func canEverBeMet(_ canFill: (Quota) -> Bool, _ isMeetable: (Requirement.Reference) -> Bool) -> Bool {
        switch shape {
        case .quota(let quota): canFill(quota)
        case .condition, .ownersOfEachFile: true
        case .never: false
        case .reference(let reference): isMeetable(reference)
        case .checklist(let checklist): checklist.canEverBeMet { $0.canEverBeMet(canFill, isMeetable) }
        case .all: parts.allSatisfy { $0.canEverBeMet(canFill, isMeetable) }
        case .any: parts.contains { $0.canEverBeMet(canFill, isMeetable) }
        }
    }

    /// Every count in it, those of a checklist's items among them.
    func eachQuota(_ found: (Quota) -> Void) {
        if case .quota(let quota) = shape { found(quota) }
        if case .checklist(let checklist) = shape { for item in checklist.items { item.by.eachQuota(found) } }
        for part in parts { part.eachQuota(found) }
    }
}

/// A condition with its text and those of its parts.
final class PlannedCondition: Sendable {
    enum Shape: Sendable {
        case constant(Bool)
        case test(any ConditionTest)
        case not, all, any
    }

    let text: String
    let shape: Shape
    let parts: [PlannedCondition]

    init(_ condition: Condition, _ paths: inout PathIndex.Builder) {
        text = condition.description
        switch condition {
        case .constant(let value): (shape, parts) = (.constant(value), [])
        case .test(let test): (shape, parts) = (.test((test as? ChangedPaths)?.indexed(&paths) ?? test), [])
        case .not(let inner): (shape, parts) = (.not, [PlannedCondition(inner, &paths)])
        case .all(let inner): (shape, parts) = (.all, inner.map { PlannedCondition($0, &paths) })
        case .any(let inner): (shape, parts) = (.any, inner.map { PlannedCondition($0, &paths) })
        }
    }
}

/// A requirement with its text and those of its parts.
final class PlannedRequirement: Sendable {
    /// A count of people, nil for all of them.
    struct Quota: Sendable {
        /// Its number in the plan.
        let number: Int
        let count: Int?
        let people: People
        let peopleText: String
    }

    enum Shape: Sendable {
        case quota(Quota)
        case condition(PlannedCondition)
        case never(String)
        case reference(Requirement.Reference)
        case checklist(PlannedChecklist)
        case ownersOfEachFile
        case all, any
    }

    let text: String
    let shape: Shape
    let parts: [PlannedRequirement]

    init(_ requirement: Requirement, _ paths: inout PathIndex.Builder, _ quotas: inout Int) {
        text = requirement.description
        switch requirement {
        case .quota(let quota):
            shape = .quota(
                Quota(
                    number: quotas, count: quota.count, people: quota.people, peopleText: quota.people.description))
            parts = []
            quotas += 1
        case .condition(let condition): (shape, parts) = (.condition(PlannedCondition(condition, &paths)), [])
        case .never(let reason): (shape, parts) = (.never(reason), [])
        case .ownersOfEachFile: (shape, parts) = (.ownersOfEachFile, [])
        case .reference(let reference): (shape, parts) = (.reference(reference), [])
        case .checklist(let checklist): (shape, parts) = (.checklist(PlannedChecklist(checklist, &paths, &quotas)), [])
        case .all(let inner): (shape, parts) = (.all, inner.map { PlannedRequirement($0, &paths, &quotas) })
        case .any(let inner): (shape, parts) = (.any, inner.map { PlannedRequirement($0, &paths, &quotas) })
        }
    }
}
