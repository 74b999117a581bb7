/// What judging one gate or part, as if enforced, came to.
struct GateJudgement {
    /// Every outcome that some way of filling in the unknowns could have; never empty.
    var possible: [Outcome]
    var unknowns: Set<Unknown>
    var when: Explanation?
    var requirement: Explanation?
    var steps: [Step]
    var cost: Int
    /// Whether different people fill its places, where the policy asks for that.
    var distinct: Explanation?
    var reviews: [ReviewFate]
    var comments: [CommentFate] = []
    var waiver: Waiver?
    var waivers: [WaiverFate] = []
    var items: [ItemVerdict] = []
    var places = Places()

    /// The outcome: certain, or the same for the commit status whatever the unknowns are, or undecided.
    var outcome: Outcome {
        let last = possible[possible.count - 1]
        return possible.allSatisfy { $0.status == last.status } ? last : .undecided
    }
}
