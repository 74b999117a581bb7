import Testing

@testable import GatePolicy

/// Slips of the pen that are a policy, or nearly one: what is told of them.
@Suite struct SlipTests {
    private func told(_ keys: String) -> [Diagnostic] {
        PolicyReader.read("version: 1\ngates:\n  a:\n    \(keys)\n", file: "p.yml", digest: "").diagnostics
    }

    /// Every editor shows `null` as nothing, and so does the schema: a team of that name stands in quotation marks.
    @Test(arguments: [
        ("require: null", "take it away, or put quotation marks around it"),
        ("require: qa\nblock: Null", "write `none` if nobody's request for changes blocks"),
        ("require: qa\n    description: NULL", "take it away"),
        ("require: ~", "take it away"),
        ("require: qa\n    approvals: { comments: [\"*LGTM*\", null] }", "take it away"),
    ]) func aNullIsNoValue(_ keys: String, _ hint: String) throws {
        let found = told(keys)
        let mistake = try #require(found.first { $0.message.contains("is no value, and") })
        #expect(mistake.severity == .error && mistake.hint?.hasPrefix(hint) == true, "\(found.rendered)")
        #expect(found.count == 1, "\(found.rendered)")
    }

    @Test(arguments: [
        "require: \"null\"", "require: nullable", "require: qa\n    approvals: { comments: [\"null\"] }",
    ]) func aNullThatIsMeant(_ keys: String) {
        #expect(told(keys).isEmpty)
    }

    /// Names of statuses are exact, in whatever form somebody writes a pattern.
    @Test(arguments: [("ci/*", true), ("re:ci", true), ("{a,b}", true), ("ci {x}", false), ("a, b", false)])
    func aPatternOfStatuses(_ name: String, _ isPattern: Bool) {
        let found = told("require: 'qa and status(\"\(name)\" from @ci)'")
        #expect(found.contains { $0.message.contains("this is no pattern") } == isPattern, "\(found.rendered)")
    }

    /// What is offered is one pattern of that very text, whatever stands in it.
    @Test(arguments: ["LGTM", "LGTM, approved", "it's fine", "a]b"])
    func aTextAlone(_ text: String) throws {
        let found = told("require: qa\n    approvals:\n      reviews: \(text)")
        let hint = try #require(found.first?.hint)
        let offered = "['\(text.replacing("'", with: "''"))']"
        #expect(hint.hasSuffix("`\(offered)`"), "\(hint)")
        let policy = try Story.policy(
            "version: 1\ngates: { a: { require: qa, approvals: { reviews: \(offered) } } }\n")
        guard case .matching(let patterns)? = policy.gates.first?.approvals.reviews else {
            Issue.record("no patterns: \(offered)")
            return
        }
        #expect(patterns.description == text || patterns.description == "`\(text)`", "\(patterns.description)")
    }

    /// A word alone is more likely a slip than the whole text of a review; who means it finds how to say so.
    @Test func aWordAlone() throws {
        let found = told("require: qa\n    approvals: { reviews: LGTM }")
        let hint = try #require(found.first?.hint)
        #expect(hint.hasSuffix("a text that is the whole review is `['LGTM']`"), "\(found.rendered)")
        #expect(told("require: qa\n    approvals: { reviews: ['LGTM'] }").isEmpty)
    }

    /// It says so already, and what stands beside it changes nothing.
    @Test func aNeverWithSomethingBesideIt() throws {
        let warning = try #require(told("require: never(\"frozen\") and qa").first)
        #expect(warning.message == "this can never be met")
        #expect(warning.hint == "`never(…)` alone says so: take away what stands beside it", "\(warning)")
    }
}
