/// What judging one gate or part, as if enforced, came to; shared, for it is much to copy and only read.
final class GateJudgement {
    /// Every outcome that some way of filling in the unknowns could have; never empty.
    let possible: PossibleOutcomes
    let unknowns: Set<Unknown>
    /// Whether it applies.
    let applies: Truth
    let when: Explanation
    let requirement: Explanation?
    let steps: [Step]
    let cost: Int
    /// Whether different people fill its places, where the policy asks for that.
    let distinct: Explanation?
    let reviews: [ReviewFate]
    let comments: [CommentFate]
    /// How people approve, where that is not by any review alone.
    let methods: String?
    /// Whether it looks at gates or parts with approvals of their own.
    let looksAtOtherApprovals: Bool
    let waiving: Waiving
    let items: [ItemVerdict]
    let places: Places

    init(
        possible: PossibleOutcomes, unknowns: Set<Unknown> = [], applies: Truth, when: Explanation,
        requirement: Explanation? = nil, steps: [Step] = [], cost: Int = 0, distinct: Explanation? = nil,
        reviews: [ReviewFate] = [], comments: [CommentFate] = [], methods: String? = nil,
        looksAtOtherApprovals: Bool = false, waiving: Waiving = Waiving(), items: [ItemVerdict] = [],
        places: Places = Places()
    ) {
        self.possible = possible
        self.unknowns = unknowns
        self.applies = applies
        self.when = when
        self.requirement = requirement
        self.steps = steps
        self.cost = cost
        self.distinct = distinct
        self.reviews = reviews
        self.comments = comments
        self.methods = methods
        self.looksAtOtherApprovals = looksAtOtherApprovals
        self.waiving = waiving
        self.items = items
        self.places = places
    }

    /// The outcome: certain, or the same for the commit status whatever the unknowns are, or undecided.
    var outcome: Outcome { possible.outcome }
}
