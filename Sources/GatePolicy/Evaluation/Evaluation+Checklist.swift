extension Evaluation {
    /// What a checklist came to: every item that applies is answered and acknowledged.
    mutating func explain(
        _ checklist: PlannedChecklist, _ text: String, by signatures: Signatures
    ) -> RequirementResult {
        judgedItems = []
        var truth = Truth.yes
        var children: [Explanation] = []
        var steps = ChecklistSteps()
        var cost = 0
        for item in checklist.items {
            let result = judge(item, signatures)
            truth = truth && result.truth
            children.append(result.explanation)
            if result.truth != .yes {
                steps.add(result.steps)
                cost = min(cost + result.cost, RequirementResult.impossible)
            }
        }
        let asked = judgedItems.filter { $0.state != .notNeeded }
        let done = asked.count { $0.state == .met }
        let tree = Explanation(text, truth, detail: "\(done) of \(asked.count) done", children: children)
        return RequirementResult(truth: truth, explanation: tree, steps: steps.inOrder, cost: cost)
    }

    /// Whether no item of a gate that asks for nothing else is left.
    mutating func hasNoItemLeft(_ requirement: PlannedRequirement) -> Truth {
        guard case .checklist(let checklist) = requirement.shape else { return .no }
        var left = Truth.no
        for item in checklist.items { left = left || explain(item.when).0 }
        return !left
    }

    private mutating func judge(_ planned: PlannedChecklist.Item, _ signatures: Signatures) -> RequirementResult {
        let item = planned.item
        let (applies, whenTree) = explain(planned.when)
        var verdict = ItemVerdict(name: item.name, number: item.number, ask: item.ask?.description)
        if applies == .no {
            verdict.state = .notNeeded
            judgedItems.append(verdict)
            let tree = Explanation(item.name, .yes, detail: "not needed: `\(planned.when.text)` does not hold")
            return RequirementResult(truth: .yes, explanation: tree, steps: [], cost: 0)
        }
        let answer = answer(to: item)
        let by = acknowledged(planned, answer, signatures, &verdict)
        let isAnswered = answer?.truth ?? .yes
        let truth = !applies || (isAnswered && by.truth)
        verdict.answer = answer
        verdict.state = ItemVerdict.State(truth)
        judgedItems.append(verdict)
        var steps: [Step] = []
        // What may be answered is not asked for: the gate says what is not known.
        if isAnswered == .no, let ask = item.ask { steps.append(.answer(asks: [ask.description])) }
        if by.truth != .yes { steps += by.steps.map { $0.acknowledging(item.name) } }
        let children = (applies == .yes ? [] : [whenTree]) + [by.explanation]
        return RequirementResult(
            truth: truth,
            explanation: Explanation(item.name, truth, detail: answer?.wording(item.ask) ?? "", children: children),
            steps: steps, cost: min(by.cost + (isAnswered == .no ? 1 : 0), RequirementResult.impossible))
    }

    /// Whether acknowledgements meet an item's `by`, and what became of each.
    private mutating func acknowledged(
        _ planned: PlannedChecklist.Item, _ answer: Answer?, _ signatures: Signatures, _ verdict: inout ItemVerdict
    ) -> RequirementResult {
        let rules = signatures.rules
        let words = acknowledgements(of: planned, answer, rules)
        verdict.acknowledgements = words.refused
        let outer = places
        defer { places = outer }
        // What holds without anybody's word is no acknowledgement.
        places = Places()
        let without = explain(planned.by, by: Signatures([], rules: rules, asksCandidates: false))
        places = Places()
        var result = explain(planned.by, by: words.signatures(rules, asksCandidates: signatures.asksCandidates))
        result.truth = result.truth && !without.truth
        let signers = places.signers
        for (word, _) in words.given {
            let fate: AcknowledgementFate.Fate =
                if signers.contains(word.author) {
                    .counts
                } else if let reasons = places.open[word.author] {
                    .unknowable(reasons.inOrder)
                } else {
                    .notAskedFor
                }
            verdict.acknowledgements.append(.init(acknowledgement: word, fate: fate))
        }
        verdict.acknowledgements.sort { $0.acknowledgement.comment < $1.acknowledgement.comment }
        verdict.isRemembered = facts.answersSeen != nil || planned.item.ask == nil || words.given.isEmpty
        return result
    }

    /// The acknowledgements of an item that may count, sets of people apart, and what became of the others.
    private mutating func acknowledgements(
        of planned: PlannedChecklist.Item, _ answer: Answer?, _ rules: ApprovalRules
    ) -> Acknowledgements {
        let item = planned.item
        if let known = judgedAcknowledgements[item.name] { return known }
        let ledger = ledger()
        var words = Acknowledgements()
        if case .unknown(let unknown) = ledger { words.missing = unknown }
        let seen = Dictionary(grouping: (facts.answersSeen ?? []).filter { $0.item == item.name }, by: \.comment)
        for word in ledger.value?.acknowledgements ?? [] where word.item == item.name {
            switch judge(word, isUnchanged: Self.isSame(answer, as: seen[word.comment]), planned.by, rules) {
            case .signature(let signature): words.given.append((word, signature))
            case .fate(let fate): words.refused.append(.init(acknowledgement: word, fate: fate))
            }
        }
        judgedAcknowledgements[item.name] = words
        return words
    }

    /// The signatures that acknowledgements of an item give.
    mutating func acknowledgementSignatures(of item: PlannedChecklist.Item, _ rules: ApprovalRules) -> Signatures {
        acknowledgements(of: item, answer(to: item.item), rules).signatures(rules, asksCandidates: false)
    }

    private enum Word {
        case signature(Signature)
        case fate(AcknowledgementFate.Fate)
    }

    private mutating func judge(
        _ word: Acknowledgement, isUnchanged: Truth, _ by: PlannedRequirement, _ rules: ApprovalRules
    ) -> Word {
        guard word.author.isReal, let commit = word.commit else { return .fate(.noCommit) }
        if let created = facts.repository.createdAt, word.givenAt < created { return .fate(.migrated) }
        if word.author == facts.serviceAccount || word.author.isActive == false { return .fate(.mayNotSign) }
        if eligibility(of: word.author, rules) == .no {
            return .fate(word.author == facts.pullRequest.author ? .author : .committer)
        }
        let (fresh, fate) = freshness(of: commit, givenAt: word.givenAt, by: word.author, for: by, rules)
        if fresh == .no { return .fate(fate == .notAskedFor ? .notAskedFor : .stale(since: commit)) }
        if isUnchanged == .no { return .fate(.answerChanged) }
        return .signature(Signature(account: word.author, freshness: fresh && isUnchanged))
    }

    /// Whether the answer is the one that stood there when the acknowledgement was first seen.
    private static func isSame(_ answer: Answer?, as seen: [AnswerSighting]?) -> Truth {
        guard let answer, let seen else { return .yes }
        guard let digest = answer.digest else { return answer.truth }
        return Truth(seen.allSatisfy { $0.digest == digest })
    }

    // MARK: Answers

    /// What the description answers to an item's ask; nil where it asks nothing.
    mutating func answer(to item: Checklist.Item) -> Answer? {
        if item.ask == nil { return nil }
        if let known = answers[item.name] { return known }
        let asks = policy.plan.asks
        let sheet = AnswerSheet(facts.pullRequest.body, asks.map(\.ask))
        for (index, asked) in asks.enumerated() { answers[asked.item] = judge(sheet.answers[index]) }
        return answers[item.name] ?? .notAsked
    }

    private mutating func judge(_ lines: [String]?) -> Answer {
        guard let lines else { return .notAsked }
        let text = AnswerText(lines)
        if text.lines.isEmpty { return .empty }
        switch look(facts.templates, for: .templates, "what the repository's template says") {
        case .unknown(let unknown): return .unknown(unknown)
        case .known(let templates):
            if TemplateLines(templates, policy.plan.asks.map(\.ask)).own(text).isEmpty { return .template }
            return .given(digest: TextDigest.of(text.lines.joined(separator: "\n")))
        }
    }
}
