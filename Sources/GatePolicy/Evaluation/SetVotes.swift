/// Whose signatures fill places of a set of people: found once for all counts of that set under the same rules.
struct SetVotes {
    /// Those that do, in the order of their first valid word.
    var certain: [Account] = []
    /// Those of whom nobody knows, and why.
    var open: [(account: Account, reasons: Set<Unknown>)] = []
}

extension Evaluation {
    /// Whose signatures fill places of a set.
    mutating func votes(of set: PlannedPeople, among signatures: Signatures) -> SetVotes {
        guard let rules = signatures.number, let number = set.number else { return findVotes(of: set, signatures) }
        if let known = judgedApprovals[rules].votes[number] { return known }
        let found = findVotes(of: set, signatures)
        judgedApprovals[rules].votes[number] = found
        return found
    }

    private mutating func findVotes(of set: PlannedPeople, _ signatures: Signatures) -> SetVotes {
        let rules = signatures.rules
        // Where the committers are known, none of them is among the votes, and the set alone is enough.
        let areKnown = rules.committers || resolve(.committers(rules.committerRule)) != nil
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
