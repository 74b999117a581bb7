/// `fork`: the head lives in another repository.
struct Fork: ReadableConditionTest {
    static let words = ["fork"]

    static func read(_ call: CallExpression, _ reader: inout ExpressionReader) -> (any ConditionTest)? { Fork() }

    func evaluate(_ evaluation: inout Evaluation) -> Truth { Truth(evaluation.facts.pullRequest.forkOwner != nil) }

    var description: String { "fork" }
}
