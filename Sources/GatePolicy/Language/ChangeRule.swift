/// What a change of the policy itself needs, besides a valid policy.
public struct ChangeRule: Sendable {
    /// Whose signatures; nil for nobody's (`nobody`): then validity is all that is asked for.
    public var require: Requirement?
    /// Whether it is the built-in rule for a policy that cannot be used.
    var isRepair = false

    /// The default of the language: one of those who may write the code.
    public static let standard = ChangeRule(require: .quota(.init(count: 1, people: .writers)))

    /// A rule.
    public init(require: Requirement?) {
        self.require = require
    }

    init(require: Requirement?, isRepair: Bool) {
        self.require = require
        self.isRepair = isRepair
    }

    /// How such signatures count: for the very commit only, whatever the file's `approvals` say.
    static let approvals = ApprovalRules(stale: .exactHead, author: false, committers: false)
    /// The gate's name, which no other gate may have.
    static let gateName = "policy"

    /// Whether it asks for one writer and nothing else: then the only writer there is may change the policy alone.
    public var asksForOneWriter: Bool {
        guard case .quota(let quota)? = require, quota.count == 1 else { return false }
        return quota.people.ungrouped == .writers
    }
}
