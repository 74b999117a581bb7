/// `changes("infra/**")` and `changes_only("docs/**")`: which paths the pull request touches.
struct ChangedPaths: ReadableConditionTest {
    static let words = ["changes", "changes_only"]

    var patterns: PatternList
    /// Whether every path must match, and at least one be there.
    var only: Bool

    static func read(_ call: CallExpression, _ reader: inout ExpressionReader) -> (any ConditionTest)? {
        guard let patterns = reader.patterns(call, kind: .path) else { return nil }
        let only = call.word == "changes_only"
        if only { reader.warnAboutUnanchored(call) }
        return ChangedPaths(patterns: patterns, only: only)
    }

    func evaluate(_ evaluation: inout Evaluation) -> Truth {
        switch evaluation.files() {
        case .unknown(let unknown): return .unknown([unknown])
        case .known(let files):
            let paths = files.flatMap(\.paths)
            if paths.isEmpty { return .no }
            var found = Truth.no
            var all = Truth.yes
            for path in paths {
                let match = patterns.matches(path)
                found = found || match
                all = all && match
            }
            return only ? all : found
        }
    }

    var description: String { "\(only ? "changes_only" : "changes")(\(patterns))" }
}
