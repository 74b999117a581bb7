/// The paths that a gate is about: those its `when` speaks of.
public struct PathScope: Hashable, Sendable {
    private let patterns: PatternList

    init(_ patterns: PatternList) { self.patterns = patterns }

    /// Whether a path is one of them; unknown when the matcher gave up.
    func holds(_ path: String) -> Truth { patterns.matches(path) }
}
