extension Policy {
    /// The summary's context for a base branch: `countersign: main`.
    public static func summaryContext(base: String) -> String { "countersign: " + base }

    /// The context of the gate that guards the policy itself: `countersign/policy: main`.
    public static func changeContext(base: String) -> String { "countersign/" + ChangeRule.gateName + ": " + base }
}

extension Gate {
    /// The context of the gate's own status for a base branch; nil when it posts none.
    public func contextName(base: String) -> String? { GateContext(self)?.name(base: base) }
}

/// The name of a gate's own status, but for the base branch.
struct GateContext {
    /// What stands before, between and behind the places of the branch.
    private let pieces: [String]

    /// The name of a gate's status; nil when it posts none.
    init?(_ gate: Gate) {
        switch gate.context {
        case .standard: pieces = ["countersign/" + gate.name + ": ", ""]
        case .none: return nil
        case .custom(let text):
            pieces = text.replacing("{gate}", with: gate.name)
                .split(separator: "{base}", omittingEmptySubsequences: false).map(String.init)
        }
    }

    /// The name for a branch.
    func name(base: String) -> String {
        var name = pieces[0]
        for piece in pieces.dropFirst() {
            name += base
            if !piece.isEmpty { name += piece }
        }
        return name
    }
}
