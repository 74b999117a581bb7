import GatePolicy

/// A gate means what its own file says, whatever other files are put beside it.
struct FileChecks {
    let composed: Policy
    /// What its files say alone.
    private let alone: [Policy]

    /// - Parameter overrides: whether the root replaces a gate of the included file: then that one's gates may see the
    ///   other.
    init(files: PolicyFiles, composed: Policy, overrides: Bool) {
        self.composed = composed
        var alone: [Policy] = []
        if files.organization != nil, let required = files.requiredAlone() { alone.append(required) }
        if !overrides, let text = files.included["h.yml"],
            let included = PolicyReader.read(text, file: "h.yml", digest: "d").policy
        {
            alone.append(included)
        }
        self.alone = alone
    }

    /// What a gate came to here and alone, where that differs.
    func contradiction(_ facts: Facts) -> String? {
        var facts = facts
        // Names that one file has and another has not may end a list of targets.
        if case .known(let comments)? = facts.comments {
            facts.comments = .known(comments.filter { !$0.body.contains(",") })
        }
        // What one file asks for ends an answer to another's question.
        if facts.pullRequest.body.contains("Risk") { facts.pullRequest.body = "Testing: by hand" }
        let together = composed.evaluate(facts)
        for verdict in alone.map({ $0.evaluate(facts) }) {
            for gate in verdict.gates where gate.name != "zz" && gate.name != "policy" {
                guard let other = together.gates.first(where: { $0.name == gate.name }) else {
                    return "gate \(gate.name) is lost"
                }
                if gate.outcome == other.outcome, gate.isEnforced == other.isEnforced,
                    Self.told(gate.steps) != Self.told(other.steps)
                {
                    return "gate \(gate.name) waits for \(gate.steps) alone, and for \(other.steps) with other files"
                }
                if gate.outcome != other.outcome || gate.isEnforced != other.isEnforced {
                    return "gate \(gate.name) is \(gate.outcome) alone, and \(other.outcome) with other files"
                }
            }
        }
        return nil
    }

    /// Steps without the files that groups of one name are told apart by.
    private static func told(_ steps: [Step]) -> [String] {
        steps.map { "\($0)".replacing(/\ of \S*\.yml/, with: "") }
    }
}
