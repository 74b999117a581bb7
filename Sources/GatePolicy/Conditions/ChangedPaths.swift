/// `changes("infra/**")` and `changes_only("docs/**")`: which paths the pull request touches.
struct ChangedPaths: ReadableConditionTest {
    static let words = ["changes", "changes_only"]

    var patterns: PatternList
    /// Whether every path must match, and at least one be there.
    var only: Bool
    /// Where its patterns stand in the policy's index, once it has one: those with `!` and those without.
    private var places: (positive: [Int], negative: [Int])?

    init(patterns: PatternList, only: Bool) {
        self.patterns = patterns
        self.only = only
    }

    /// The same, with its patterns in the index.
    func planned(_ index: inout PlanIndex) -> any ConditionTest {
        var copy = self
        copy.places = (
            patterns.patterns.filter { !$0.isNegative }.map { index.paths.place(of: $0.expression) },
            patterns.patterns.filter(\.isNegative).map { index.paths.place(of: $0.expression) }
        )
        return copy
    }

    static func read(_ call: CallExpression, _ reader: inout ExpressionReader) -> (any ConditionTest)? {
        guard let patterns = reader.patterns(call, kind: .path) else { return nil }
        let only = call.word == "changes_only"
        if only { reader.warnAboutUnanchored(call) }
        reader.warnAboutExpressions(call, hasDottedParts: true)
        if reader.polarity == .hinders { reader.warnAboutDepth(call) }
        return ChangedPaths(patterns: patterns, only: only)
    }

    func evaluate(_ evaluation: inout Evaluation) -> Truth {
        switch evaluation.files() {
        case .unknown(let unknown): return .unknown([unknown])
        case .known(let files):
            if files.isEmpty { return .no }
            if let places, let hits = evaluation.hits(files) { return answer(hits, places) }
            // The first path that decides is enough.
            let decisive: Truth = only ? .no : .yes
            var truth = Truth(only)
            _ = files.allPaths { path in
                let matches = patterns.matches(path)
                truth = only ? truth && matches : truth || matches
                return truth != decisive
            }
            return truth
        }
    }

    private func answer(
        _ hits: PathIndex.Hits, _ places: (positive: [Int], negative: [Int])
    ) -> Truth {
        if !only, places.negative.isEmpty { return Truth(hits.isAny(of: places.positive)) }
        var count = 0
        let excluded = places.negative.isEmpty ? nil : hits.paths(of: places.negative)
        for (index, word) in hits.paths(of: places.positive).enumerated() {
            count += (word & ~(excluded?[index] ?? 0)).nonzeroBitCount
        }
        return Truth(only ? count == hits.pathCount : count > 0)
    }

    var description: String { "\(only ? "changes_only" : "changes")(\(patterns))" }
}

extension Evaluation {
    /// Which path patterns of the policy match which changed paths; searched once.
    fileprivate mutating func hits(_ files: [ChangedFile]) -> PathIndex.Hits? {
        if let pathHits { return pathHits }
        let hits = policy.plan.paths.search(files)
        pathHits = .some(hits)
        return hits
    }
}
