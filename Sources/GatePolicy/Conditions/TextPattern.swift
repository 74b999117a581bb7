/// `title("*WIP*")`, `body("re:^Fixes")`: what the opener wrote.
struct TextPattern: ReadableConditionTest {
    static let words = ["title", "body"]

    var isTitle: Bool
    var patterns: PatternList

    static func read(_ call: CallExpression, _ reader: inout ExpressionReader) -> (any ConditionTest)? {
        guard let patterns = reader.patterns(call, kind: .name) else { return nil }
        reader.warnAboutExpressions(call, hasDottedParts: false)
        reader.warnAboutWholeTexts(call)
        if reader.polarity == .helps {
            reader.warning(call.span, "the opener writes the \(call.word), so `\(call.word)` must not soften a gate")
        }
        return TextPattern(isTitle: call.word == "title", patterns: patterns)
    }

    func evaluate(_ evaluation: inout Evaluation) -> Truth {
        let pullRequest = evaluation.facts.pullRequest
        return patterns.matches(isTitle ? pullRequest.title : pullRequest.body)
    }

    var constantValue: Bool? { patterns.matchesEverything(names: false) ? true : nil }
    var description: String { "\(isTitle ? "title" : "body")(\(patterns))" }
}
