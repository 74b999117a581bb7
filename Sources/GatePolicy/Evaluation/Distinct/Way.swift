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
    /// How many steps of a way are told; what they cost is counted of all.
    static let mostSteps = 64
    /// Counts, steps and reasons of ways that one evaluation joins: beyond that, no gate's ways are known to be all.
    static let mostJoined = 500_000

    /// What joining it with another takes.
    fileprivate var size: Int { 1 + counts.count + steps.count + truth.unknowns.count }

    /// Both.
    func joined(_ other: Way) -> Way {
        Way(
            counts: counts.union(other.counts), truth: truth && other.truth, steps: steps(with: other),
            cost: min(cost + other.cost, RequirementResult.impossible))
    }

    private func steps(with other: Way) -> [Step] {
        if other.steps.isEmpty || steps.count >= Self.mostSteps { return steps }
        return Array((steps + other.steps).unique.prefix(Self.mostSteps))
    }
}

extension Way: Hashable {
    /// Ways that ask for the same and cost the same are one, whatever their steps: only the first is told.
    static func == (left: Way, right: Way) -> Bool {
        left.cost == right.cost && left.counts == right.counts && left.truth == right.truth
    }

    /// Hashes what makes them one.
    func hash(into hasher: inout Hasher) {
        hasher.combine(counts)
        hasher.combine(truth)
        hasher.combine(cost)
    }
}

/// The ways of meeting a requirement that are not known to fail, each once.
struct Ways {
    var list: [Way] = []
    /// Whether these are all; there may be more of them than anybody looks at.
    var isWhole = true

    /// Every way of any of some.
    static func any(_ parts: [Ways]) -> Ways {
        var ways = Ways()
        var seen: Set<Way> = []
        for part in parts {
            ways.isWhole = ways.isWhole && part.isWhole
            for way in part.list where !seen.contains(way) {
                if ways.list.count == Way.most {
                    ways.isWhole = false
                    break
                }
                seen.insert(way)
                ways.list.append(way)
            }
        }
        return ways
    }

    /// Each of these with each of those; none where too much was joined.
    /// - Parameter joined: what was joined, counted on.
    mutating func multiply(_ other: Ways, _ joined: inout Int) {
        let isWhole = isWhole && other.isWhole && list.count * other.list.count <= Way.most
        var product: [Way] = []
        for way in list {
            for more in other.list.prefix(Way.most - product.count) {
                joined += way.size + more.size
                if joined > Way.mostJoined {
                    self = Ways(list: [], isWhole: false)
                    return
                }
                product.append(way.joined(more))
            }
        }
        self = Ways.any([Ways(list: product, isWhole: isWhole)])
    }

    /// Each of them, where something else holds, too.
    func holding(_ truth: Truth) -> Ways {
        var ways = self
        for index in ways.list.indices { ways.list[index].truth = ways.list[index].truth && truth }
        return ways
    }
}

extension Evaluation {
    /// The ways of meeting what a gate asks for, found once.
    mutating func ways(of gate: String) -> Ways {
        if let known = judgedWays[gate] { return known }
        guard let planned = policy.plan.gate(named: gate) else { return Ways() }
        let outer = places
        defer { places = outer }
        let found = ways(of: planned.require, DistinctGroup.Source(rules: planned.rules))
        judgedWays[gate] = found
        return found
    }

    /// The signatures that fill the counts of a source.
    mutating func signatures(from source: DistinctGroup.Source) -> Signatures {
        guard let item = source.item else { return givenSignatures(under: source.rules) }
        return acknowledgementSignatures(of: item, source.rules)
    }

    private mutating func ways(of requirement: PlannedRequirement, _ source: DistinctGroup.Source) -> Ways {
        switch requirement.shape {
        case .quota(let quota) where quota.count != nil:
            // Whoever fills it where signatures cannot be read, it may be somebody who fills nothing else.
            if let missing = signatures(from: source).missing {
                return Ways(list: [Way(truth: .unknown([missing]), cost: 1)])
            }
            return Ways(list: [Way(counts: [quota.number], truth: .yes)])
        case .quota(let quota): return leaf(requirement, source, counts: [quota.number])
        case .reference(let reference):
            guard let part = policy.plan.gate(named: reference.name), part.gate == nil else {
                return leaf(requirement, source)
            }
            return ways(of: part, reference)
        case .checklist(let checklist):
            var ways = Ways(list: [Way(truth: .yes)])
            for item in checklist.items { ways.multiply(self.ways(of: item, source.rules), &joinedWays) }
            return ways
        case .all:
            var ways = Ways(list: [Way(truth: .yes)])
            for part in requirement.parts { ways.multiply(self.ways(of: part, source), &joinedWays) }
            return ways
        case .any:
            var parts: [Ways] = []
            for part in requirement.parts { parts.append(self.ways(of: part, source)) }
            let ways = Ways.any(parts)
            // What holds without anybody is the best way there is.
            if let free = ways.list.first(where: { $0.counts.isEmpty && $0.truth == .yes }) {
                return Ways(list: [free])
            }
            return ways
        case .condition, .never, .ownersOfEachFile: return leaf(requirement, source)
        }
    }

    /// The ways of meeting a part, found once: parts may name each other many times.
    private mutating func ways(of part: PlannedGate, _ reference: Requirement.Reference) -> Ways {
        if let known = judgedPartWays[reference] { return known }
        let found = newWays(of: part, reference)
        judgedPartWays[reference] = found
        return found
    }

    private mutating func newWays(of part: PlannedGate, _ reference: Requirement.Reference) -> Ways {
        let when = policy.plan.number(of: reference.name).flatMap { applies($0) } ?? .yes
        let helps = reference.allowsNotNeeded ? .yes : part.whenLookedAt.map { explain($0).0 } ?? .yes
        var found = Ways()
        if when != .no, helps != .no {
            found = ways(of: part.require, DistinctGroup.Source(rules: part.rules)).holding(when && helps)
        }
        if reference.allowsNotNeeded, when != .yes { return .any([found, Ways(list: [Way(truth: !when)])]) }
        return found
    }

    /// An item that applies is answered, and acknowledgements fill its places.
    private mutating func ways(of planned: PlannedChecklist.Item, _ rules: ApprovalRules) -> Ways {
        let applies = explain(planned.when).0
        if applies == .no { return Ways(list: [Way(truth: .yes)]) }
        let answered = answer(to: planned.item)?.truth ?? .yes
        var found = Ways()
        if answered != .no {
            found = ways(of: planned.by, DistinctGroup.Source(rules: rules, item: planned)).holding(answered)
            if answered != .yes, let ask = planned.item.ask {
                for index in found.list.indices { found.list[index].steps.append(.answer(asks: [ask.description])) }
            }
        }
        if applies != .yes { return .any([found, Ways(list: [Way(truth: !applies)])]) }
        return found
    }

    private mutating func leaf(
        _ requirement: PlannedRequirement, _ source: DistinctGroup.Source, counts: Set<Int> = []
    ) -> Ways {
        let result = explain(requirement, by: signatures(from: source))
        if result.truth == .no { return Ways() }
        let steps = source.item.map { item in result.steps.map { $0.acknowledging(item.name) } } ?? result.steps
        return Ways(list: [Way(counts: counts, truth: result.truth, steps: steps, cost: result.cost)])
    }
}
