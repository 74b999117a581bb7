extension Policy {
    /// The branches that gates' `base("…")` names as they are, without a pattern, each once.
    public var namedBases: [String] {
        var names: [ExactText] = []
        for gate in gates where !gate.mode.isOff { gate.when.collectBases(&names) }
        return names.map(\.description)
    }

    /// Whether some gate's `base("…")` names or matches a branch.
    public func speaks(ofBase branch: String) -> Bool {
        gates.contains { !$0.mode.isOff && $0.when.speaks(ofBase: branch) }
    }
}

extension Condition {
    fileprivate func speaks(ofBase branch: String) -> Bool {
        switch self {
        case .constant: false
        case .test(let test):
            (test as? NamePattern).map { $0.subject == .base && $0.patterns.matches(branch) == .yes } ?? false
        case .not(let inner): inner.speaks(ofBase: branch)
        case .all(let parts), .any(let parts): parts.contains { $0.speaks(ofBase: branch) }
        }
    }
}
