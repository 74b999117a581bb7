/// Whose signatures fill places of a set of people: found once for all counts of that set under the same rules.
struct SetVotes {
    /// Those that do, in the order of their first valid word.
    var certain: [Account] = []
    /// Those of whom nobody knows, and why.
    var open: [(account: Account, reasons: Set<Unknown>)] = []
}

/// The votes that were found, by the number of the set and then of the rules: few rules ask for the same set, and most
/// sets are asked for under one of them.
struct VotesTable {
    /// The place of the last entry of each set; nil for none.
    private var last: [Int?] = []
    private var entries: [(rules: Int, votes: SetVotes, previous: Int?)] = []

    func votes(of set: Int, under rules: Int) -> SetVotes? {
        var place = last.isEmpty ? nil : last[set]
        while let next = place {
            if entries[next].rules == rules { return entries[next].votes }
            place = entries[next].previous
        }
        return nil
    }

    mutating func add(_ votes: SetVotes, of set: Int, under rules: Int, setCount: Int) {
        if last.isEmpty { last = (0..<setCount).map { _ in nil } }
        entries.append((rules, votes, last[set]))
        last[set] = entries.count - 1
    }

    /// How many it holds room for.
    var size: Int { last.count + entries.count }
}

extension Evaluation {
    /// Whose signatures fill places of a set.
    mutating func votes(of set: PlannedPeople, among signatures: Signatures) -> SetVotes {
        guard let rules = signatures.number, let number = set.number else { return findVotes(of: set, signatures) }
        if let known = judgedVotes.votes(of: number, under: rules) { return known }
        let found = findVotes(of: set, signatures)
        judgedVotes.add(found, of: number, under: rules, setCount: policy.plan.setCount)
        return found
    }

    private mutating func findVotes(of set: PlannedPeople, _ signatures: Signatures) -> SetVotes {
        let rules = signatures.rules
        // Where the committers are known, none of them is among the votes, and the set alone is enough.
        let areKnown = rules.committers || resolveCommitters(rules.committerRule) != nil
        let resolved = areKnown ? resolve(set) : nil
        var signers: People?
        var votes = SetVotes()
        let asked = resolved?.signers(signatures.votes) ?? Array(signatures.votes.indices)
        votes.certain.reserveCapacity(asked.count)
        for index in asked {
            let vote = signatures.votes[index]
            var isAsked = Truth.yes
            if resolved == nil {
                let people = signers ?? rules.signers(of: set.people)
                signers = people
                isAsked = membership(of: vote.account, in: people)
            }
            switch vote.freshness && isAsked {
            case .yes: votes.certain.append(vote.account)
            case .no: break
            case .unknown(let reasons): votes.open.append((vote.account, reasons))
            }
        }
        return votes
    }
}
