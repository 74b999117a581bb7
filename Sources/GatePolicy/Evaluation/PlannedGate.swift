/// A gate or part with its parts worded; shared, for it is much to copy and only read.
final class PlannedGate: Sendable {
    let when: PlannedCondition
    /// What must hold for `gate("…")` besides its being approved: its `when`, read as something that helps.
    let whenLookedAt: PlannedCondition?
    let require: PlannedRequirement
    let waive: PlannedRequirement?
    let advisory: PlannedCondition?
    /// The gate; nil for a part.
    let gate: Gate?
    /// The name of its own status; nil where it posts none.
    let context: GateContext?
    /// Whose request for changes blocks it: nobody's a part, which is only looked at.
    let block: Block
    let rules: ApprovalRules
    /// The same for where nobody took a comment back.
    let unrevokedRules: ApprovalRules
    /// How people approve; nil where any review does and nothing else.
    let methods: String?
    /// The group of gates whose places different people must fill.
    let group: Int?
    /// The gates and parts that it refers to, each once.
    let references: [String]
    /// What is judged before it: those it refers to and those that are served before it.
    let looksAt: [Int]
    /// Whether `never` can be avoided.
    let canEverBeMet: Bool

    init(_ draft: GateDraft, _ numbers: [String: Int]) {
        when = draft.when
        whenLookedAt = draft.whenLookedAt
        require = draft.require
        waive = draft.waive
        advisory = draft.advisory
        gate = draft.gate
        context = draft.gate.flatMap { GateContext($0) }
        block = draft.gate?.block ?? Block(by: nil)
        rules = draft.rules
        unrevokedRules = draft.rules.revocable(by: [])
        methods = draft.rules.methods
        group = draft.group
        references = draft.references
        looksAt = (draft.references + draft.servedAfter).compactMap { numbers[$0] }
        canEverBeMet = draft.canEverBeMet
    }

    /// What became of reviews, where only acknowledgements are asked for: whoever approved is told to write one.
    func withoutAcknowledging(_ reviews: [ReviewFate]) -> [ReviewFate] {
        guard case .checklist(let checklist) = require.shape else { return reviews }
        let item = checklist.items.count == 1 ? checklist.items.first?.item.name : nil
        return reviews.map { review in
            guard review.fate == .notAskedFor else { return review }
            var told = review
            told.fate = .acknowledgesNothing(item: item)
            return told
        }
    }

    /// Whether it asks for signatures, or looks at what may.
    var asksPeople: Bool { !require.asked.isEmpty || !references.isEmpty }

    /// Whether it applies to every pull request.
    var alwaysApplies: Bool { when.isAlways }
}
