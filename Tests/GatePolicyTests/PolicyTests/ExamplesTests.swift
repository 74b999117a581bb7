import Testing

@testable import GatePolicy

@Suite struct ExamplesTests {
    @Test(arguments: Examples.names)
    func theTestsOfAnExamplePass(_ name: String) throws {
        let folder = "Examples/\(name)"
        let read = PolicyTestFile.read(
            try Examples.bytes("\(folder)/countersign.test.yml"), file: "\(folder)/countersign.test.yml")
        guard let tests = read.tests else {
            Issue.record("\(read.diagnostics.rendered)")
            return
        }
        #expect(tests.cases.count >= 4)
        #expect(read.diagnostics.isEmpty)
        let policy = "\(folder)/\(tests.policy)"
        let report = PolicyTestRunner.run(tests, policy: try Examples.bytes(policy), policyFile: policy)
        #expect(report.diagnostics.isEmpty, "\(report.diagnostics.rendered)")
        #expect(report.failures == 0, "\(report.text)")
    }

    @Test(arguments: Examples.names)
    func anExampleSaysHowToTryIt(_ name: String) throws {
        let readme = try Examples.text("Examples/\(name)/README.md")
        #expect(readme.hasPrefix("# "))
        #expect(readme.contains("countersign test Examples/\(name)`"))
    }

    @Test func thereIsWhatTeamsStartFrom() {
        let wanted = [
            "qa-and-security", "tiers-by-label", "owners-by-path", "checklist-with-acknowledgements",
            "release-branches", "dependency-updates",
        ]
        #expect(Set(wanted).subtracting(Examples.names).isEmpty)
    }
}
