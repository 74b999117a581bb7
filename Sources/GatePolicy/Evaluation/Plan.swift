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
    /// How many sets of people have a number.
    let setCount: Int
    /// Gates whose places different people must fill.
    let groups: [DistinctGroup]
    /// The asks of all checklists, with their items.
    let asks: [(item: String, ask: Ask)]
    /// Whether a gate's `when` names branches as they are, without a pattern.
    let namesBases: Bool
    /// Everybody whose approvals fill places, by the rules under which they are judged; few rules, so no table.
    let askedUnder: [(rules: ApprovalRules, people: [AskedPeople])]
    /// The words of commands.
    let vocabulary: CommandVocabulary

    /// A team's name: with its organisation, or one of the repository's.
    enum PlannedTeam: Hashable, Sendable {
        case full(TeamReference)
        /// In lower case.
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
            case .own(let name): TeamReference(organization: repository.owner, lowerCaseName: name)
            }
        }
    }

    init(
        gates: [Gate], parts: [Part], aliases: [String: String], distinct: [[String]], change: ChangeRule, block: Block,
        people: [People]
    ) {
        let names = Self.names(in: people)
        (teams, accounts) = (names.teams, names.accounts)
        var index = PlanIndex(teams: teams.map(\.team))
        var drafts: [String: GateDraft] = [:]
        for gate in gates { drafts[gate.name] = GateDraft(gate, &index) }
        for part in parts { drafts[part.name] = GateDraft(part, &index) }
        for (name, answer) in Self.meetable(drafts, { _ in true }) { drafts[name]?.canEverBeMet = answer }
        GateDraft.findRevocable(gates, &drafts)
        groups = DistinctGroup.groups(distinct, gates, drafts)
        for (number, group) in groups.enumerated() {
            for (table, name) in group.gates.enumerated() {
                drafts[name]?.group = number
                drafts[name]?.servedAfter = Array(group.gates[..<table])
            }
        }
        let gateNames = gates.map(\.name) + parts.map(\.name)
        var numbers: [String: Int] = [:]
        for (number, name) in gateNames.enumerated() { numbers[name] = number }
        self.numbers = numbers
        list = gateNames.compactMap { name in drafts[name].map { PlannedGate($0, numbers) } }
        var guarding = GateDraft(Gate(guarding: change, block: block), &index)
        guarding.canEverBeMet = guarding.require.canEverBeMet({ _ in true }, { _ in false })
        self.change = PlannedGate(guarding, numbers)
        askedUnder = Self.asked(list + [self.change])
        paths = index.paths.build()
        setCount = index.setCount
        var bases: [ExactText] = []
        for condition in gates.flatMap(\.conditions) + parts.flatMap(\.conditions) { condition.collectBases(&bases) }
        namesBases = !bases.isEmpty
        let items = gates.flatMap { $0.require.checklist?.items ?? [] }
        asks = items.compactMap { item in item.ask.map { (item.name, $0) } }
        vocabulary = CommandVocabulary(
            gates: gates.map(\.name), items: gates.flatMap(\.commandItems), aliases: aliases)
        hasObjections = (gates.map(\.block) + [block]).contains { $0.by != nil && $0.comments != nil }
    }

    /// The teams and the accounts that sets name, each once.
    private static func names(
        in people: [People]
    ) -> (teams: [(team: PlannedTeam, span: SourceSpan)], accounts: [(login: String, span: SourceSpan)]) {
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
        return (teams, accounts)
    }
}

extension Plan {
    /// The place of a gate or part in the list.
    func number(of name: String) -> Int? { numbers[name] }

    /// A gate or part by its name.
    func gate(named name: String) -> PlannedGate? { numbers[name].map { list[$0] } }

    /// The gates and parts by their names.
    var gatesByName: [String: PlannedGate] { numbers.mapValues { list[$0] } }

    /// The gates whose places must be filled by other people than this one's, itself included.
    func group(of gate: String) -> DistinctGroup? { self.gate(named: gate)?.group.map { groups[$0] } }
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

    /// Whether it holds whatever happens.
    var isAlways: Bool { if case .constant(true) = shape { true } else { false } }

    init(_ condition: Condition, _ index: inout PlanIndex) {
        text = condition.description
        switch condition {
        case .constant(let value): (shape, parts) = (.constant(value), [])
        case .test(let test):
            shape = .test((test as? any ReadableConditionTest)?.planned(&index) ?? test)
            parts = []
        case .not(let inner): (shape, parts) = (.not, [PlannedCondition(inner, &index)])
        case .all(let inner): (shape, parts) = (.all, inner.map { PlannedCondition($0, &index) })
        case .any(let inner): (shape, parts) = (.any, inner.map { PlannedCondition($0, &index) })
        }
    }
}

/// A requirement with its text and those of its parts.
final class PlannedRequirement: Sendable {
    /// A count of people, nil for all of them; shared, for it is much to copy and only read.
    final class Quota: Sendable {
        /// Its number in the plan.
        let number: Int
        let count: Int?
        let asked: PlannedPeople
        let peopleText: String
        /// ` of 2`, where it is so many.
        let ofCount: String
        /// `2 of 2`.
        let allOfCount: String
        /// `, 2 needed`, where more are found.
        let countNeeded: String

        var people: People { asked.people }

        init(_ quota: Requirement.Quota, number: Int, asked: PlannedPeople) {
            self.number = number
            count = quota.count
            self.asked = asked
            peopleText = quota.people.description
            ofCount = quota.count.map { " of \($0)" } ?? ""
            allOfCount = quota.count.map { "\($0) of \($0)" } ?? ""
            countNeeded = quota.count.map { ", \($0) needed" } ?? ""
        }
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

    init(_ requirement: Requirement, _ index: inout PlanIndex) {
        text = requirement.description
        switch requirement {
        case .quota(let quota):
            shape = .quota(Quota(quota, number: index.numberOfNextCount(), asked: index.numbered(quota.people)))
            parts = []
        case .condition(let condition): (shape, parts) = (.condition(PlannedCondition(condition, &index)), [])
        case .never(let reason): (shape, parts) = (.never(reason), [])
        case .ownersOfEachFile: (shape, parts) = (.ownersOfEachFile, [])
        case .reference(let reference): (shape, parts) = (.reference(reference), [])
        case .checklist(let checklist): (shape, parts) = (.checklist(PlannedChecklist(checklist, &index)), [])
        case .all(let inner): (shape, parts) = (.all, inner.map { PlannedRequirement($0, &index) })
        case .any(let inner): (shape, parts) = (.any, inner.map { PlannedRequirement($0, &index) })
        }
    }
}
