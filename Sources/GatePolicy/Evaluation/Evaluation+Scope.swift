extension Evaluation {
    /// Branches that gates are written for and that are not there, where no gate can be needed on this base whatever
    /// the pull request is: then it may be that the base is one of them under another name.
    mutating func missingBases(_ gates: [GateVerdict]) -> Set<Unknown> {
        guard policy.plan.namesBases else { return [] }
        let enforcing = policy.gates.filter(\.mode.enforces)
        // The gate that guards the policy is needed: let a mended name in.
        guard !gates.contains(where: { $0.change != nil }), !enforcing.contains(where: { canBeNeeded($0) }) else {
            return []
        }
        var names: [ExactText] = []
        for gate in enforcing { gate.when.collectBases(&names) }
        var missing: Set<Unknown> = []
        for name in names where !name.description.isExactly(facts.pullRequest.baseBranch) {
            switch look(facts.branches[name], for: .branch(name), "whether there is a branch `\(name)`") {
            case .known(true): break
            case .known(false):
                missing.insert(
                    Unknown(
                        cause: .nameGone, subject: "whether a gate is meant for `\(facts.pullRequest.baseBranch)`",
                        reason: "gates are written for the branch `\(name)`, and there is none: was it renamed?",
                        cure: "name a branch that there is in `base(\"\(name)\")`"))
            case .unknown(let unknown): missing.insert(unknown)
            }
        }
        return missing
    }

    /// Whether a gate could block, with the base and the repository known and everything else open.
    private mutating func canBeNeeded(_ gate: Gate) -> Bool {
        if scope(of: gate.when) == .no { return false }
        guard case .advisory(let condition?) = gate.mode else { return true }
        return scope(of: condition) != .yes
    }

    private mutating func scope(of condition: Condition) -> Truth {
        switch condition {
        case .constant(let value): return Truth(value)
        case .test(let test):
            if let name = test as? NamePattern, name.subject != .head { return test.evaluate(&self) }
            return .unknown([Self.open])
        case .not(let inner): return !scope(of: inner)
        case .all(let parts): return parts.reduce(.yes) { $0 && scope(of: $1) }
        case .any(let parts): return parts.reduce(.no) { $0 || scope(of: $1) }
        }
    }

    private static let open = Unknown(
        cause: .notRead, subject: "what the pull request is", reason: "it is left open", cure: "nothing")
}

extension Condition {
    /// The branches that `base("…")` names as they are, without a pattern.
    func collectBases(_ names: inout [ExactText]) {
        switch self {
        case .constant: break
        case .test(let test):
            guard let name = test as? NamePattern, name.subject == .base else { return }
            for pattern in name.patterns.patterns where pattern.isLiteral {
                let branch = ExactText(pattern.text)
                if !names.contains(branch) { names.append(branch) }
            }
        case .not(let inner): inner.collectBases(&names)
        case .all(let parts), .any(let parts): for part in parts { part.collectBases(&names) }
        }
    }
}

extension Pattern {
    /// Whether it matches the text that it is written as and nothing else.
    fileprivate var isLiteral: Bool {
        !text.hasPrefix("re:") && !text.utf8.contains { "*?[]{}\\!".utf8.contains($0) }
    }
}
