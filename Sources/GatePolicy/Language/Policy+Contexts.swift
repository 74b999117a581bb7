extension Policy {
    /// The summary's context for a base branch: `countersign: main`.
    public static func summaryContext(base: String) -> String { "countersign: \(base)" }

    /// The context of the gate that guards the policy itself: `countersign/policy: main`.
    public static func changeContext(base: String) -> String { "countersign/\(ChangeRule.gateName): \(base)" }
}

extension Gate {
    /// The context of the gate's own status for a base branch; nil when it posts none.
    public func contextName(base: String) -> String? {
        switch context {
        case .standard: "countersign/\(name): \(base)"
        case .none: nil
        case .custom(let text): text.replacing("{gate}", with: name).replacing("{base}", with: base)
        }
    }
}
