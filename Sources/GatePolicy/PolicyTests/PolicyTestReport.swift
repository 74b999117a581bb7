/// What came of a test file.
public struct PolicyTestReport: Hashable, Sendable, Codable {
    /// The test file, as shown.
    public var file: String
    /// The policy's file, as shown.
    public var policy: String
    /// Mistakes and doubts in either file.
    public var diagnostics: [Diagnostic]
    /// The cases that were run, in the file's order; empty when a file is not valid.
    public var results: [PolicyTestResult]

    /// Whether both files could be used.
    public var isValid: Bool { !diagnostics.contains { $0.severity == .error } }
    /// How many cases failed.
    public var failures: Int { results.count { !$0.passed } }

    /// A report.
    public init(file: String, policy: String, diagnostics: [Diagnostic] = [], results: [PolicyTestResult] = []) {
        self.file = file
        self.policy = policy
        self.diagnostics = diagnostics
        self.results = results
    }

    /// As a terminal shows it: a line for each case, and the differences of those that failed.
    public var text: String { results.map { $0.text(in: file) }.joined() }
}

/// What came of one case.
public struct PolicyTestResult: Hashable, Sendable, Codable {
    /// The case's name.
    public var name: String
    /// The line it stands on.
    public var line: Int
    /// Whether everything is as expected.
    public let passed: Bool
    /// Where the verdict differs from what was expected; empty when the case passed.
    public let differences: [PolicyTestDifference]

    init(name: String, line: Int, differences: [PolicyTestDifference]) {
        self.name = name
        self.line = line
        self.passed = differences.isEmpty
        self.differences = differences
    }

    func text(in file: String) -> String {
        if passed { return "ok      \(name)\n" }
        return "FAILED  \(name) (\(file):\(line))\n" + differences.map(\.text).joined()
    }
}

/// One thing that is not as expected, and why.
public struct PolicyTestDifference: Hashable, Sendable, Codable {
    /// What it is about: a gate's name or `summary`, with `, can_sign` where it is about who can still sign.
    public var subject: String
    /// What the case expects: an outcome, or logins with commas between them.
    public var expected: String
    /// What the policy says.
    public var found: String
    /// Why the policy says so, line by line, in the words of `countersign check`.
    public var because: [String]

    var text: String {
        let reasons = because.map { "            \($0)\n" }.joined()
        return "        \(subject): expected `\(expected)`, found `\(found)`\n\(reasons)"
    }
}
