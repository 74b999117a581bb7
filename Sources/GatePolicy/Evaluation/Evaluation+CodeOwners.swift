extension Evaluation {
    /// The owners of the changed files, rule by rule; a known nil means that there is no CODEOWNERS file.
    mutating func ownership() -> Known<CodeOwners.Ownership?> {
        if let readOwnership { return readOwnership }
        let file = look(facts.codeOwners, for: .codeOwners, "what CODEOWNERS says")
        let answer: Known<CodeOwners.Ownership?>
        switch (file, files()) {
        case (.unknown(let unknown), _): answer = .unknown(unknown)
        case (.known(nil), _): answer = .known(nil)
        case (_, .unknown(let unknown)): answer = .unknown(unknown)
        case (.known(.some(let file)), .known(let files)):
            let owners = CodeOwners(file)
            answer = owners.overLimit.map { .unknown($0) } ?? .known(owners.ownership(of: files.paths))
        }
        readOwnership = answer
        return answer
    }

    /// Why nobody knows all of a rule's files and owners: what cannot be read, and names that are gone.
    mutating func doubts(of match: CodeOwners.Match) -> Set<Unknown> {
        let doubts = doubts(of: match.rule)
        return match.doubt.map { doubts.union([$0]) } ?? doubts
    }

    private mutating func doubts(of rule: CodeOwners.Rule) -> Set<Unknown> {
        if let known = ownerDoubts[rule.line] { return known }
        var doubts = Set(rule.problems)
        for owner in rule.owners {
            guard let name = goneOwner(owner) else { continue }
            doubts.insert(
                Unknown(
                    cause: .nameGone, subject: "who owns \(Quotation.inline(rule.pattern, limit: 60))",
                    reason: "line \(rule.line) of `\(owner.file)` names `\(name)`, and the forge has no such name",
                    cure: "take `\(name)` out of `\(owner.file)`, or create it again"))
        }
        ownerDoubts[rule.line] = doubts
        return doubts
    }

    /// The name of an owner that proved to name nobody; nil for everybody else.
    private mutating func goneOwner(_ owner: People) -> String? {
        switch owner {
        case .user(let login, _): return user(login) == .known(nil) ? "@\(login)" : nil
        case .team(let team, _):
            switch teamID(team) {
            case .known(nil): return "@\(team)"
            case .unknown(let unknown) where unknown.cause == .nameGone: return "@\(team)"
            default: return nil
            }
        default: return nil
        }
    }

    // MARK: `codeowners`

    /// Everybody who is named as an owner of a changed file, or may be.
    mutating func namedOwners() -> [People] {
        guard case .known(.some(let ownership)) = ownership() else { return [] }
        var seen: Set<String> = []
        return ownership.matches.flatMap(\.rule.owners).filter { seen.insert("\($0)").inserted }
    }

    /// The set, when every file and every owner in it is known; nil sends to `membership`, which is exact.
    mutating func resolveOwners() -> ResolvedPeople? {
        if let resolvedCodeOwners { return resolvedCodeOwners }
        guard case .known(let ownership) = ownership() else { return nil }
        var isCertain = true
        for match in ownership?.matches ?? [] where !doubts(of: match).isEmpty { isCertain = false }
        let resolved = isCertain ? resolve(.union(namedOwners())) : nil
        resolvedCodeOwners = .some(resolved)
        return resolved
    }

    // MARK: `owners_of_each_file`

    /// One owner for each rule that owns a changed file.
    mutating func explainOwners(_ text: String, by signatures: Signatures) -> RequirementResult {
        let found: CodeOwners.Ownership
        switch ownership() {
        case .unknown(let unknown):
            return RequirementResult(
                truth: .unknown([unknown]), explanation: Explanation(text, .unknown([unknown])),
                steps: [.condition(text)], cost: 50)
        case .known(nil):
            return RequirementResult(
                truth: .no, explanation: Explanation(text, .no, detail: "there is no CODEOWNERS file"),
                steps: [.condition("\(text) (there is no CODEOWNERS file)")],
                cost: RequirementResult.impossible / 2)
        case .known(.some(let ownership)): found = ownership
        }
        var results: [RequirementResult] = []
        for match in found.matches {
            var index = PlanIndex(numbersSets: false)
            let requirement = PlannedRequirement(self.requirement(of: match), &index)
            var result = explain(requirement, by: signatures)
            let files = "for \(Self.listed(match.paths))"
            let detail = result.explanation.detail
            result.explanation.detail = detail.isEmpty ? files : "\(detail), \(files)"
            results.append(result)
        }
        let truth = results.reduce(Truth.yes) { $0 && $1.truth }
        let unowned = found.unowned.isEmpty ? "" : "no rule for \(Self.listed(found.unowned))"
        return RequirementResult(
            truth: truth,
            explanation: Explanation(
                text, truth, detail: found.matches.isEmpty && unowned.isEmpty ? "no file is changed" : unowned,
                children: results.map(\.explanation)),
            steps: truth == .yes ? [] : results.flatMap(\.steps).unique,
            cost: results.reduce(0) { min($0 + $1.cost, RequirementResult.impossible) })
    }

    /// One of a rule's owners; with a doubt beside it that only a signature of a known owner outweighs.
    private mutating func requirement(of match: CodeOwners.Match) -> Requirement {
        let rule = match.rule
        let doubts = doubts(of: match)
        let name = "the owners of \(Quotation.visible(rule.pattern, limit: 60))"
        var parts: [Requirement] = []
        if !rule.owners.isEmpty {
            parts.append(.quota(.init(count: 1, people: .group(name, .union(rule.owners)))))
        }
        if !doubts.isEmpty {
            parts.append(
                .condition(.test(OwnershipDoubt(description: "line \(rule.line) of CODEOWNERS", doubts: doubts))))
        }
        return parts.count == 1 ? parts[0] : .any(parts)
    }

    /// `a, b and 3 more`.
    private static func listed(_ paths: [String]) -> String {
        let shown = paths.prefix(3).map { Quotation.inline($0, limit: 60) }.joined(separator: ", ")
        return paths.count > 3 ? "\(shown) and \(paths.count - 3) more" : shown
    }
}

/// A line of CODEOWNERS that cannot be read whole: never known.
private struct OwnershipDoubt: ConditionTest {
    let description: String
    let doubts: Set<Unknown>

    func evaluate(_ evaluation: inout Evaluation) -> Truth { .unknown(doubts) }
}

extension People {
    /// The CODEOWNERS file that an owner was read from.
    fileprivate var file: String {
        switch self {
        case .user(_, let span), .team(_, let span): span.file
        default: ""
        }
    }
}
