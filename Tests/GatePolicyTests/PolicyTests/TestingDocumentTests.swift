import Testing

@testable import GatePolicy

/// `Documentation/testing-policies.md` shows what is real.
@Suite struct TestingDocumentTests {
    static func text() throws -> String { try Examples.text("Documentation/testing-policies.md") }

    /// The fenced blocks of YAML: policies and the tests that follow them.
    static func blocks() throws -> [String] {
        var found: [String] = []
        var block: [Substring]?
        for line in try text().split(separator: "\n", omittingEmptySubsequences: false) {
            if line == "```yaml" {
                block = []
            } else if line == "```", let lines = block {
                found.append(lines.joined(separator: "\n") + "\n")
                block = nil
            } else {
                block?.append(line)
            }
        }
        return found
    }

    @Test func itsTestsPass() throws {
        var policy = ""
        var cases = 0
        for block in try Self.blocks() {
            guard block.contains("cases:") else {
                policy = block
                continue
            }
            let read = PolicyTestFile.read(block, file: "countersign.test.yml")
            let tests = try #require(read.tests, "\(read.diagnostics.rendered)")
            let report = PolicyTestRunner.run(tests, policy: Array(policy.utf8), policyFile: "countersign.yml")
            #expect(report.diagnostics.isEmpty, "\(report.diagnostics.rendered)")
            #expect(report.failures == 0, "\(report.text)")
            cases += report.results.count
        }
        #expect(cases >= 7)
    }

    @Test func theFailureItShowsIsReal() throws {
        let policy = try #require(try Self.blocks().first)
        let text = """
            people: { qa: [bob, olga], security: [carol] }
            pull: { author: alice, files: [auth/login.swift] }
            cases:
              - name: QA alone is enough
                reviews: [bob approves]
                expect: { security-review: approved }

            """
        let tests = try #require(PolicyTestFile.read(text, file: "countersign.test.yml").tests)
        let report = PolicyTestRunner.run(tests, policy: Array(policy.utf8), policyFile: "countersign.yml")
        #expect(try Self.text().contains("```\n\(report.text)```"), "it should be:\n\(report.text)")
    }

    @Test func itsTableNamesEveryKey() throws {
        let rows = try Self.text().split(separator: "\n").filter { $0.hasPrefix("| `") }.joined(separator: "\n")
        let keys =
            PolicyTestReader.topKeys + PolicyTestReader.repositoryKeys + PolicyTestReader.pullKeys
            + PolicyTestReader.labelKeys + PolicyTestReader.fileKeys + PolicyTestReader.commitKeys
            + PolicyTestReader.caseKeys + PolicyTestReader.unknownForms
        for key in Set(keys) { #expect(rows.contains(key), "`\(key)` is missing") }
    }

    @Test func itNamesEveryOutcome() throws {
        let text = try Self.text()
        for outcome in Outcome.allCases { #expect(text.contains("`\(outcome.rawValue)`")) }
    }
}
