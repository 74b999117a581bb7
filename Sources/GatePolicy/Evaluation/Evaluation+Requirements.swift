/// What a requirement came to.
struct RequirementResult {
    var truth: Truth
    var explanation: Explanation
    /// The shortest way to make it true; empty when it is.
    var steps: [Step]
    /// How many signatures that way needs; a way that nobody can go costs too much.
    var cost: Int
    /// Whether steps of it are signatures under other rules than those it was judged by, so that whoever takes one may
    /// fill no place here.
    var asksElsewhere = false

    static let impossible = 1_000_000
}

extension Evaluation {
    /// A requirement's truth by some signatures, with its tree and the shortest way to green.
    mutating func explain(_ requirement: PlannedRequirement, by signatures: Signatures) -> RequirementResult {
        switch requirement.shape {
        case .quota(let quota): return explain(quota, requirement.text, by: signatures)
        case .condition(let condition):
            let (truth, tree) = explain(condition)
            return RequirementResult(
                truth: truth, explanation: tree, steps: truth == .yes ? [] : [.condition(condition.text)],
                cost: truth == .yes ? 0 : 50)
        case .never(let reason):
            return RequirementResult(
                truth: .no, explanation: Explanation(requirement.text, .no),
                steps: [.never(reason)], cost: RequirementResult.impossible)
        case .ownersOfEachFile: return explainOwners(requirement.text, by: signatures)
        case .reference(let reference):
            var result = explain(reference, requirement.text)
            result.asksElsewhere = policy.plan.gate(named: reference.name).map { $0.rules != signatures.rules } ?? false
            return result
        case .checklist(let checklist): return explain(checklist, requirement.text, by: signatures)
        case .all: return explainAll(requirement, by: signatures)
        case .any: return explainAny(requirement, by: signatures)
        }
    }

    private mutating func explainAll(
        _ requirement: PlannedRequirement, by signatures: Signatures
    ) -> RequirementResult {
        var truth = Truth.yes
        var children: [Explanation] = []
        children.reserveCapacity(requirement.parts.count)
        var steps: [Step] = []
        var elsewhere: [Step] = []
        var cost = 0
        for part in requirement.parts {
            let result = explain(part, by: signatures)
            truth = truth && result.truth
            children.append(result.explanation)
            steps += result.steps
            if result.asksElsewhere { elsewhere += result.steps }
            cost = min(cost + result.cost, RequirementResult.impossible)
        }
        return RequirementResult(
            truth: truth, explanation: Explanation(requirement.text, truth, children: children),
            steps: truth == .yes ? [] : steps.unique.narrowest(but: elsewhere), cost: cost,
            asksElsewhere: !elsewhere.isEmpty)
    }

    private mutating func explainAny(
        _ requirement: PlannedRequirement, by signatures: Signatures
    ) -> RequirementResult {
        var truth = Truth.no
        var children: [Explanation] = []
        children.reserveCapacity(requirement.parts.count)
        var shortest: (steps: [Step], cost: Int)?
        var asShort: [[Step]] = []
        var asksElsewhere = false
        for part in requirement.parts {
            let result = explain(part, by: signatures)
            truth = truth || result.truth
            if result.asksElsewhere { asksElsewhere = true }
            children.append(result.explanation)
            if shortest.map({ result.cost < $0.cost }) ?? true {
                shortest = (result.steps, result.cost)
                asShort = []
            } else if result.cost == shortest?.cost {
                asShort.append(result.steps)
            }
        }
        if truth != .yes, !asShort.isEmpty, let way = shortest {
            shortest?.steps = way.steps.joined(with: asShort)
        }
        return RequirementResult(
            truth: truth, explanation: Explanation(requirement.text, truth, children: children),
            steps: truth == .yes ? [] : shortest?.steps ?? [],
            cost: truth == .yes ? 0 : shortest?.cost ?? RequirementResult.impossible, asksElsewhere: asksElsewhere)
    }

    private mutating func explain(
        _ quota: PlannedRequirement.Quota, _ text: String, by signatures: Signatures
    ) -> RequirementResult {
        if let missing = signatures.missing { return explainMissing(quota, text, missing) }
        guard let count = quota.count else { return explainEverybody(quota, text, signatures) }
        let votes = votes(of: quota.asked, among: signatures)
        let certain = votes.certain
        let possible = votes.open.count
        var open: Set<Unknown> = []
        places.fill(text, by: certain)
        for (account, reasons) in votes.open {
            open.formUnion(reasons)
            places.open[account, default: []].formUnion(reasons)
        }
        var truth: Truth =
            certain.count >= count ? .yes : certain.count + possible >= count ? .unknown(open) : .no
        if let incomplete = signatures.incomplete { truth = truth || .unknown([incomplete]) }
        let found =
            certain.count == count
            ? quota.allOfCount
            : String(certain.count) + (certain.count > count ? quota.countNeeded : quota.ofCount)
        let tree = Explanation(text, truth, detail: found, signers: certain)
        if truth == .yes { return RequirementResult(truth: .yes, explanation: tree, steps: [], cost: 0) }
        let missing = max(count - certain.count, 1)
        let candidates = candidates(quota.people, without: certain, signatures)
        let isReachable = candidates.map { $0.count >= missing } ?? true
        return RequirementResult(
            truth: truth, explanation: tree,
            steps: [.sign(count: missing, people: quota.peopleText, candidates: candidates)],
            cost: isReachable ? missing : RequirementResult.impossible / 2)
    }

    private func explainMissing(
        _ quota: PlannedRequirement.Quota, _ text: String, _ missing: Unknown
    ) -> RequirementResult {
        RequirementResult(
            truth: .unknown([missing]), explanation: Explanation(text, .unknown([missing])),
            steps: [.sign(count: quota.count ?? 1, people: quota.peopleText, candidates: nil)],
            cost: quota.count ?? 1)
    }

    /// `all of P`: every active member who may sign here; if that leaves nobody it cannot be met.
    private mutating func explainEverybody(
        _ quota: PlannedRequirement.Quota, _ text: String, _ signatures: Signatures
    ) -> RequirementResult {
        let signers = signatures.rules.signers(of: quota.people)
        // Whoever else is in it: nobody at all is not enough, so one of those who signed must be.
        var somebody = signatures.incomplete.map { Truth.unknown([$0]) } ?? .no
        for vote in signatures.votes {
            somebody = somebody || (vote.freshness && membership(of: vote.account, in: signers, negative: true))
        }
        if somebody == .no, !(asksWhoCanSign && signatures.asksCandidates) {
            return RequirementResult(
                truth: .no, explanation: Explanation(text, .no, detail: "none of them has signed"),
                steps: [.sign(count: nil, people: quota.peopleText, candidates: nil)], cost: 1)
        }
        let roster = roster(of: quota.people, negative: true)
        var everybody: Truth = roster.missing.isEmpty ? .yes : .unknown(roster.missing)
        var signed: [Account] = []
        var missing: [Account] = []
        for account in roster.listed where eligibility(of: account, signatures.rules) != .no {
            let isAsked = membership(of: account, in: signers, negative: true)
            if isAsked == .no { continue }
            var vote = signatures.votes.first { $0.account == account }?.freshness ?? .no
            if let incomplete = signatures.incomplete { vote = vote || .unknown([incomplete]) }
            everybody = everybody && (!isAsked || vote)
            switch isAsked && vote {
            case .yes: signed.append(account)
            case .no: missing.append(account)
            case .unknown(let reasons): places.open[account, default: []].formUnion(reasons)
            }
        }
        places.fill(text, by: signed)
        let truth = everybody && somebody
        let isWhole = roster.missing.isEmpty
        for vote in signatures.votes where !isWhole && !roster.listed.contains(vote.account) {
            guard
                case .unknown(let reasons) = vote.freshness && membership(of: vote.account, in: signers, negative: true)
            else { continue }
            places.open[vote.account, default: []].formUnion(reasons)
        }
        let asked = "\(signed.count) of \(isWhole ? "" : "at least ")\(signed.count + missing.count)"
        let isHopeless = isWhole && missing.isEmpty && signed.isEmpty && truth == .no
        let tree = Explanation(text, truth, detail: isHopeless ? "nobody in it may sign" : asked, signers: signed)
        if truth == .yes { return RequirementResult(truth: .yes, explanation: tree, steps: [], cost: 0) }
        let tellsWho = isWhole && asksWhoCanSign && signatures.asksCandidates
        let step = Step.sign(
            count: tellsWho ? max(missing.count, 1) : nil, people: quota.peopleText,
            candidates: tellsWho ? missing : nil)
        return RequirementResult(
            truth: truth, explanation: tree, steps: [step],
            cost: isHopeless ? RequirementResult.impossible / 2 : max(missing.count, 1))
    }

    /// Who could still sign; nil when it is not asked or not known.
    mutating func candidates(
        _ people: People, without signed: [Account], _ signatures: Signatures
    ) -> [Account]? {
        guard asksWhoCanSign, signatures.asksCandidates else { return nil }
        let roster = roster(of: people, negative: false)
        guard roster.missing.isEmpty else { return nil }
        var isKnown = true
        let candidates = roster.listed.filter { account in
            if signed.contains(account) { return false }
            let could = eligibility(of: account, signatures.rules) && membership(of: account, in: people)
            if case .unknown = could { isKnown = false }
            return could == .yes
        }
        // Nobody for certain is not nobody.
        return candidates.isEmpty && !isKnown ? nil : candidates
    }

    /// Whether some rules let somebody sign who is active and is not the account that posts the statuses.
    mutating func eligibility(of account: Account, _ rules: ApprovalRules) -> Truth {
        // The opener is a committer of nearly every pull request of his: he is judged as its author alone.
        if account == facts.pullRequest.author { return Truth(rules.author) }
        return rules.committers ? .yes : !isCommitter(account, rules.committerRule)
    }

    private mutating func explain(_ reference: Requirement.Reference, _ text: String) -> RequirementResult {
        let judgement = judgement(named: reference.name)
        if let judgement { places.merge(judgement) }
        var truth = Truth.no
        if let judgement {
            let good: PossibleOutcomes =
                reference.allowsNotNeeded ? [.approved, .waived, .notNeeded] : [.approved, .waived]
            truth = judgement.possible.isOne(of: good, else: judgement.unknowns)
        }
        if truth != .no, let softening = softening(of: reference), softening.truth != .yes {
            truth = truth && softening.truth
            return RequirementResult(
                truth: truth,
                explanation: Explanation(
                    text, truth, detail: judgement?.outcome.wording ?? "", children: [softening.explanation]),
                steps: [.condition(softening.text)] + (judgement?.steps ?? []), cost: 50 + (judgement?.cost ?? 0))
        }
        guard let judgement, truth != .yes else {
            let tree = judgement.map { $0.embedded(text, truth) }
            return RequirementResult(
                truth: truth, explanation: tree ?? Explanation(text, truth),
                steps: truth == .yes ? [] : [.gate(reference.name)],
                cost: truth == .yes ? 0 : RequirementResult.impossible)
        }
        if judgement.outcome == .notNeeded {
            // Signatures do not make it apply.
            let when = judgement.when.mark == .unmet ? Step.condition(judgement.when.expression) : nil
            return RequirementResult(
                truth: truth, explanation: judgement.embedded(text, truth), steps: [when ?? .gate(reference.name)],
                cost: 50)
        }
        return RequirementResult(
            truth: truth, explanation: judgement.embedded(text, truth),
            steps: judgement.steps.isEmpty ? [.gate(reference.name)] : judgement.steps, cost: max(judgement.cost, 1))
    }
}

extension Evaluation {
    /// Whether a gate applies by what its author cannot bring about, where its applying can help another gate.
    ///
    /// A label makes a gate necessary whoever set it; that the gate then stands in for another one needs a label that counts.
    private mutating func softening(
        of reference: Requirement.Reference
    ) -> (truth: Truth, text: String, explanation: Explanation)? {
        guard !reference.allowsNotNeeded, let condition = policy.plan.gate(named: reference.name)?.whenLookedAt
        else { return nil }
        let (truth, explanation) = explain(condition)
        return (truth, condition.text, explanation)
    }
}

extension GateJudgement {
    /// How large a tree may be to be shown again where the gate is referred to: references may repeat references.
    private static let largestEmbedded = 64

    /// What a reference to it shows.
    fileprivate func embedded(_ text: String, _ truth: Truth) -> Explanation {
        let tree = self.requirement.flatMap { $0.size <= Self.largestEmbedded ? $0 : nil }
        return Explanation(
            text, truth, detail: outcome.wording,
            signers: tree == nil ? self.requirement?.allSigners ?? [] : [], children: tree.map { [$0] } ?? [])
    }
}

extension ApprovalRules {
    /// Those of a set whose signature may count, as far as commits decide it: one set, so that it is judged exactly.
    func signers(of people: People) -> People {
        if committers { return people }
        let committers = People.committers(committerRule)
        return .difference(people, author ? .difference(committers, .author) : committers)
    }
}
