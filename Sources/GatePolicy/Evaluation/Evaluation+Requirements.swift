/// What a requirement came to.
struct RequirementResult {
    var truth: Truth
    var explanation: Explanation
    /// The shortest way to make it true; empty when it is.
    var steps: [Step]
    /// How many signatures that way needs; a way that nobody can go costs too much.
    var cost: Int

    static let impossible = 1_000_000
}

extension Evaluation {
    /// A requirement's truth by some signatures, with its tree and the shortest way to green.
    mutating func explain(_ requirement: Requirement, by signatures: Signatures) -> RequirementResult {
        switch requirement {
        case .quota(let quota): return explain(quota, requirement, by: signatures)
        case .condition(let condition):
            let (truth, tree) = explain(condition)
            return RequirementResult(
                truth: truth, explanation: tree, steps: truth == .yes ? [] : [.condition(condition.description)],
                cost: truth == .yes ? 0 : 50)
        case .never(let reason):
            return RequirementResult(
                truth: .no, explanation: Explanation(requirement.description, .no, detail: reason),
                steps: [.never(reason)], cost: RequirementResult.impossible)
        case .reference(let reference): return explain(reference, requirement)
        case .all(let parts):
            let results = parts.map { explain($0, by: signatures) }
            let truth = results.reduce(Truth.yes) { $0 && $1.truth }
            return RequirementResult(
                truth: truth,
                explanation: Explanation(requirement.description, truth, children: results.map(\.explanation)),
                steps: results.flatMap(\.steps),
                cost: results.reduce(0) { min($0 + $1.cost, RequirementResult.impossible) })
        case .any(let parts):
            let results = parts.map { explain($0, by: signatures) }
            let truth = results.reduce(Truth.no) { $0 || $1.truth }
            let shortest = results.min { $0.cost < $1.cost }
            return RequirementResult(
                truth: truth,
                explanation: Explanation(requirement.description, truth, children: results.map(\.explanation)),
                steps: truth == .yes ? [] : shortest?.steps ?? [],
                cost: truth == .yes ? 0 : shortest?.cost ?? RequirementResult.impossible)
        }
    }

    private mutating func explain(
        _ quota: Requirement.Quota, _ requirement: Requirement, by signatures: Signatures
    ) -> RequirementResult {
        let votes = signatures.votes
        var certain: [Account] = []
        var open: Set<Unknown> = []
        var possible = 0
        for (account, validity) in votes {
            switch validity && membership(of: account, in: quota.people) {
            case .yes: certain.append(account)
            case .no: break
            case .unknown(let reasons):
                possible += 1
                open.formUnion(reasons)
            }
        }
        if let missing = signatures.missing { return explainMissing(quota, requirement, missing) }
        guard let count = quota.count else { return explainAll(quota, requirement, certain, signatures) }
        let truth: Truth =
            certain.count >= count ? .yes : certain.count + possible >= count ? .unknown(open) : .no
        let missing = truth == .yes ? 0 : max(count - certain.count, 1)
        let candidates = truth == .yes ? nil : candidates(quota.people, without: certain, signatures)
        let reachable = candidates.map { $0.count >= missing } ?? true
        return RequirementResult(
            truth: truth,
            explanation: Explanation(
                requirement.description, truth, detail: "\(certain.count) of \(count)", signers: certain),
            steps: truth == .yes
                ? [] : [.sign(count: missing, people: quota.people.description, candidates: candidates)],
            cost: reachable ? missing : RequirementResult.impossible / 2)
    }

    private func explainMissing(
        _ quota: Requirement.Quota, _ requirement: Requirement, _ missing: Unknown
    ) -> RequirementResult {
        RequirementResult(
            truth: .unknown([missing]), explanation: Explanation(requirement.description, .unknown([missing])),
            steps: [.sign(count: quota.count ?? 1, people: quota.people.description, candidates: nil)],
            cost: quota.count ?? 1)
    }

    /// `all of P`: every active member who may sign here; if that leaves nobody it cannot be met.
    private mutating func explainAll(
        _ quota: Requirement.Quota, _ requirement: Requirement, _ certain: [Account], _ signatures: Signatures
    ) -> RequirementResult {
        var truth = Truth.no
        var missing: [Account] = []
        var required = 0
        switch roster(of: quota.people) {
        case .unknown(let unknown): truth = .unknown([unknown])
        case .known(let accounts):
            truth = .yes
            for account in accounts {
                let eligible = eligibility(of: account, signatures.rules)
                if eligible == .no { continue }
                required += 1
                if certain.contains(account) { continue }
                missing.append(account)
                let mayYetCount = signatures.votes.contains { $0.account == account && $0.validity != .no }
                let vote = signatures.votes.first { $0.account == account }?.validity ?? .no
                truth = truth && (mayYetCount ? vote : .no || !eligible)
            }
            if required == 0 { truth = .no }
        }
        return RequirementResult(
            truth: truth,
            explanation: Explanation(
                requirement.description, truth, detail: "\(certain.count) of \(required)", signers: certain),
            steps: truth == .yes
                ? []
                : [
                    .sign(
                        count: max(missing.count, 1), people: quota.people.description,
                        candidates: missing.isEmpty ? nil : missing)
                ],
            cost: truth == .yes ? 0 : max(missing.count, 1))
    }

    /// Who could still sign; nil when it is not asked or not known.
    private mutating func candidates(
        _ people: People, without signed: [Account], _ signatures: Signatures
    ) -> [Account]? {
        guard asksWhoCanSign, signatures.asksCandidates, case .known(let accounts) = roster(of: people) else {
            return nil
        }
        var able: [Account] = []
        for account in accounts where !signed.contains(account) {
            switch eligibility(of: account, signatures.rules) {
            case .yes: able.append(account)
            case .no: break
            case .unknown: return nil
            }
        }
        return able
    }

    /// Whether somebody may sign at all under some rules.
    mutating func eligibility(of account: Account, _ rules: ApprovalRules) -> Truth {
        if account == facts.serviceAccount || account.isActive == false { return .no }
        if !rules.author, account == facts.pullRequest.author { return .no }
        return rules.committers ? .yes : !isCommitter(account)
    }

    private mutating func explain(_ reference: Requirement.Reference, _ requirement: Requirement) -> RequirementResult {
        let judgement = judgement(named: reference.name)
        var truth = Truth.no
        if let judgement {
            let good: Set<Outcome> =
                reference.allowsNotNeeded ? [.approved, .waived, .notNeeded] : [.approved, .waived]
            let answers = Set(judgement.possible.map(good.contains))
            truth = answers.count == 1 ? Truth(answers.contains(true)) : .unknown(judgement.unknowns)
        }
        let steps: [Step] =
            truth == .yes ? [] : judgement?.steps.isEmpty == false ? judgement?.steps ?? [] : [.gate(reference.name)]
        return RequirementResult(
            truth: truth,
            explanation: Explanation(
                requirement.description, truth, children: judgement?.requirement.map { [$0] } ?? []),
            steps: steps, cost: truth == .yes ? 0 : max(judgement?.cost ?? RequirementResult.impossible, 1))
    }
}
