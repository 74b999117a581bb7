extension Evaluation {
    /// Branches that gates are written for and that are not there, where no gate can be needed on this base whatever
    /// the pull request is: then it may be that the base is one of them under another name.
    mutating func missingBases(_ gates: [GateVerdict]) -> Set<Unknown> {
        guard policy.plan.namesBases else { return [] }
        let enforcing = policy.gates.filter { $0.mode(at: facts.now).enforces }
        // The gate that guards the policy is needed: let a mended name in.
        var asked: [String: Bool] = [:]
        guard !gates.contains(where: { $0.change != nil }), !enforcing.contains(where: { canBeNeeded($0, &asked) })
        else { return [] }
        var names: [ExactText] = []
        for condition in enforcing.flatMap(conditions) { condition.collectBases(&names) }
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
    private mutating func canBeNeeded(_ gate: Gate, _ asked: inout [String: Bool]) -> Bool {
        if scope(of: gate.when) == .no || !asks(gate.require, &asked) { return false }
        guard case .advisory(let condition?) = gate.mode(at: facts.now) else { return true }
        return scope(of: condition) != .yes
    }

    /// Whether a requirement could ask for something that nobody has given yet.
    /// - Parameter asked: what was found of gates and parts, each looked at once.
    private mutating func asks(_ requirement: Requirement, _ asked: inout [String: Bool]) -> Bool {
        switch requirement {
        case .quota, .never, .ownersOfEachFile: return true
        case .condition(let condition): return scope(of: condition) != .yes
        case .checklist(let checklist): return checklist.items.contains { scope(of: $0.when) != .no }
        case .reference(let reference):
            guard let (when, require) = named(reference.name) else { return true }
            let applies = scope(of: when)
            // `clear` is content with what does not apply, and `gate` is not.
            if reference.allowsNotNeeded ? applies == .no : applies != .yes { return !reference.allowsNotNeeded }
            if let known = asked[reference.name] { return known }
            let found = asks(require, &asked)
            asked[reference.name] = found
            return found
        case .all(let parts): return parts.contains { asks($0, &asked) }
        case .any(let parts): return parts.allSatisfy { asks($0, &asked) }
        }
    }

    /// The conditions that decide whether a gate asks for anything.
    private func conditions(of gate: Gate) -> [Condition] {
        var found = gate.conditions
        var open = gate.require.references
        var seen: Set<String> = []
        while let name = open.popLast() {
            guard seen.insert(name).inserted, let (when, require) = named(name) else { continue }
            found += [when] + require.conditions
            open += require.references
        }
        return found
    }

    /// The gate or part of a name.
    private func named(_ name: String) -> (when: Condition, require: Requirement)? {
        policy.gates.first { $0.name == name }.map { ($0.when, $0.require) }
            ?? policy.parts.first { $0.name == name }.map { ($0.when, $0.require) }
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
