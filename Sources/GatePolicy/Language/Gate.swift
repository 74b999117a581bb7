/// One gate of a policy.
public struct Gate: Sendable {
    /// Whether it blocks.
    public enum Mode: Sendable {
        /// It blocks.
        case enforce
        /// It is evaluated and shown, and blocks only while the condition is false; nil for never.
        case advisory(Condition?)
        /// It is not evaluated.
        case off
    }

    /// Under which name the gate's own status is posted.
    public enum Context: Hashable, Sendable {
        /// `countersign/{gate}: {base}`.
        case standard
        /// Not posted; the gate stays in the summary.
        case none
        /// A name of one's own, which the settings must allow; `{base}` and `{gate}` are replaced.
        case custom(String)
    }

    /// Who may waive it, and whether a reason is needed.
    public struct Waive: Sendable {
        /// Who.
        public var by: Requirement
        /// Whether the reason may be empty.
        public var reasonRequired: Bool
    }

    /// Its name, unique in the policy.
    public var name: String
    /// What it is for, in the policy's words.
    public var summary: String?
    /// The status's name.
    public var context: Context
    /// When it applies.
    public var when: Condition
    /// Its `when` read as something that helps, where another gate looks at it by `gate("…")`; nil where none does.
    public var whenLookedAt: Condition?
    /// What it asks for.
    public var require: Requirement
    /// Whether nobody may fill two of its places.
    public var isDistinct: Bool
    /// Whose request for changes blocks it.
    public var block: Block
    /// Who may waive it; nil for nobody.
    public var waive: Waive?
    /// Whether it blocks.
    public var mode: Mode
    /// The day from which it blocks whatever the mode says; nil for never.
    public var until: CalendarDay?
    /// Which signatures count.
    public var approvals: ApprovalRules
    /// Where it stands.
    public var span: SourceSpan
}

extension Gate {
    /// Whether it blocks at a moment.
    public func mode(at now: Timestamp) -> Mode {
        until.map { now >= $0.start } == true ? .enforce : mode
    }

    /// Whether it is off and no day will change that.
    var isOffForGood: Bool { mode.isOff && until == nil }

    /// Whether it can block at all, some day.
    var canEnforce: Bool { mode.enforces || until != nil }

    /// The gate that guards the policy: for the very commit, never waived, never advisory, never off.
    init(guarding rule: ChangeRule, block: Block) {
        // Where `nobody` holds and yet somebody must sign, it is as where nothing is written.
        let require = rule.require ?? ChangeRule.standard.require ?? .never("nobody may change the policy")
        self.init(
            name: ChangeRule.gateName,
            summary: rule.isRepair
                ? "The pull request mends the policy, and changes nothing else" : "The pull request changes the policy",
            context: .standard, when: .constant(true), require: require, isDistinct: false, block: block, waive: nil,
            mode: .enforce,
            approvals: ChangeRule.approvals, span: SourceSpan(file: "", line: 1, column: 1))
    }
}

extension Gate.Mode {
    /// Whether it is not even looked at.
    public var isOff: Bool { if case .off = self { true } else { false } }

    /// Whether it can block at all.
    public var enforces: Bool {
        switch self {
        case .enforce: true
        case .advisory(let condition): condition != nil
        case .off: false
        }
    }
}

/// A building block for `gate("…")`: it posts nothing and is not in the summary.
public struct Part: Sendable {
    /// Its name, unique among gates and parts.
    public var name: String
    /// When it applies.
    public var when: Condition
    /// Its `when` read as something that helps, where a gate looks at it by `gate("…")`; nil where none does.
    public var whenLookedAt: Condition?
    /// What it asks for.
    public var require: Requirement
    /// Which signatures count.
    public var approvals: ApprovalRules
    /// Where it stands.
    public var span: SourceSpan
}
