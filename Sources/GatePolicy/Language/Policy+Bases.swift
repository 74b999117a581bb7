extension Policy {
    /// The branches that gates' `base("…")` names as they are, without a pattern, each once.
    public var namedBases: [String] {
        var names: [ExactText] = []
        for condition in conditionsOfBases { condition.collectBases(&names) }
        return names.map(\.description)
    }

    /// Whether some gate's `base("…")` has a pattern, or leaves branches out, so that only the list of branches tells what
    /// it speaks of.
    public var speaksOfBasesByPattern: Bool {
        speaksOfOtherBases || conditionsOfBases.contains(where: \.hasPatternOfBases)
    }

    /// Whether some gate is for every branch but some: `when: not base("main")`.
    public var speaksOfOtherBases: Bool {
        gates.contains { !$0.isOffForGood && $0.when.leavesOutBases(isNegated: false) }
    }

    /// Whether some gate's `base("…")` names or matches a branch.
    public func speaks(ofBase branch: String) -> Bool {
        conditionsOfBases.contains { $0.speaks(ofBase: branch) }
    }

    private var conditionsOfBases: [Condition] {
        gates.filter { !$0.isOffForGood }.flatMap(\.conditions) + parts.flatMap(\.conditions)
    }
}

extension Gate {
    /// The conditions that decide whether it asks for anything and holds anything back: its `when`, those of its items,
    /// those it requires, and the one under which it is only shown.
    var conditions: [Condition] {
        guard case .advisory(let condition?) = mode else { return [when] + require.conditions }
        return [when] + require.conditions + [condition]
    }
}

extension Part {
    /// The conditions that decide whether it asks for anything.
    var conditions: [Condition] { [when] + require.conditions }
}

extension Requirement {
    /// The conditions in it, and those of the items of its checklist.
    var conditions: [Condition] {
        switch self {
        case .condition(let condition): [condition]
        case .checklist(let checklist): checklist.items.map(\.when)
        case .all(let parts), .any(let parts): parts.flatMap(\.conditions)
        case .quota, .never, .reference, .ownersOfEachFile: []
        }
    }
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

    /// Whether a `base("…")` in it is more than names.
    fileprivate var hasPatternOfBases: Bool {
        switch self {
        case .constant: false
        case .test(let test):
            (test as? NamePattern).map { name in
                name.subject == .base && !name.patterns.patterns.allSatisfy(\.isLiteral)
            } ?? false
        case .not(let inner): inner.hasPatternOfBases
        case .all(let parts), .any(let parts): parts.contains(where: \.hasPatternOfBases)
        }
    }

    /// Whether a `base("…")` in it stands under a `not`.
    fileprivate func leavesOutBases(isNegated: Bool) -> Bool {
        switch self {
        case .constant: false
        case .test(let test): isNegated && (test as? NamePattern)?.subject == .base
        case .not(let inner): inner.leavesOutBases(isNegated: !isNegated)
        case .all(let parts), .any(let parts): parts.contains { $0.leavesOutBases(isNegated: isNegated) }
        }
    }

    fileprivate func speaks(ofBase branch: String) -> Bool {
        switch self {
        case .constant: false
        case .test(let test):
            (test as? NamePattern).map { $0.subject == .base && $0.patterns.matches(branch) != .no } ?? false
        case .not(let inner): inner.speaks(ofBase: branch)
        case .all(let parts), .any(let parts): parts.contains { $0.speaks(ofBase: branch) }
        }
    }
}

extension Pattern {
    /// Whether it matches the text that it is written as and nothing else.
    fileprivate var isLiteral: Bool {
        !text.hasPrefix("re:") && !text.utf8.contains { "*?[]{}\\!".utf8.contains($0) }
    }
}
