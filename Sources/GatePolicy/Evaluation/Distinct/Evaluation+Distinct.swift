extension Evaluation {
    /// Who fills which place of a gate, or which are empty and who could fill them.
    mutating func explain(
        _ truth: Truth, _ question: SeatingQuestion, kept standing: [Voter], _ own: Int, asksCandidates: Bool
    ) -> Distinctness {
        let group = question.group
        var result = Distinctness(truth: truth, explanation: Explanation(group.text, truth))
        if truth.unknowns.contains(question.gaveUp) { return giveUp(truth, question, own) }
        let reserved = Self.reserved(question, standing, own)
        let ways = question.tables.last?.ways.list ?? []
        guard let placings = Self.placings(question, reserved, own, ways, &tellingLooks) else {
            return giveUp(truth, question, own)
        }
        guard var found = placings.first else {
            result.explanation = Explanation(group.text, truth, detail: "no way of meeting it is open")
            return result
        }
        // Where nobody can go the shortest way, the next that somebody can go is told.
        for (number, placing) in placings.prefix(Self.mostToldWays).enumerated() where truth != .yes {
            let steps = steps(of: placing, question, reserved, own, asksCandidates)
            let isOpen = placing.cost < RequirementResult.impossible / 4 && !steps.contains(where: \.isOutOfReach)
            if isOpen || number == 0 {
                (found, result.steps) = (placing, steps)
                result.cost = placing.cost + (isOpen ? 0 : RequirementResult.impossible / 2)
            }
            if isOpen { break }
        }
        var places: [Explanation] = []
        for (bit, count) in group.counts.enumerated() {
            let missing = found.missing.first { $0.bit == bit }.map(\.count) ?? 0
            let isOwn = count.table == own && found.way.counts.contains(count.quota.number)
            if !isOwn, missing == 0 { continue }
            let people = question.voters.indices.filter {
                found.filled[$0].holds(bit) && question.voters[$0].certain.holds(bit)
            }.map { question.voters[$0].account }
            let isMet = missing == 0 && (count.quota.count != nil || found.way.truth == .yes)
            let filled = "\(people.count) of \(people.count + missing)"
            places.append(
                Explanation(
                    count.text, isMet ? .yes : truth,
                    detail: isOwn ? filled : "\(filled), for `\(group.gates[count.table])`", signers: people))
            if isOwn { result.fill(count, by: people, missing: missing) }
        }
        let ownBits = group.bits(of: own)
        var elsewhere: [String] = []
        for (index, voter) in question.voters.enumerated() where found.filled[index] & ownBits == 0 {
            let others = (0..<UInt64.bitWidth).first { found.filled[index].holds($0) }
            guard let bit = others, voter.possible & ownBits != 0 else { continue }
            let gate = group.gates[group.counts[bit].table]
            if case .unknown(let reasons) = truth {
                result.open[voter.account] = reasons
                elsewhere.append("\(voter.account.login) may count for `\(gate)`")
            } else {
                result.kept[voter.account] = gate
                elsewhere.append("\(voter.account.login) counts for `\(gate)`")
            }
        }
        result.explanation = Explanation(
            group.text, truth, detail: elsewhere.joined(separator: ", "), children: places)
        return result
    }

    /// Ways that are asked whether somebody can go them.
    private static let mostToldWays = 16

    /// Who fills which place was not found out in time: nobody is told, and nothing is decided by it.
    private func giveUp(_ truth: Truth, _ question: SeatingQuestion, _ own: Int) -> Distinctness {
        let reasons = truth.unknowns.union([question.gaveUp])
        let group = question.group
        var result = Distinctness(truth: .unknown(reasons), explanation: Explanation(group.text, .unknown(reasons)))
        for voter in question.voters where voter.possible & group.bits(of: own) != 0 {
            result.open[voter.account] = reasons
        }
        for count in group.counts where count.table == own {
            if let item = count.source.item { result.lacking.insert(item.name) }
        }
        return result
    }

    private mutating func steps(
        of placing: Placing, _ question: SeatingQuestion, _ reserved: [UInt64], _ own: Int, _ asksCandidates: Bool
    ) -> [Step] {
        var steps = placing.way.steps
        var looks = helpingLooks
        for missing in placing.missing {
            let step = step(for: missing, question, asksCandidates) { more in
                looks += question.voters.count
                return Self.placings(more, reserved, own, [placing.way], &looks).map { placings in
                    placings.first.map { $0.cost < placing.cost } ?? false
                }
            }
            steps.add(step)
        }
        helpingLooks = looks
        return steps
    }

    /// Who sits where, as far as it is certain.
    private struct Placing {
        var way: Way
        /// The bits that each voter fills.
        var filled: [UInt64]
        var missing: [Seating.Missing]
        var cost: Int { way.cost + missing.reduce(0) { min($0 + $1.count, RequirementResult.impossible / 4) } }
    }

    /// The places of earlier gates for which each voter is kept where these are not met.
    private static func reserved(_ question: SeatingQuestion, _ standing: [Voter], _ own: Int) -> [UInt64] {
        let ownBits = question.group.bits(of: own)
        var kept = AccountTable<UInt64>()
        for voter in standing { kept[voter.account] = voter.possible & ~ownBits }
        return question.voters.map { kept[$0.account] ?? 0 }
    }

    /// By some ways of the last gate, the shortest first; only one where every place is filled; nil when the search was
    /// given up.
    ///
    /// - Parameter looks: looks at voters, counted on.
    private static func placings(
        _ question: SeatingQuestion, _ reserved: [UInt64], _ own: Int, _ ways: [Way], _ looks: inout Int
    ) -> [Placing]? {
        if looks > SeatingQuestion.mostLooks { return nil }
        let masks = question.voters.map(\.certain)
        if let (ways, filled) = question.filled(masks, &looks), let way = ways.last {
            return [Placing(way: way, filled: filled, missing: [])]
        }
        let before = question.earlier.filled(masks, &looks)
        var placings: [Placing] = []
        for way in ways {
            if looks > SeatingQuestion.mostLooks { return nil }
            looks += masks.count * question.group.counts.count
            placings.append(placing(of: way, before, question, masks, reserved, own, &looks))
        }
        return placings.enumerated().sorted { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }
            .map(\.element)
    }

    /// The earlier gates first; where they are not met, whoever could fill a place of theirs is kept for them.
    private static func placing(
        of way: Way, _ before: (ways: [Way], filled: [UInt64])?, _ question: SeatingQuestion, _ masks: [UInt64],
        _ reserved: [UInt64], _ own: Int, _ looks: inout Int
    ) -> Placing {
        if let before {
            let ways = before.ways + [way]
            // Where everybody of an `all of` sits here, a place of an earlier gate may be the one that is empty.
            if let (filled, missing) = question.seating(ways, masks, isPessimistic: true).best(&looks), !missing.isEmpty
            {
                return Placing(way: way, filled: zip(filled, question.pinned(ways)).map { $0 | $1 }, missing: missing)
            }
        }
        let kept = before?.filled ?? reserved
        let free = zip(masks, kept).map { $1 == 0 ? $0 : 0 }
        let alone = question.alone.seating([way], free, isPessimistic: true)
        var (filled, missing) = alone.best(&looks) ?? (alone.masks, alone.lacking)
        let isDistinct = question.group.isDistinct[own]
        for (bit, count) in question.group.counts.enumerated()
        where count.quota.count == nil && count.table == own && way.counts.contains(count.quota.number) {
            var lacking = 0
            var helped: UInt64 = 0
            for (index, voter) in question.voters.enumerated() where voter.possible.holds(bit) {
                if kept[index] == 0, !isDistinct || filled[index] == 0 {
                    filled[index] |= 1 << UInt64(bit)
                } else {
                    // Somebody else may take the place that keeps him, unless it is one of everybody's.
                    let others = kept[index] & question.group.countedBits
                    helped |= others == 0 ? 1 << UInt64(bit) : others
                    lacking += 1
                }
            }
            if lacking > 0 { missing.append(Seating.Missing(bit: bit, count: lacking, helped: helped)) }
        }
        return Placing(way: way, filled: zip(filled, kept).map { $0 | $1 }, missing: missing)
    }

    /// One more signature of one kind: an approval, or an acknowledgement of one item.
    /// - Parameter helps: whether one more signature of somebody who has signed fills more places; nil when that was not
    ///   found out in time: then nobody is named.
    private mutating func step(
        for missing: Seating.Missing, _ question: SeatingQuestion, _ asksCandidates: Bool,
        helps: (SeatingQuestion) -> Bool?
    ) -> Step {
        let item = question.group.counts[missing.bit].source.item
        var texts: [String] = []
        var candidates: [Account]? = []
        for (bit, count) in question.group.counts.enumerated()
        where missing.helped.holds(bit) && count.source.item?.name == item?.name {
            for text in count.quota.people.alternatives where !texts.contains(text) { texts.append(text) }
            let signed = question.voters.filter { $0.possible.holds(bit) }.map(\.account)
            let signatures = self.signatures(from: count.source).asking(asksCandidates)
            var more = self.candidates(count.quota.people, without: signed, signatures)
            for account in more ?? [] where question.voters.contains(where: { $0.account == account }) {
                // Who fills another place must leave it to somebody.
                switch helps(question.adding(1 << UInt64(bit), of: account)) {
                case true?: break
                case false?: more?.removeAll { $0 == account }
                case nil: more = nil
                }
                if more == nil { break }
            }
            candidates = candidates.flatMap { known in more.map { known + $0.filter { !known.contains($0) } } }
        }
        let step = Step.sign(count: missing.count, people: texts.joined(separator: " | "), candidates: candidates)
        return item.map { step.acknowledging($0.name) } ?? step
    }
}

extension Step {
    /// Whether fewer people can sign than it asks for.
    fileprivate var isOutOfReach: Bool {
        switch self {
        case .sign(let count?, _, let candidates?), .acknowledge(_, let count?, _, let candidates?):
            candidates.count < count
        default: false
        }
    }
}

extension [Step] {
    /// Adds a step; signatures of the same people are counted together.
    fileprivate mutating func add(_ step: Step) {
        if case .sign(let more?, let people, let candidates) = step,
            let index = firstIndex(where: {
                if case .sign(_?, people, candidates) = $0 { true } else { false }
            }), case .sign(let count?, _, _) = self[index]
        {
            self[index] = .sign(count: count + more, people: people, candidates: candidates)
        } else {
            append(step)
        }
    }
}
