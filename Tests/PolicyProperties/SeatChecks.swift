import GatePolicy

/// `distinct` against an oracle that knows nothing of matchings: it tries every assignment.
struct SeatChecks {
    let seats: PolicyText.Seats
    let text: String
    let policy: Policy

    /// What differs between a verdict of complete facts and every assignment tried out; nil when nothing does.
    func contradiction(_ facts: Facts) -> String? {
        let verdict = policy.evaluate(facts)
        // Who is in which set is read off the plain tree, whose counts other properties hold.
        var members: [[[Account]]] = []
        for gate in verdict.gates {
            guard let tree = gate.requirement else { return "gate \(gate.name) has no tree" }
            members.append(leaves(of: tree).map(\.signers))
        }
        let people = Array(Set(members.joined().joined())).sorted { $0.id < $1.id }
        let approved = verdict.gates.map { $0.outcome == .approved }
        var prefix: [Int] = []
        for (index, gate) in verdict.gates.enumerated() {
            let together = fits(prefix + [index], people, members)
            if prefix.count == index, together {
                prefix.append(index)
                if !approved[index] {
                    return "gate \(gate.name) could be filled with all before it, and is not approved"
                }
            }
            if !fits([index], people, members), approved[index] { return "gate \(gate.name) is approved by too few" }
        }
        let passing = approved.indices.filter { approved[$0] }
        if !fits(passing, people, members) { return "gates \(passing) are approved by people who fill two places" }
        for (index, gate) in verdict.gates.enumerated() where !approved[index] && prefix.starts(with: 0..<index) {
            if let problem = useless(gate, index, facts) { return problem }
        }
        return nil
    }

    /// What is certain and differs under some way of filling in the unknowns, or is undecided though all ways agree; nil
    /// where neither is, or where there are too many ways to try them all.
    func incompleteness(_ world: World, _ counts: inout Counts) -> String? {
        let total = world.gaps.reduce(1) { min($0 * $1.fillings.count, 1_000_000) }
        if total > 512 { return nil }
        counts.openSeats += 1
        let verdict = policy.evaluate(world.facts)
        var seen: [Set<StatusState>] = Array(repeating: [], count: verdict.gates.count)
        for number in 0..<total {
            var facts = world.facts
            var rest = number
            for gap in world.gaps {
                gap.fillings[rest % gap.fillings.count](&facts)
                rest /= gap.fillings.count
            }
            let complete = policy.evaluate(facts, asksWhoCanSign: false)
            if let difference = Checks.contradiction(verdict, complete, onlyPasses: false) { return difference }
            for (index, gate) in complete.gates.enumerated() { seen[index].insert(gate.postedState) }
        }
        for (index, (gate, states)) in zip(verdict.gates, seen).enumerated() {
            // Where anybody may fill several places, and none is kept, counts are joined by Kleene's `and`.
            guard index > 0 || seats.tables[index].isDistinct else { continue }
            guard gate.outcome == .undecided, states.count == 1 else { continue }
            return "gate \(gate.name) is undecided, and all \(total) completions are \(states)"
        }
        return nil
    }

    /// The trees of a gate's counts: those of `require`, then those of each item.
    private func leaves(of tree: Explanation) -> [Explanation] {
        tree.children.isEmpty ? [tree] : tree.children.flatMap(leaves)
    }

    /// A waiting gate that asks for one more signature must pass with that of anybody it names.
    private func useless(_ gate: GateVerdict, _ index: Int, _ facts: Facts) -> String? {
        if gate.steps.isEmpty { return "gate \(gate.name) waits for nothing" }
        guard gate.steps.count == 1, case .known(let reviews)? = facts.reviews,
            case .known(let comments)? = facts.comments
        else { return nil }
        var candidates: [Account] = []
        var item: String?
        switch gate.steps[0] {
        case .sign(1, _, let people?): candidates = people
        case .acknowledge(let items, 1, _, let people?) where items.count == 1: (candidates, item) = (people, items[0])
        default: break
        }
        for candidate in candidates {
            var more = facts
            let at = Timestamp(seconds: 900)
            if let item {
                let body = "/ack \(item) @\(facts.pullRequest.head.text)"
                let word = Comment(id: 7000, author: candidate, body: body, createdAt: at, updatedAt: at)
                more.comments = .known(comments + [word])
            } else {
                let review = Review(
                    id: 500, author: candidate, state: .approved, commit: facts.pullRequest.head, submittedAt: at)
                more.reviews = .known(reviews + [review])
            }
            if policy.evaluate(more).gates[index].outcome != .approved {
                return "gate \(gate.name) asks for \(candidate.login), and waits on when he signs"
            }
        }
        return nil
    }

    /// Whether people can be given to some gates, each to one, so that the places of all are filled.
    private func fits(_ gates: [Int], _ people: [Account], _ members: [[[Account]]]) -> Bool {
        guard let first = gates.first else { return true }
        // Every subset of the people for the first gate, the rest for the others.
        for bits in 0..<(1 << people.count) {
            let chosen = people.indices.filter { bits & (1 << $0) != 0 }.map { people[$0] }
            guard fills(first, chosen, members[first]) else { continue }
            let rest = people.indices.filter { bits & (1 << $0) == 0 }.map { people[$0] }
            if fits(Array(gates.dropFirst()), rest, members) { return true }
        }
        return false
    }

    private func fills(_ gate: Int, _ people: [Account], _ members: [[Account]]) -> Bool {
        let counts = seats.tables[gate].counts
        if !seats.tables[gate].isDistinct {
            return zip(counts, members).allSatisfy { count, set in people.count(where: set.contains) >= count.number }
        }
        let places = zip(counts, members).flatMap { count, set in Array(repeating: set, count: count.number) }
        return seat(places[...], people)
    }

    private func seat(_ places: ArraySlice<[Account]>, _ people: [Account]) -> Bool {
        guard let place = places.first else { return true }
        return people.indices.contains { index in
            guard place.contains(people[index]) else { return false }
            var rest = people
            rest.remove(at: index)
            return seat(places.dropFirst(), rest)
        }
    }
}
