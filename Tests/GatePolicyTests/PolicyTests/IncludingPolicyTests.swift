import Testing

@testable import GatePolicy

/// Tests of policies that are made of several files.
@Suite struct IncludingPolicyTests {
    private static let policy = text(
        "include: [ \"acme/.countersign:base.yml@main\" ]", "gates: { own: { require: engineers } }")

    private static func report(_ head: String, _ files: [String: String], law: String? = nil) throws -> PolicyTestReport
    {
        let cases = """
            people: { qa: [bob], engineers: [dave], legal: [carol] }
            cases:
              - name: both
                reviews: [bob approves, dave approves]
                expect: approved

            """
        let tests = try #require(PolicyTestFile.read(head + cases, file: "countersign.test.yml").tests)
        return PolicyTestRunner.run(
            tests, policy: Array(policy.utf8), policyFile: ".countersign.yml",
            organization: law.map { PolicyText(Array($0.utf8), file: "law.yml", identity: "law", digest: "") },
            file: { place in
                guard let path = tests.files["\(place)"], let text = files[path] else { return .unchecked }
                return .text(PolicyText(Array(text.utf8), file: path, identity: path, digest: ""))
            })
    }

    @Test func anIncludedFileStandsWhereTheTestsSay() throws {
        let head = "files: { \"acme/.countersign:base.yml@main\": shared/base.yml }\n"
        let report = try Self.report(head, ["shared/base.yml": IncludeTests.base])
        #expect(report.diagnostics.isEmpty && report.failures == 0 && report.results.count == 1, "\(report)")
        // The gate of the included file is asked about, too.
        let missing = try Self.report(head, ["shared/base.yml": IncludeTests.base.replacing("qa }", with: "legal }")])
        #expect(missing.failures == 1)
    }

    @Test func aFileThatIsNotAtHandIsNamed() throws {
        let report = try Self.report("", [:])
        #expect(!report.isValid && report.results.isEmpty)
        #expect(report.diagnostics.first?.message.contains("`acme/.countersign:base.yml@main`, which is not") == true)
    }

    @Test func whatTheOrganisationRequiresCounts() throws {
        let head = "files: { \"acme/.countersign:base.yml@main\": base.yml }\norganization: law.yml\n"
        let law = text("required: { licence: { require: legal } }")
        let report = try Self.report(head, ["base.yml": IncludeTests.base], law: law)
        #expect(report.isValid && report.failures == 1, "\(report)")
    }
}
