import Testing

@testable import GateImport

/// Which expressions may match more once quotes, marks and lines are left out.
@Suite struct PatternEdgesTests {
    @Test(arguments: [
        "^LGTM$", "LGTM$", "(?m)^LGTM", #"\ALGTM"#, #"LGTM\z"#, "(ok|^LGTM)", "LGTM[^!]by", #"LGTM\sby"#, #"a\nb"#,
        #"a\x0ab"#, #"a\Wb"#, "a[[:space:]]b", "(?s)a.b", "(?is:a.b)", #"a\"#,
    ]) func looksAtEdges(_ expression: String) { #expect(Pattern.looksAtEdges(expression)) }

    @Test(arguments: [#"^LGTM \s+$"#, "LGTM $", #"^\s+LGTM"#, #"LGTM\s\z"#])
    func neverMatches(_ expression: String) { #expect(Pattern.asksForOuterSpace(expression)) }

    @Test(arguments: [
        #"^acked-by\s+"#, #"^\s*LGTM"#, #"LGTM\s*$"#, #"a|LGTM\s+$"#, #"(?m)LGTM\s+$"#, #"\\s$"#, "LGTM$",
    ])
    func mayMatch(_ expression: String) { #expect(!Pattern.asksForOuterSpace(expression)) }

    @Test(arguments: ["a*b", "[ok]", #"a\b"#, ":-1:", "!x", ""])
    func showsItsSource(_ text: String) { #expect(Pattern.source(of: Pattern.containing(text)) == text) }

    @Test func namesAreCutBetweenWords() {
        let name = NameTable.valid(String(repeating: "approve ", count: 12))
        #expect(name == Array(repeating: "approve", count: 7).joined(separator: "-"))
        #expect(NameTable.valid(String(repeating: "x", count: 80)).count == 60)
    }

    @Test(arguments: [
        ("(?<a>x)", "(?P<a>x)"), ("(?<=x)(?<!y)", "(?<=x)(?<!y)"), (#"\(?<a>"#, #"\(?<a>"#), ("[(?<a]", "[(?<a]"),
        ("[](?<a]", "[](?<a]"), ("[[:alpha:](?<a]", "[[:alpha:](?<a]"), (#"\Q(?<a\E(?<b>)"#, #"\Q(?<a\E(?P<b>)"#),
        ("(?P<a>x)", "(?P<a>x)"), (#"[\](?<a](?<b>)"#, #"[\](?<a](?P<b>)"#),
    ]) func namesGroups(_ expression: String, _ wanted: String) {
        #expect(Pattern.withNamedGroups(expression) == wanted)
    }

    @Test(arguments: ["LGTM", "(?i)lgtm", #"\bLGTM\b"#, #":\+1:"#, #"\^ok\$"#, "a.b", #"v\d+"#, "[a-z]+ ok", ""])
    func looksAtNone(_ expression: String) { #expect(!Pattern.looksAtEdges(expression)) }
}
