/// One way of meeting a requirement: a choice at every `or`.
struct Way {
    /// The counts it asks for, by their numbers in the plan; what a part asks for counts once.
    var counts: Set<Int> = []
    /// Whether the rest holds: conditions, other gates, and that everybody of an `all of` has signed.
    var truth: Truth
    /// What must be done about the rest.
    var steps: [Step] = []
    var cost = 0

    /// How many ways are looked at, of one gate and of several together.
    static let most = 256

    /// Both.
    func joined(_ other: Way) -> Way {
        Way(
            counts: counts.union(other.counts), truth: truth && other.truth, steps: (steps + other.steps).unique,
            cost: min(cost + other.cost, RequirementResult.impossible))
    }
}

/// The ways of meeting a requirement that are not known to fail.
struct Ways {
    var list: [Way] = []
    /// Whether these are all; there may be more of them than anybody looks at.
    var isWhole = true

    /// Everything of either.
    mutating func add(_ other: Ways) {
        isWhole = isWhole && other.isWhole && list.count + other.list.count <= Way.most
        list = Array((list + other.list).prefix(Way.most))
    }

    /// Each of these with each of those.
    mutating func multiply(_ other: Ways) {
        isWhole = isWhole && other.isWhole && list.count * other.list.count <= Way.most
        var product: [Way] = []
        for way in list {
            for more in other.list where product.count < Way.most { product.append(way.joined(more)) }
        }
        list = product
    }
}

extension Evaluation {
    /// The ways of meeting what a gate asks for, found once.
    mutating func ways(of gate: String) -> Ways {
        if let known = judgedWays[gate] { return known }
        guard let planned = policy.plan.gate(named: gate) else { return Ways() }
        let outer = places
        defer { places = outer }
        let found = ways(of: planned.require, planned.rules)
        judgedWays[gate] = found
        return found
    }

    private mutating func ways(of requirement: PlannedRequirement, _ rules: ApprovalRules) -> Ways {
        switch requirement.shape {
        case .quota(let quota) where quota.count != nil:
            return Ways(list: [Way(counts: [quota.number], truth: .yes)])
        case .quota(let quota): return leaf(requirement, rules, counts: [quota.number])
        case .reference(let reference):
            guard let part = policy.plan.gate(named: reference.name), part.gate == nil else {
                return leaf(requirement, rules)
            }
            return ways(of: part, reference)
        case .all:
            var ways = Ways(list: [Way(truth: .yes)])
            for part in requirement.parts { ways.multiply(self.ways(of: part, rules)) }
            return ways
        case .any:
            var ways = Ways()
            for part in requirement.parts { ways.add(self.ways(of: part, rules)) }
            // What holds without anybody is the best way there is.
            if let free = ways.list.first(where: { $0.counts.isEmpty && $0.truth == .yes }) {
                return Ways(list: [free])
            }
            return ways
        case .condition, .never, .ownersOfEachFile, .checklist: return leaf(requirement, rules)
        }
    }

    private mutating func ways(of part: PlannedGate, _ reference: Requirement.Reference) -> Ways {
        let when = policy.plan.number(of: reference.name).flatMap { whens[$0] }?.0 ?? .yes
        var found = Ways()
        if when != .no {
            found = ways(of: part.require, part.rules)
            for index in found.list.indices { found.list[index].truth = found.list[index].truth && when }
        }
        if reference.allowsNotNeeded, when != .yes { found.add(Ways(list: [Way(truth: !when)])) }
        return found
    }

    private mutating func leaf(
        _ requirement: PlannedRequirement, _ rules: ApprovalRules, counts: Set<Int> = []
    ) -> Ways {
        let result = explain(requirement, by: givenSignatures(under: rules))
        if result.truth == .no { return Ways() }
        return Ways(list: [Way(counts: counts, truth: result.truth, steps: result.steps, cost: result.cost)])
    }
}
