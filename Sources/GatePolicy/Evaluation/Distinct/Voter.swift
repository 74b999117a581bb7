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

    /// With a signature more, which fills some places.
    func adding(_ bits: UInt64) -> Voter {
        Voter(account: account, profiles: Set(profiles.map { $0 | bits }), unknowns: unknowns)
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

/// What makes the same question of several counts.
private struct CountKind: Hashable {
    /// The number of the set, and the count's bit where it has none.
    var set: Int?
    var bit: Int
    var ofEverybody: Bool
    /// Whose signatures fill it, by their place among the sources.
    var source: Int
    /// Whether those must stand that are given.
    var stands: Bool
}

extension Evaluation {
    /// Everybody whose signature may fill a place of some of a group's gates, in the order of their signatures.
    /// - Parameter last: the gate whose places it must fill as it stands; of the others' places those are told that a
    ///   new signature of the same person could fill, where that is asked for
    mutating func voters(of group: DistinctGroup, at tables: [Int], onlyStandingAt last: Int? = nil) -> [Voter] {
        let counts = group.counts.enumerated().filter { tables.contains($0.element.table) }
        var sources: [DistinctGroup.Source] = []
        for (_, count) in counts where !sources.contains(where: count.source.isSame) { sources.append(count.source) }
        let number = { (count: DistinctGroup.Count) in sources.firstIndex(where: count.source.isSame) ?? 0 }
        let signatures = sources.map { self.signatures(from: $0).votes }
        var seen: Set<Account> = []
        let accounts = signatures.joined().map(\.account).filter { seen.insert($0).inserted }
        let stands = { (count: DistinctGroup.Count) in last.map { $0 == count.table } ?? true }
        // Gates often ask for the same set.
        var questions: [CountKind: SetQuestion] = [:]
        for (bit, count) in counts {
            let kind = CountKind(
                set: count.quota.asked.number, bit: count.quota.asked.number == nil ? bit : 0,
                ofEverybody: count.quota.count == nil, source: number(count), stands: stands(count))
            questions[
                kind,
                default: SetQuestion(
                    bits: 0, people: count.source.rules.signers(of: count.quota.people), negative: kind.ofEverybody)
            ].bits |= 1 << UInt64(bit)
        }
        let inOrder = questions.sorted { $0.value.bits.trailingZeroBitCount < $1.value.bits.trailingZeroBitCount }
        return accounts.compactMap { account -> Voter? in
            let fresh = signatures.map { votes in votes.first { $0.account == account }?.freshness ?? .no }
            let sets = inOrder.filter { !$0.key.stands || fresh[$0.key.source] != .no }.map(\.value)
            var (profiles, unknowns) = memberships(of: account, in: sets)
            for (index, truth) in fresh.enumerated() {
                guard case .unknown(let reasons) = truth else { continue }
                var bits: UInt64 = 0
                for (bit, count) in counts where stands(count) && number(count) == index {
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
