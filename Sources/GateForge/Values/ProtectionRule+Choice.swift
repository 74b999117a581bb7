import GatePolicy

/// Which rule is in force on a branch, by the forge's own logic: the first in the order of priority that matches, plain
/// names before globs where that is the same.
extension ProtectionRule {
    /// Whether it is for the branch of its name alone, whatever its case.
    public var isPlain: Bool { !name.unicodeScalars.contains { ForgeGlob.specials.contains($0) } }

    /// Whether it is for one branch: by its plain name, or by a glob that matches nothing else.
    public var isForOneBranch: Bool { isPlain || ForgeGlob(name, separators: ["/"]).isLiteral }

    /// Whether it matches a branch.
    public func covers(_ branch: String) -> Bool {
        guard !isPlain else { return Self.isSame(name, branch) }
        let glob = ForgeGlob(name, separators: ["/"])
        // The forge takes one that it cannot read for a name.
        return glob.compiles ? glob.matches(branch) : name.isExactly(branch)
    }

    /// Scalar by scalar, whatever the case.
    private static func isSame(_ one: String, _ other: String) -> Bool {
        let (one, other) = (Array(one.unicodeScalars), Array(other.unicodeScalars))
        return one.count == other.count
            && zip(one, other).allSatisfy { left, right in
                left == right || left.properties.lowercaseMapping.isExactly(right.properties.lowercaseMapping)
                    || left.properties.uppercaseMapping.isExactly(right.properties.uppercaseMapping)
            }
    }
}

extension [ProtectionRule] {
    /// The rule that is in force on a branch; nil where nothing protects it.
    ///
    /// Of rules with the same place the forge lists the older one first.
    public func governing(_ branch: String) -> ProtectionRule? {
        filter { $0.covers(branch) }.enumerated().min { one, other in
            let (left, right) = (one.element, other.element)
            if left.priority ?? 0 != right.priority ?? 0 { return left.priority ?? 0 < right.priority ?? 0 }
            return left.isPlain == right.isPlain ? one.offset < other.offset : left.isPlain
        }?.element
    }

    /// What makes a branch ask for these contexts and no others, while everything else in force on it, and on every
    /// other branch, stays as it is; to be done in this order.
    /// - Returns: nothing where no rule can do that: the branch's name is written as a glob, and another one comes first.
    public func requiring(_ contexts: [String], of branch: String) -> [RuleChange] {
        let required = RuleChange.statuses(contexts)
        let own = ForgeGlob.escaped(branch)
        guard let governing = governing(branch) else {
            return [RuleChange(rule: own, isNew: true, settings: required)]
        }
        guard !governing.isForOneBranch else {
            return [RuleChange(rule: governing.name, isNew: false, settings: required)]
        }
        // Of two globs in one place the older one comes first: nothing that is made now.
        guard own == branch else { return [] }
        // The rule is for other branches, too: this one gets a copy of its own, in the same place, where plain names
        // come first.
        var copy = governing.settings.merging(required) { $1 }
        let hidden = first { $0.isPlain && $0.covers(branch) }
        guard let priority = governing.priority else {
            return [RuleChange(rule: hidden?.name ?? branch, isNew: hidden == nil, settings: copy)]
        }
        if hidden != nil || priority != 0 { copy["priority"] = .integer(priority) }
        var changes = [RuleChange(rule: hidden?.name ?? branch, isNew: hidden == nil, settings: copy)]
        // A new rule without a place, or in place 0, becomes the last one.
        if hidden == nil, priority == 0 {
            changes.append(RuleChange(rule: branch, isNew: false, settings: ["priority": 0]))
        }
        return changes
    }
}

/// A change of branch protection.
public struct RuleChange: Hashable, Sendable {
    /// The rule's name.
    public var rule: String
    /// Whether it is made.
    public var isNew: Bool
    /// What it shall say, under the forge's names; what is not named stays as it is.
    public var settings: [String: JSONValue]

    /// A change.
    public init(rule: String, isNew: Bool, settings: [String: JSONValue]) {
        self.rule = rule
        self.isNew = isNew
        self.settings = settings
    }

    /// What makes a rule ask for these contexts and no others, or for none.
    public static func statuses(_ contexts: [String], isAsked: Bool = true) -> [String: JSONValue] {
        ["enable_status_check": .flag(isAsked), "status_check_contexts": .list(contexts.map { .text($0) })]
    }

    /// The settings, with the name of a rule that is made.
    public var body: [String: JSONValue] { isNew ? settings.merging(["rule_name": .text(rule)]) { $1 } : settings }
}
