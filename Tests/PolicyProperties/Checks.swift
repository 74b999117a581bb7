import GatePolicy

/// A property that did not hold.
struct Failure: Error {
    var property: String
    var detail: String
    var facts: Facts
    var other: Facts
}

/// What was counted.
struct Counts {
    var cases = 0
    var evaluations = 0
    var exhaustive = 0
    var sampled = 0
    var undecided = 0
    var passes = 0
    var single = 0
    var seats = 0
    var openSeats = 0
    var files = 0

    mutating func add(_ other: Counts) {
        cases += other.cases
        evaluations += other.evaluations
        exhaustive += other.exhaustive
        sampled += other.sampled
        undecided += other.undecided
        passes += other.passes
        single += other.single
        seats += other.seats
        openSeats += other.openSeats
        files += other.files
    }
}

/// The properties of one policy and one world.
struct Checks {
    static let mostCompletions = 32
    static let samples = 4

    let policy: Policy
    let isSingleQuota: Bool
    var random: Random
    var counts = Counts()

    mutating func evaluate(_ facts: Facts, asks: Bool = true) -> Verdict {
        counts.evaluations += 1
        return policy.evaluate(facts, asksWhoCanSign: asks)
    }

    mutating func check(_ world: World) -> Failure? {
        counts.cases += 1
        let verdict = evaluate(world.facts)
        if verdict.summary.outcome == .undecided { counts.undecided += 1 }
        if verdict.summary.outcome.status == .success { counts.passes += 1 }
        if let failure = soundness(world, verdict) { return failure }
        if let failure = approvals(world, verdict) { return failure }
        if let failure = comments(world, verdict) { return failure }
        if let failure = order(world, verdict) { return failure }
        return sameAgain(world, verdict)
    }

    /// (a), (b): what is certain is the same under every completion; a single quota is undecided only if two disagree.
    mutating func soundness(_ world: World, _ verdict: Verdict) -> Failure? {
        let total = world.gaps.reduce(1) { min($0 * $1.fillings.count, 1_000_000) }
        let isWhole = total <= Self.mostCompletions || (isSingleQuota && total <= 4096 && random.chance(5))
        if isWhole { counts.exhaustive += 1 } else { counts.sampled += 1 }
        var seen: Set<StatusState> = []
        for number in 0..<(isWhole ? total : Self.samples) {
            var facts = world.facts
            var rest = number
            for gap in world.gaps {
                let choice = isWhole ? rest % gap.fillings.count : random.below(gap.fillings.count)
                rest /= gap.fillings.count
                gap.fillings[choice](&facts)
            }
            let complete = evaluate(facts, asks: false)
            if let difference = Self.contradiction(verdict, complete, onlyPasses: world.hasGoneNames) {
                return Failure(property: "sound", detail: difference, facts: world.facts, other: facts)
            }
            // What the forge does not tell (whose an address is, who opened it, who pushed while it was closed) stays
            // unknown, whatever else is known.
            let open = complete.gates.filter { $0.outcome == .undecided }
            if !world.hasGoneNames, open.contains(where: { !$0.unknowns.allSatisfy { $0.cause == .notTold } }) {
                return Failure(
                    property: "decided when everything is known", detail: "", facts: world.facts, other: facts)
            }
            seen.insert(complete.gates[0].postedState)
        }
        if isSingleQuota, isWhole, !world.hasGoneNames {
            counts.single += 1
            if verdict.gates[0].outcome == .undecided, seen.count == 1 {
                return Failure(
                    property: "complete", detail: "all \(total) completions are \(seen)", facts: world.facts,
                    other: world.facts)
            }
        }
        // Adding some knowledge changes nothing that was certain.
        var more = world.facts
        for gap in world.gaps where random.chance(50) { random.pick(gap.fillings)(&more) }
        if let difference = Self.contradiction(verdict, evaluate(more), onlyPasses: world.hasGoneNames) {
            return Failure(
                property: "knowledge changes nothing certain", detail: difference, facts: world.facts, other: more)
        }
        return nil
    }

    /// What is certain in one verdict and different in a better informed one.
    static func contradiction(_ verdict: Verdict, _ other: Verdict, onlyPasses: Bool) -> String? {
        for (gate, informed) in zip(verdict.gates, other.gates) where gate.outcome != .undecided {
            if onlyPasses, gate.postedState != .success { continue }
            if gate.postedState != informed.postedState {
                return "gate \(gate.name) was \(gate.outcome), and then \(informed.outcome)"
            }
            if !onlyPasses, gate.outcome.status != informed.outcome.status {
                return "gate \(gate.name) was \(gate.outcome), and then \(informed.outcome)"
            }
        }
        let (one, two) = (verdict.summary.outcome, other.summary.outcome)
        if one != .undecided, !onlyPasses || one.status == .success, one.status != two.status {
            return "the summary was \(one), and then \(two)"
        }
        return nil
    }

    /// (c): one more approval never takes a pass away.
    private mutating func approvals(_ world: World, _ verdict: Verdict) -> Failure? {
        guard case .known(var reviews)? = world.facts.reviews else { return nil }
        reviews.append(
            Review(
                id: 99, author: random.pick(WorldMaker.people), state: .approved,
                commit: random.pick(WorldMaker.commits), submittedAt: Timestamp(seconds: 900)))
        var more = world.facts
        more.reviews = .known(reviews)
        if let difference = Self.contradiction(verdict, evaluate(more), onlyPasses: true) {
            return Failure(
                property: "an approval takes no pass away", detail: difference, facts: world.facts, other: more)
        }
        return nil
    }

    /// The order of reviews by different people is irrelevant.
    private mutating func order(_ world: World, _ verdict: Verdict) -> Failure? {
        guard case .known(let reviews)? = world.facts.reviews, reviews.count > 1 else { return nil }
        var facts = world.facts
        facts.reviews = .known(reviews.shuffled(using: &random))
        if evaluate(facts) != verdict {
            return Failure(property: "the list's order", detail: "", facts: world.facts, other: facts)
        }
        // Who takes another's request for changes back must do so after it.
        if policy.gates.contains(where: { $0.block.revoke != nil }) { return nil }
        // New ids and places in time, each person's own order kept.
        var queues = Dictionary(grouping: reviews, by: \.author)
        var mixed: [Review] = []
        for author in reviews.map(\.author).shuffled(using: &random) {
            guard var review = queues[author]?.removeFirst() else { continue }
            review.id = Int64(200 + mixed.count)
            mixed.append(review)
        }
        facts.reviews = .known(mixed)
        let other = evaluate(facts)
        if other.gates.map(\.outcome) != verdict.gates.map(\.outcome)
            || other.summary.outcome != verdict.summary.outcome
        {
            return Failure(property: "people's order", detail: "", facts: world.facts, other: facts)
        }
        return nil
    }

    private mutating func sameAgain(_ world: World, _ verdict: Verdict) -> Failure? {
        if verdict.summary.outcome.status == .success,
            verdict.gates.contains(where: { $0.isEnforced && $0.outcome.status != .success })
        {
            return Failure(property: "a green summary", detail: "", facts: world.facts, other: world.facts)
        }
        if evaluate(world.facts) != verdict {
            return Failure(property: "the same again", detail: "", facts: world.facts, other: world.facts)
        }
        let lazy = evaluate(world.facts, asks: false)
        if lazy.gates.map(\.outcome) != verdict.gates.map(\.outcome) {
            return Failure(
                property: "asking who can sign decides nothing", detail: "", facts: world.facts, other: world.facts)
        }
        return nil
    }
}
