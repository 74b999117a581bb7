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

    /// The one way to write a gate that asks for nobody is told at every reading.
    @Test func nobodyIsAsked() {
        let result = read("require: 'base(\"*\")'")
        #expect(result.policy != nil)
        #expect(result.diagnostics.map(\.message) == ["this is true whatever happens, so nobody has to sign"])
    }

    /// A table has a line for each case: more than it may have are not tried.
    @Test(.timeLimit(.minutes(1))) func tooManyCases() {
        let tests = (0..<5_000).map { "lines = \($0) or title(\"\($0)\")" }.joined(separator: " or ")
        #expect(read("require: 'qa or \(tests)'").policy != nil)
    }
}
