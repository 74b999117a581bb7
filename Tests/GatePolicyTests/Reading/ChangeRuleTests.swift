import Testing

@testable import GatePolicy

/// `policy:`, what a change of the policy needs.
@Suite struct ChangeRuleTests {
    private func read(_ line: String) -> PolicyReader.Result {
        PolicyReader.read(
            "version: 1\n\(line)\ngroups: { leads: '@erin' }\ngates: { a: { require: qa } }\nparts: {}\n", file: "p",
            digest: "")
    }

    @Test(arguments: [
        ("", "writers"), ("policy: { require: writers }", "writers"), ("policy: { require: 2 of qa }", "2 of qa"),
        ("policy: { require: leads and security }", "leads and security"),
        ("policy: { require: leads and lines < 5 }", "leads and lines < 5"), ("policy: { require: nobody }", nil),
        ("policy: { require: 'never(\"ask the owner\")' }", "never(\"ask the owner\")"),
    ]) func itMeans(_ line: String, _ meaning: String?) throws {
        let policy = try #require(read(line).policy, "\(read(line).diagnostics.rendered)")
        #expect(policy.change.require?.description == meaning)
    }

    @Test(arguments: [
        ("policy: writers", "`policy` holds `require`"), ("policy: {}", "`policy` needs `require`"),
        ("policy: { by: leads }", "`policy` has no key `by`"), ("policy: [leads]", "`policy` holds keys and values"),
        ("policy: { require: 'true' }", "met without anybody's signature"),
        ("policy: { require: 'label(\"ok\" by leads)' }", "met without anybody's signature"),
        ("policy: { require: 'leads or lines < 5' }", "met without anybody's signature"),
        ("policy: { require: author }", "a signature of `author` does not count"),
        ("policy: { require: committers }", "a signature of `committers` does not count"),
        ("policy: { require: anyone }", "`anyone`"), ("policy: { require: readers }", "`readers`"),
        ("policy: { require: 'gate(\"a\")' }", "gate"), ("policy: { require: none }", "none"),
        ("policy: { require: nobody or leads }", "nobody"), ("policy: { require: leads, waive: leads }", "waive"),
        ("policy: { require: leads, mode: off }", "mode"),
    ]) func itIsRefused(_ line: String, _ message: String) {
        let result = read(line)
        #expect(result.policy == nil)
        #expect(result.diagnostics.contains { $0.message.contains(message) }, "\(result.diagnostics.rendered)")
    }

    @Test(arguments: ["never(\"ask the owner\")", "leads and commits < 0"])
    func whatNobodyCanMeetIsWarnedOf(_ require: String) {
        let result = read("policy: { require: '\(require)' }")
        #expect(result.policy != nil)
        #expect(result.diagnostics.contains { $0.message.contains("this can never be met") })
    }
}
