extension Policy {
    /// Whether somebody besides its opener must sign before a pull request that changes a file is green.
    ///
    /// Yes: whatever else it changes. No: one that changes nothing else is green at once. Else it is not known, for it
    /// hangs on what the opener chooses, or on what nobody but the forge knows.
    /// - Parameters:
    ///   - file: the path.
    ///   - repository: where the file and this policy are.
    ///   - base: the branch.
    ///   - now: the time, for gates that block until a day or from one on.
    public func holds(
        changesOf file: ExactText, in repository: RepositoryName, into base: String, at now: Timestamp
    ) -> Truth {
        func isGreen(isAlone: Bool) -> Truth {
            var change = UnsignedChange(
                policy: self, file: file, isAlone: isAlone, repository: repository, base: base, now: now)
            return change.isGreen()
        }
        if isGreen(isAlone: false) == .no { return .yes }
        return isGreen(isAlone: true) == .yes ? .no : .unknown([UnsignedChange.open])
    }
}

/// A pull request that changes a file, and that nobody but its opener has said anything of.
private struct UnsignedChange {
    let policy: Policy
    let file: ExactText
    /// Whether it changes nothing else; else it may.
    let isAlone: Bool
    let repository: RepositoryName
    let base: String
    let now: Timestamp
    /// Whether gates and parts that others look at are approved; each is looked at once.
    private var approved: [String: Truth] = [:]

    static let open = Unknown(
        cause: .notTold, subject: "what the pull request is", reason: "no pull request is looked at", cure: "nothing")

    init(
        policy: Policy, file: ExactText, isAlone: Bool, repository: RepositoryName, base: String, now: Timestamp
    ) {
        (self.policy, self.file, self.isAlone) = (policy, file, isAlone)
        (self.repository, self.base, self.now) = (repository, base, now)
    }

    /// Whether its summary is green.
    mutating func isGreen() -> Truth {
        var green = isGreenAsChangeOfThePolicy()
        for gate in policy.gates where green != .no { green = green && isGreen(gate) }
        return green
    }

    private mutating func isGreenAsChangeOfThePolicy() -> Truth {
        guard policy.watchedPaths(of: repository).contains(file), let require = policy.change.require else {
            return .yes
        }
        // Where nobody else may write, the only one who may needs nobody; but he can switch the protection off, too.
        return isMet(require, ChangeRule.approvals)
    }

    private mutating func isGreen(_ gate: Gate) -> Truth {
        switch gate.mode(at: now) {
        case .off, .advisory(nil): .yes
        case .advisory(let condition?): holds(condition) || passes(gate)
        case .enforce: passes(gate)
        }
    }

    private mutating func passes(_ gate: Gate) -> Truth {
        !holds(gate.when) || isMet(gate.require, gate.approvals) || isWaived(gate)
    }

    /// Whoever waives signs: where nobody else's signature is missing it is not known whether somebody does.
    private mutating func isWaived(_ gate: Gate?) -> Truth {
        guard let gate, let waive = gate.waive else { return .no }
        return isMet(waive.by, gate.approvals) && .unknown([Self.open])
    }

    /// Whether nobody else's signature is missing.
    private mutating func isMet(_ requirement: Requirement, _ rules: ApprovalRules) -> Truth {
        switch requirement {
        case .quota(let quota): return isFilled(quota.people, rules)
        case .condition(let condition): return holds(condition)
        case .never: return .no
        case .reference(let reference): return isMet(reference)
        case .checklist(let checklist):
            return checklist.items.reduce(.yes) { $0 && (!holds($1.when) || isMet($1.by, rules)) }
        // Files that nobody owns ask for nobody.
        case .ownersOfEachFile: return .unknown([Self.open])
        case .all(let parts): return parts.reduce(.yes) { $0 && isMet($1, rules) }
        case .any(let parts): return parts.reduce(.no) { $0 || isMet($1, rules) }
        }
    }

    /// Whether the opener alone is enough: by a signature of his own, of an account that anybody can have besides, or of
    /// somebody who gave it before the change.
    private func isFilled(_ people: People, _ rules: ApprovalRules) -> Truth {
        var isOpen = rules.author || rules.stale == .keep
        people.eachLeaf { if $0 == .anyone || $0 == .readers { isOpen = true } }
        return isOpen ? .unknown([Self.open]) : .no
    }

    private mutating func isMet(_ reference: Requirement.Reference) -> Truth {
        let gate = policy.gates.first { $0.name == reference.name }
        let part = policy.parts.first { $0.name == reference.name }
        guard let when = gate?.when ?? part?.when, let require = gate?.require ?? part?.require,
            let rules = gate?.approvals ?? part?.approvals
        else { return .unknown([Self.open]) }
        let applies = holds(when)
        if approved[reference.name] == nil {
            approved[reference.name] = applies && (isMet(require, rules) || isWaived(gate))
        }
        let isApproved = approved[reference.name] ?? .unknown([Self.open])
        return reference.allowsNotNeeded ? !applies || isApproved : isApproved
    }

    private func holds(_ condition: Condition) -> Truth {
        switch condition {
        case .constant(let value): Truth(value)
        case .test(let test): holds(test)
        case .not(let inner): !holds(inner)
        case .all(let parts): parts.reduce(.yes) { $0 && holds($1) }
        case .any(let parts): parts.reduce(.no) { $0 || holds($1) }
        }
    }

    private func holds(_ test: any ConditionTest) -> Truth {
        if let value = test.constantValue { return Truth(value) }
        if let paths = test as? ChangedPaths {
            let matches = paths.patterns.matches(file.description)
            // Another file may make it what this one does not.
            return isAlone || matches == (paths.only ? .no : .yes) ? matches : .unknown([Self.open])
        }
        guard let name = test as? NamePattern else { return .unknown([Self.open]) }
        switch name.subject {
        case .base: return name.patterns.matches(base)
        case .repository: return name.patterns.matches(repository.description)
        case .head: return .unknown([Self.open])
        }
    }
}
