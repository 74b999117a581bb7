/// Somebody whose signature may fill places of a group of gates, one bit a count.
struct Voter {
    let account: Account
    /// Every set of places that some way of filling in the unknowns lets him fill; never empty.
    let profiles: Set<UInt64>
    /// Why there is more than one.
    let unknowns: Set<Unknown>

    /// The places he can fill whatever turns out.
    var certain: UInt64 { profiles.reduce(.max, &) }
    /// The places that he may turn out to be able to fill.
    var possible: UInt64 { profiles.reduce(0, |) }

    /// Among some places only.
    func restricted(to bits: UInt64) -> Voter {
        Voter(account: account, profiles: Set(profiles.map { $0 & bits }), unknowns: unknowns)
    }

    /// Without those who may be kept for other places.
    func outside(_ kept: UInt64) -> Voter {
        Voter(account: account, profiles: Set(profiles.map { $0 & kept == 0 ? $0 : 0 }), unknowns: unknowns)
    }

    /// The profiles that are worst for whoever wants places filled: of two, the one that holds less.
    var fewest: [UInt64] {
        if profiles.count == 1 { return Array(profiles) }
        return profiles.filter { one in !profiles.contains { $0 != one && $0 & one == $0 } }.sorted()
    }

    /// The profiles that are best.
    var most: [UInt64] {
        if profiles.count == 1 { return Array(profiles) }
        return profiles.filter { one in !profiles.contains { $0 != one && $0 & one == one } }.sorted()
    }
}

extension Evaluation {
    /// Everybody whose signature may fill a place of some of a group's gates, in the order of their signatures.
    /// - Parameter last: the gate whose places it must fill as it stands; of the others' places those are told that a
    ///   new signature of the same person could fill, where that is asked for
    mutating func voters(of group: DistinctGroup, at tables: [Int], onlyStandingAt last: Int? = nil) -> [Voter] {
        let counts = group.counts.enumerated().filter { tables.contains($0.element.table) }
        var rules: [ApprovalRules] = []
        for (_, count) in counts where !rules.contains(count.rules) { rules.append(count.rules) }
        let signatures = rules.map { givenSignatures(under: $0).votes }
        var seen: Set<Account> = []
        let accounts = signatures.joined().map(\.account).filter { seen.insert($0).inserted }
        return accounts.compactMap { account -> Voter? in
            let fresh = signatures.map { votes in votes.first { $0.account == account }?.freshness ?? .no }
            var sets: [SetQuestion] = []
            let stands = { (count: DistinctGroup.Count) in last.map { $0 == count.table } ?? true }
            for (bit, count) in counts where !stands(count) || fresh[rules.firstIndex(of: count.rules) ?? 0] != .no {
                sets.append(
                    SetQuestion(
                        bit: bit, people: count.rules.signers(of: count.quota.people),
                        negative: count.quota.count == nil)
                )
            }
            var (profiles, unknowns) = memberships(of: account, in: sets)
            for (index, truth) in fresh.enumerated() {
                guard case .unknown(let reasons) = truth else { continue }
                var bits: UInt64 = 0
                for (bit, count) in counts where stands(count) && count.rules == rules[index] {
                    bits |= 1 << UInt64(bit)
                }
                profiles.formUnion(profiles.map { $0 & ~bits })
                unknowns.formUnion(reasons)
            }
            if profiles == [0] { return nil }
            return Voter(account: account, profiles: profiles, unknowns: unknowns)
        }
    }
}
