/// What the waivers of a gate come to.
struct Waiving {
    /// Whether the gate is waived.
    var stands = Truth.no
    /// The newest word of whoever began, of those that count, or may.
    var waiver: Waiver?
    var fates: [WaiverFate] = []
    /// Who else must waive it, where some waivers count and do not suffice.
    var missing: [Step]?
}

extension Evaluation {
    /// Whether a valid waiver stands, and what became of each.
    mutating func waiving(of planned: PlannedGate) -> Waiving {
        guard let by = planned.waive, let gate = planned.gate, let rule = gate.waive else { return Waiving() }
        let (waivers, missing) = waivers()
        let open = missing.map { Truth.unknown([$0]) } ?? .no
        var given: [(waiver: Waiver, signature: Signature)] = []
        var waiving = Waiving()
        for waiver in waivers where waiver.gate == gate.name {
            switch signature(of: waiver, rule, by, gate.approvals) {
            case .signature(let signature): given.append((waiver, signature))
            case .fate(let fate): waiving.fates.append(WaiverFate(waiver: waiver, fate: fate))
            }
        }
        if given.isEmpty {
            waiving.stands = open
            return waiving
        }
        let outer = places
        places = Places()
        defer { places = outer }
        let rules = gate.approvals
        // A waiver needs somebody's word: what holds without one is no waiver.
        let without = explain(by, by: Signatures([], rules: rules, asksCandidates: false))
        places = Places()
        let result = explain(
            by, by: Signatures(given.map(\.signature), rules: rules, asksCandidates: false))
        // The waiver that is shown is one that fills a place, not one that somebody else added.
        let signers = places.signers
        let counted = given.filter { signers.contains($0.waiver.author) }
        let shown = (counted.isEmpty ? given : counted).map(\.waiver)
        // Where it takes several, the first says why, and the others agree.
        let first = shown.min { $0.givenAt < $1.givenAt }?.author
        waiving.waiver = shown.filter { $0.author == first }.max { $0.givenAt < $1.givenAt }
        if result.truth != .yes, !counted.isEmpty { waiving.missing = result.steps }
        waiving.stands = (result.truth && !without.truth) || open
        for (waiver, _) in given {
            waiving.fates.append(WaiverFate(waiver: waiver, fate: fate(of: waiver, signers)))
        }
        return waiving
    }

    private enum Word {
        case signature(Signature)
        case fate(WaiverFate.Fate)
    }

    private mutating func signature(
        of waiver: Waiver, _ rule: Gate.Waive, _ by: PlannedRequirement, _ rules: ApprovalRules
    ) -> Word {
        guard waiver.author.isReal, let commit = waiver.commit else { return .fate(.noCommit) }
        if let created = facts.repository.createdAt, waiver.givenAt < created { return .fate(.migrated) }
        if rule.reasonRequired, !AnswerText.saysSomething(waiver.reason) { return .fate(.noReason) }
        if waiver.author == facts.serviceAccount || waiver.author.isActive == false { return .fate(.mayNotSign) }
        if eligibility(of: waiver.author, rules) == .no {
            return .fate(waiver.author == facts.pullRequest.author ? .author : .committer)
        }
        let (freshness, fate) = freshness(of: commit, givenAt: waiver.givenAt, by: waiver.author, for: by, rules)
        if freshness == .no { return .fate(fate == .notAskedFor ? .notAskedFor : .stale(since: commit)) }
        return .signature(Signature(account: waiver.author, freshness: freshness))
    }

    private func fate(of waiver: Waiver, _ signers: Set<Account>) -> WaiverFate.Fate {
        if signers.contains(waiver.author) { return .counts }
        if let reasons = places.open[waiver.author] { return .unknowable(reasons.inOrder) }
        return .notAskedFor
    }
}
