import Testing

@testable import GatePolicy

/// What is true whatever happens is refused; what only looks like it is not.
@Suite struct CaseTableTests {
    private func read(_ keys: String) -> PolicyReader.Result {
        PolicyReader.read("version: 1\ngates: { g: { \(keys) } }\n", file: "x.yml", digest: "d")
    }

    @Test(arguments: [
        "qa or lines < 5 or lines > 5", "qa or lines < 5 or files >= 5", "qa or additions <= 3 or deletions > 3",
        "qa or fork or (not fork and lines < 5)", "qa and (fork or not fork)", "qa or (fork and not fork)",
        "qa or base(\"main\") or not base(\"master\")", "qa or title(\"*x*\")", "qa or author(leads)",
    ])
    func dependsOnThePullRequest(_ requirement: String) {
        let messages = read("require: '\(requirement)'").diagnostics.map(\.message)
        #expect(!messages.contains { $0.contains("whatever happens") }, "\(messages)")
    }

    @Test(arguments: [
        "lines < 5 and lines > 7", "lines = 1 and lines = 2", "fork and (not fork or false)",
        "lines < 5 and (files < 1 or lines > 8) and files > 2",
    ])
    func isNeverTrue(_ when: String) {
        let messages = read("require: qa, when: '\(when)'").diagnostics.map(\.message)
        #expect(messages == ["this condition is never true, so nothing is ever asked for"])
    }

    /// On by a lead's word, and once put on by one, are two questions; so are a proven name and one that is mapped.
    @Test(arguments: [
        "label(\"x\" by leads) or not label(\"x\" by leads)",
        "labels(\"x\" by leads) >= 1 or not labels(\"x\" by leads) >= 1",
        "status(\"ci\" from @ci) or not status(\"ci\" from @ci)",
        "any_committer(leads) or not any_committer(leads)",
        "status(\"a\\\", \\\"b\" from @ci) or not status(\"a\", \"b\" from @ci)",
    ])
    func theSameWordsMeanDifferentThings(_ condition: String) {
        let result = read("require: '\(condition)', open: true")
        #expect(result.policy != nil)
        #expect(!result.diagnostics.contains { $0.message.contains("whatever happens") })
    }

    @Test(arguments: [
        ("lines < 5 or lines >= 5", true), ("author(author)", true), ("fork or (not fork and true)", true),
        ("not (fork and not fork)", false), ("files >= 0", false), ("author(author) or true", false),
    ])
    func neverBlocks(_ condition: String, _ isEvaluated: Bool) throws {
        let result = read("require: qa, advisory: '\(condition)'")
        let told = result.diagnostics.filter { $0.message.contains("does not block") }
        #expect(told.map(\.severity) == [.warning])
        #expect(told.map(\.hint) == ["write `mode: advisory` if that is meant"])
        // It is only told: `author(author)` is not true of everybody.
        guard case .advisory(let kept)? = try #require(result.policy).gates.first?.mode else {
            Issue.record("it blocks")
            return
        }
        #expect((kept != nil) == isEvaluated)
    }

    @Test(arguments: [
        "true", "false", "lines < 5", "fork", "lines < 5 and lines > 7",
        "label(\"x\" by leads) or not label(\"x\" by leads)",
    ])
    func mayBlock(_ condition: String) {
        let result = read("require: qa, advisory: '\(condition)'")
        #expect(result.policy != nil)
        #expect(!result.diagnostics.contains { $0.message.contains("does not block") })
    }

    /// The one way to write a gate that asks for nobody is told at every reading.
    @Test func nobodyIsAsked() {
        let result = read("require: 'base(\"*\")'")
        #expect(result.policy != nil)
        #expect(result.diagnostics.map(\.message) == ["this is true whatever happens, so nobody has to sign"])
    }

    /// What signatures alone can meet has no part in the cases, however much of it there is.
    @Test(.timeLimit(.minutes(1))) func onlyTestsAreLookedAt() {
        let sizes = [Size.Measure.lines, .additions, .deletions, .files, .commits].map { measure in
            Condition.test(
                Size(measure: measure, comparison: Comparison(sign: .greater, number: 5), polarity: .helps))
        }
        let signatures = Array(repeating: Requirement.never("nobody"), count: 300_000)
        #expect(CaseTable.value(of: .any(signatures + [.condition(.all(sizes))])) == nil)
        // True in every case but the last that is tried.
        #expect(CaseTable.value(of: .any(signatures + [.condition(.not(.all(sizes)))])) == nil)
        let either = Condition.any(sizes + [.not(sizes[0])])
        #expect(CaseTable.value(of: .any(signatures + [.condition(either)])) == true)
    }

    /// A table has a line for each case: more than it may have are not tried.
    @Test(.timeLimit(.minutes(1))) func tooManyCases() {
        let tests = (0..<5_000).map { "lines = \($0) or title(\"\($0)\")" }.joined(separator: " or ")
        #expect(read("require: 'qa or \(tests)'").policy != nil)
    }
}
