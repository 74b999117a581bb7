/// Whose signatures fill places of a set of people: found once for all counts of that set under the same rules.
struct SetVotes {
    /// Those that do, in the order of their first valid word.
    private(set) var certain: [Account] = []
    /// Those of whom nobody knows, and why.
    private(set) var open: [(account: Account, reasons: Set<Unknown>)] = []

    /// No votes yet.
    /// - Parameter places: how many there can be.
    init(places: Int) { certain.reserveCapacity(places) }

    /// Adds somebody's signature, as far as it counts.
    mutating func add(_ account: Account, _ counts: Truth) {
        switch counts {
        case .yes: certain.append(account)
        case .no: break
        case .unknown(let reasons): open.append((account, reasons))
        }
    }
}

/// What an evaluation found out about one of the plan's sets of people.
struct FoundSet {
    /// Who is in it, once asked; nil inside where that is not wholly known.
    var people: ResolvedPeople??
    /// Whose signatures fill its places, by the number of the rules that were the first to ask.
    private var first: (rules: Int, votes: SetVotes)?
    /// The same by other rules: most sets are asked for under one of them, so no table.
    private var others: [(rules: Int, votes: SetVotes)] = []

    /// How many votes under different rules it keeps.
    var size: Int { (first == nil ? 0 : 1) + others.count }

    func votes(under rules: Int) -> SetVotes? {
        if let first, first.rules == rules { return first.votes }
        return others.first { $0.rules == rules }?.votes
    }

    mutating func add(_ votes: SetVotes, under rules: Int) {
        if first == nil { first = (rules, votes) } else { others.append((rules, votes)) }
    }
}

extension Evaluation {
    /// Whose signatures fill places of a set.
    mutating func votes(of set: PlannedPeople, among signatures: Signatures) -> SetVotes {
        guard let rules = signatures.number, let number = set.number else { return findVotes(of: set, signatures) }
        if let known = foundSets[number].votes(under: rules) { return known }
        let found = findVotes(of: set, signatures)
        foundSets[number].add(found, under: rules)
        return found
    }

    private mutating func findVotes(of set: PlannedPeople, _ signatures: Signatures) -> SetVotes {
        // Where the committers are known, none of them is among the votes, and the set alone is enough.
        let areKnown = signatures.rules.committers || plainContributions(signatures.rules.committerRule) != nil
        if areKnown, let people = resolve(set) { return people.votes(among: signatures.votes) }
        var votes = SetVotes(places: signatures.votes.count)
        let signers = signatures.rules.signers(of: set.people)
        for vote in signatures.votes {
            votes.add(vote.account, vote.freshness && membership(of: vote.account, in: signers))
        }
        return votes
    }
}
