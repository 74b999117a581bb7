/// `lines < 200`, `additions`, `deletions`, `files`, `commits`: how big the pull request is.
struct Size: ReadableConditionTest {
    static let words = ["additions", "deletions", "lines", "files", "commits"]

    /// What is counted.
    enum Measure: String { case additions, deletions, lines, files, commits }

    var measure: Measure
    var comparison: Comparison
    var polarity: Polarity

    static func read(_ call: CallExpression, _ reader: inout ExpressionReader) -> (any ConditionTest)? {
        guard let measure = Measure(rawValue: call.word), let comparison = call.comparison?.comparison else {
            reader.incomplete(call)
            return nil
        }
        return Size(measure: measure, comparison: comparison, polarity: reader.polarity)
    }

    func evaluate(_ evaluation: inout Evaluation) -> Truth {
        if measure == .commits {
            return Truth(evaluation.commits().map { comparison.holds(for: $0.count) })
        }
        switch evaluation.files() {
        case .unknown(let unknown): return .unknown([unknown])
        case .known(let files):
            if measure == .files { return Truth(comparison.holds(for: files.count)) }
            if let file = files.first(where: { !$0.isCounted }) {
                return .unknown([
                    Unknown(
                        cause: .notTold, subject: "how many lines changed",
                        reason: "a file becomes a link, or a link a file, and the forge does not count `\(file.path)`",
                        cure: "let the gate not depend on `\(measure.rawValue)`, or make that change apart")
                ])
            }
            if polarity == .helps, let binary = files.first(where: \.mayBeBinary) {
                return .unknown([
                    Unknown(
                        cause: .notTold, subject: "how many lines changed",
                        reason: "`\(binary.path)` is binary, or so long that the forge counts no lines of it",
                        cure: "let the gate not depend on `\(measure.rawValue)`, or ask for a signature")
                ])
            }
            let additions = files.reduce(0) { Self.sum($0, $1.additions) }
            let deletions = files.reduce(0) { Self.sum($0, $1.deletions) }
            let value =
                switch measure {
                case .additions: additions
                case .deletions: deletions
                case .lines, .files, .commits: Self.sum(additions, deletions)
                }
            return Truth(comparison.holds(for: value))
        }
    }

    /// A sum that stays at the largest number: the counts are the forge's, and a number too big must not trap.
    private static func sum(_ one: Int, _ other: Int) -> Int {
        let (sum, overflows) = one.addingReportingOverflow(other)
        return overflows ? (one < 0 ? .min : .max) : sum
    }

    var constantValue: Bool? { comparison.constantValue }
    var description: String { "\(measure.rawValue) \(comparison)" }
}
