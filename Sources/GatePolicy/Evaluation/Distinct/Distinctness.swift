/// What `distinct` comes to for one gate.
struct Distinctness {
    /// Whether its places are filled by people who fill no other that must be distinct.
    var truth: Truth
    var explanation: Explanation
    /// What would fill the places that are empty.
    var steps: [Step] = []
    var cost = 0
    /// The counts of approvals that each of those assigned fills here.
    var filled = AccountTable<(account: Account, sets: [String])>()
    /// The earlier gates that keep people who have signed.
    var kept = AccountTable<String>()
    /// The item whose place each of those assigned fills here.
    var acknowledged = AccountTable<[String]>()
    /// The items that lack somebody who fills no other place.
    var lacking: Set<String> = []
    /// Why nobody knows where people who have signed are needed.
    var open = AccountTable<Set<Unknown>>()
}

extension Evaluation {
    /// Whether different people fill the places of a gate, where the policy asks for that.
    ///
    /// The gates of a list are served in its order: a gate passes when its places and those of all earlier ones can be
    /// filled together, or when people fill them who could not fill any place of an earlier one.
    mutating func distinctness(
        of planned: PlannedGate, _ signatures: Signatures, asksCandidates: Bool
    ) -> Distinctness? {
        guard let number = planned.group, let gate = planned.gate, !isOff(planned) else { return nil }
        let group = policy.plan.groups[number]
        if signatures.missing != nil, !group.countsAcknowledgements { return nil }
        guard let own = group.gates.firstIndex(of: gate.name) else { return nil }
        // A gate that is waived, does not apply or is off today needs nobody.
        var earlier: [Int] = []
        var certainlyEarlier: [Int] = []
        var unknowns: Set<Unknown> = []
        for table in 0..<own {
            guard let place = policy.plan.number(of: group.gates[table]), let judgement = judged[place],
                !isOff(policy.plan.list[place])
            else { continue }
            let isFree = judgement.possible.isOne(of: [.notNeeded, .waived], else: judgement.unknowns)
            if isFree != .yes { earlier.append(table) }
            if isFree == .no { certainlyEarlier.append(table) } else { unknowns.formUnion(judgement.unknowns) }
        }
        if earlier.isEmpty, !group.isDistinct[own] { return nil }
        let tables = (earlier + [own]).map { (table: $0, ways: ways(of: group.gates[$0])) }
        let voters = voters(of: group, at: earlier + [own])
        let all = SeatingQuestion(group: group, tables: tables, voters: voters)
        var truth = all.answer(unknowns, &seatingLooks)
        if !unknowns.isEmpty, truth == .no {
            let fewer = tables.filter { certainlyEarlier.contains($0.table) || $0.table == own }
            if SeatingQuestion(group: group, tables: fewer, voters: voters).answer([], &seatingLooks) != .no {
                truth = .unknown(unknowns)
            }
        }
        // Whoever could sign for an earlier gate, even if it takes a new signature, is kept for it.
        let standing =
            truth == .yes || earlier.isEmpty ? [] : self.voters(of: group, at: earlier + [own], onlyStandingAt: own)
        if truth != .yes, !earlier.isEmpty {
            let kept = earlier.reduce(0) { $0 | group.bits(of: $1) }
            let surelyKept = certainlyEarlier.reduce(0) { $0 | group.bits(of: $1) }
            let apart = { (bits: UInt64) in
                SeatingQuestion(group: group, tables: tables.suffix(1), voters: standing).outside(bits)
            }
            var outside = apart(kept).answer(unknowns, &seatingLooks)
            if outside == .no, kept != surelyKept, apart(surelyKept).answer([], &seatingLooks) != .no {
                outside = .unknown(unknowns)
            }
            truth = truth || outside
        }
        // More signatures could only fill more places.
        for count in group.counts where truth != .yes && (earlier + [own]).contains(count.table) {
            if let incomplete = self.signatures(from: count.source).incomplete {
                truth = truth || .unknown([incomplete])
            }
        }
        return explain(truth, all, kept: standing, own, asksCandidates: asksCandidates)
    }

    private func isOff(_ planned: PlannedGate) -> Bool { planned.gate?.mode(at: facts.now).isOff ?? false }
}

extension Distinctness {
    /// Gives a count's places to people.
    mutating func fill(_ count: DistinctGroup.Count, by people: [Account], missing: Int) {
        guard let item = count.source.item else {
            for account in people { filled[account, default: (account, [])].sets.append(count.text) }
            return
        }
        for account in people { acknowledged[account, default: []].append(item.name) }
        if missing > 0 { lacking.insert(item.name) }
    }
}

extension ItemVerdict {
    /// What it comes to where nobody fills two places.
    func narrowed(by distinct: Distinctness) -> ItemVerdict {
        var verdict = self
        if state == .met, distinct.lacking.contains(name) { verdict.state = State(distinct.truth) }
        for (index, word) in acknowledgements.enumerated() where word.fate == .counts {
            let author = word.acknowledgement.author
            if distinct.acknowledged[author]?.contains(name) == true { continue }
            if let reasons = distinct.open[author] {
                verdict.acknowledgements[index].fate = .unknowable(reasons.inOrder)
            } else if let place = distinct.acknowledged[author]?.first ?? distinct.filled[author]?.sets.first
                ?? distinct.kept[author]
            {
                verdict.acknowledgements[index].fate = .keptFor(place)
            }
        }
        return verdict
    }
}

extension RequirementResult {
    /// What it comes to where different people must fill the places, too.
    func narrowed(by distinct: Distinctness) -> RequirementResult {
        var result = self
        if truth != .no { result.truth = distinct.truth }
        if !distinct.steps.isEmpty { (result.steps, result.cost) = (distinct.steps, distinct.cost) }
        return result
    }
}
