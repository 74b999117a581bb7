/// `base("main")`, `head("release/*")`, `repository("acme/*")`: names of branches and of the repository.
struct NamePattern: ReadableConditionTest {
    static let words = ["base", "head", "repository"]

    /// Which name.
    enum Subject: String { case base, head, repository }

    var subject: Subject
    var patterns: PatternList

    static func read(_ call: CallExpression, _ reader: inout ExpressionReader) -> (any ConditionTest)? {
        guard let patterns = reader.patterns(call, kind: .name), let subject = Subject(rawValue: call.word) else {
            return nil
        }
        reader.warnAboutExpressions(call, hasDottedParts: subject == .repository)
        if subject == .base { reader.warnAboutUnanchored(call) }
        if subject == .head, reader.polarity == .helps {
            reader.warning(
                call.span, "the opener chooses the name of the head branch, so `head` must not soften a gate")
        }
        return NamePattern(subject: subject, patterns: patterns)
    }

    func evaluate(_ evaluation: inout Evaluation) -> Truth {
        let pullRequest = evaluation.facts.pullRequest
        let name =
            switch subject {
            case .base: pullRequest.baseBranch
            case .head: pullRequest.forkOwner.map { "\($0):\(pullRequest.headBranch)" } ?? pullRequest.headBranch
            case .repository: evaluation.facts.repository.name.description
            }
        return patterns.matches(name)
    }

    var constantValue: Bool? { patterns.matchesEverything(names: true) ? true : nil }
    var description: String { "\(subject.rawValue)(\(patterns))" }
}
