extension Evaluation {
    /// Who fills which place of a gate, or which are empty and who could fill them.
    mutating func explain(
        _ truth: Truth, _ question: SeatingQuestion, kept standing: [Voter], _ own: Int, asksCandidates: Bool
    ) -> Distinctness {
        let group = question.group
        var result = Distinctness(truth: truth, explanation: Explanation(group.text, truth))
        guard let found = placing(question, standing, own) else {
            result.explanation = Explanation(group.text, truth, detail: "no way of meeting it is open")
            return result
        }
        var places: [Explanation] = []
        for (bit, count) in group.counts.enumerated()
        where count.table == own && found.way.counts.contains(count.quota.number) {
            let people = question.voters.indices.filter { found.filled[$0].holds(bit) }.map {
                question.voters[$0].account
            }
            let missing = found.missing.first { $0.bit == bit }.map(\.count) ?? 0
            let mark = missing == 0 ? Truth.yes : truth
            places.append(
                Explanation(count.text, mark, detail: "\(people.count) of \(people.count + missing)", signers: people))
            for account in people { result.filled[account, default: []].append(count.text) }
        }
        var elsewhere: [String] = []
        for (index, voter) in question.voters.enumerated() where result.filled[voter.account] == nil {
            let others = (0..<UInt64.bitWidth).first { found.filled[index].holds($0) }
            guard let bit = others, voter.possible & group.bits(of: own) != 0 else { continue }
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
        if truth == .yes { return result }
        result.steps = found.way.steps
        for missing in found.missing { result.steps.add(step(for: missing, question, asksCandidates)) }
        result.cost = found.cost + (result.steps.contains(where: \.isOutOfReach) ? RequirementResult.impossible / 2 : 0)
        return result
    }

    /// Who sits where, as far as it is certain.
    private struct Placing {
        var way: Way
        /// The bits that each voter fills.
        var filled: [UInt64]
        var missing: [Seating.Missing]
        var cost: Int { way.cost + missing.reduce(0) { min($0 + $1.count, RequirementResult.impossible / 4) } }
    }

    private func placing(_ question: SeatingQuestion, _ standing: [Voter], _ own: Int) -> Placing? {
        let masks = question.voters.map(\.certain)
        if let (ways, filled) = question.filled(masks), let way = ways.last {
            return Placing(way: way, filled: filled, missing: [])
        }
        let before = question.earlier.filled(masks)
        let ownBits = question.group.bits(of: own)
        let kept = question.voters.map { voter in
            standing.first { $0.account == voter.account }.map { $0.possible & ~ownBits } ?? 0
        }
        var best: Placing?
        for way in question.tables.last?.ways.list ?? [] {
            let found = placing(of: way, before, question, masks, kept, ownBits)
            if best.map({ found.cost < $0.cost }) ?? true { best = found }
        }
        return best
    }

    /// The earlier gates first; where they are not met, whoever could fill a place of theirs is kept for them.
    private func placing(
        of way: Way, _ before: (ways: [Way], filled: [UInt64])?, _ question: SeatingQuestion, _ masks: [UInt64],
        _ reserved: [UInt64], _ ownBits: UInt64
    ) -> Placing {
        if let before, let (filled, missing) = question.seating(before.ways + [way], masks, isPessimistic: true).best()
        {
            let lacking = missing.filter { ownBits.holds($0.bit) }
            if !lacking.isEmpty { return Placing(way: way, filled: filled, missing: lacking) }
        }
        let kept = before?.filled ?? reserved
        let free = zip(masks, kept).map { $1 == 0 ? $0 : 0 }
        let alone = question.alone.seating([way], free, isPessimistic: true)
        if let (filled, missing) = alone.best() {
            return Placing(way: way, filled: zip(filled, kept).map { $0 | $1 }, missing: missing)
        }
        let missing = (alone.tables.first?.counts ?? []).compactMap { bit, count -> Seating.Missing? in
            let lacking = count - free.count { $0.holds(bit) }
            return lacking > 0 ? Seating.Missing(bit: bit, count: lacking, helped: 1 << UInt64(bit)) : nil
        }
        return Placing(way: way, filled: zip(free, kept).map { $0 | $1 }, missing: missing)
    }

    private mutating func step(
        for missing: Seating.Missing, _ question: SeatingQuestion, _ asksCandidates: Bool
    ) -> Step {
        var texts: [String] = []
        var candidates: [Account]? = []
        for (bit, count) in question.group.counts.enumerated() where missing.helped.holds(bit) {
            for text in count.quota.people.alternatives where !texts.contains(text) { texts.append(text) }
            let signed = question.voters.filter { $0.possible.holds(bit) }.map(\.account)
            var signatures = givenSignatures(under: count.rules)
            signatures.asksCandidates = asksCandidates
            let more = self.candidates(count.quota.people, without: signed, signatures)
            candidates = candidates.flatMap { known in more.map { known + $0.filter { !known.contains($0) } } }
        }
        return .sign(count: missing.count, people: texts.joined(separator: " | "), candidates: candidates)
    }
}

extension Step {
    /// Whether fewer people can sign than it asks for.
    fileprivate var isOutOfReach: Bool {
        guard case .sign(let count?, _, let candidates?) = self else { return false }
        return candidates.count < count
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
