import GatePolicy

/// Contexts that are ours by their names, whichever the base and the policy; told by bytes, as the forge tells them apart.
extension Policy {
    /// Whether a context is the summary's of a base.
    static func isSummary(_ context: String) -> Bool { context.beginsExactly(with: "countersign: ") }

    /// Whether a context is a gate's own that the policy has not named.
    static func isStandardGate(_ context: String) -> Bool { context.beginsExactly(with: "countersign/") }

    /// Whether a context is either.
    static func isOwn(_ context: String) -> Bool { isSummary(context) || isStandardGate(context) }
}
