/// Who fills places of a gate, for the fates of reviews.
struct Places {
    /// One thing that was found about its places.
    enum Finding {
        /// Places of a set and who fills them.
        case filled(String, by: [Account])
        /// Whoever fills places of another gate fills them here, too.
        case same(GateJudgement)
    }

    /// In the order in which it was found.
    ///
    /// What others fill is looked up there and not repeated here: many gates may refer to one of thousands of places.
    private(set) var found: [Finding] = []
    /// Why nobody knows whether a person's signature counts.
    var open = AccountTable<Set<Unknown>>()
    /// Which earlier gate of a `distinct` list keeps a person's signature.
    var kept = AccountTable<String>()
    /// The item whose place each person's acknowledgement fills, where nobody may fill two.
    var acknowledged = AccountTable<String>()

    /// Fills places of a set.
    mutating func fill(_ set: String, by accounts: [Account]) {
        if !accounts.isEmpty { found.append(.filled(set, by: accounts)) }
    }

    /// Fills places by whoever fills those of another gate.
    mutating func merge(_ gate: GateJudgement) {
        if !gate.places.found.isEmpty { found.append(.same(gate)) }
        for (id, reasons) in gate.places.open { open[id, default: []].formUnion(reasons) }
    }

    /// Where different people must fill the places, each fills what he was assigned.
    mutating func assign(_ distinct: Distinctness) {
        let assigned = Set(distinct.filled.map(\.id) + distinct.open.map(\.id))
        if !assigned.isEmpty {
            var others: [Finding] = []
            eachFilled { set, people in
                let rest = people.filter { !assigned.contains($0.id) }
                if !rest.isEmpty { others.append(.filled(set, by: rest)) }
            }
            found = others
        }
        for (_, seat) in distinct.filled { for set in seat.sets { fill(set, by: [seat.account]) } }
        kept = distinct.kept
        for (id, items) in distinct.acknowledged where distinct.filled[id] == nil {
            acknowledged[id] = items.first
        }
        for (id, reasons) in distinct.open { open[id, default: []].formUnion(reasons) }
    }

    /// Everybody whose signature counts for any set.
    var signers: Set<Account> {
        var signers: Set<Account> = []
        eachFilled { signers.formUnion($1) }
        return signers
    }

    /// Tells who fills places of which set, in the order in which it was found; some may be told again.
    func eachFilled(_ tell: (String, [Account]) -> Void) {
        var seen: Set<ObjectIdentifier> = []
        eachFilled(&seen, tell)
    }

    /// - Parameter seen: gates that were told already: references may lead to one many times.
    private func eachFilled(_ seen: inout Set<ObjectIdentifier>, _ tell: (String, [Account]) -> Void) {
        for finding in found {
            switch finding {
            case .filled(let set, let people): tell(set, people)
            case .same(let gate):
                if seen.insert(ObjectIdentifier(gate)).inserted { gate.places.eachFilled(&seen, tell) }
            }
        }
    }
}
