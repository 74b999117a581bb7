import Testing

@testable import GatePolicy

/// `base`, `head`, `repository`, `fork`, `title`, `body`: what the pull request itself says.
@Suite struct NameTests {
    @Test(arguments: [
        ("base(\"main\")", Explanation.Mark.met), ("base(\"ma*\")", .met), ("base(\"Main\")", .unmet),
        ("head(\"bob:topic\")", .met), ("head(\"topic\")", .unmet), ("head(\"*\")", .met),
        ("repository(\"acme/*\")", .met), ("repository(\"other/*\")", .unmet), ("fork", .met), ("not fork", .unmet),
        ("title(\"*faster\")", .met), ("title(\"faster\")", .unmet), ("title(\"re:fast\")", .met),
        ("body(\"*Fixes #1*\")", .met), ("body(\"\\\\n\")", .unmet), ("true", .met),
    ])
    func whatItSays(_ condition: String, _ mark: Explanation.Mark) throws {
        var story = Story()
        story.facts.pullRequest.forkOwner = "bob"
        story.facts.pullRequest.body = "Fixes #1"
        #expect(try story.mark(condition) == mark)
    }

    @Test func aDeletedFork() throws {
        var story = Story()
        story.facts.pullRequest.forkOwner = "?"
        #expect(try story.mark("head(\"?:topic\")") == .met)
        #expect(try story.mark("fork") == .met)
    }

    /// However a pattern is written that every name matches: whoever asks for it asks for nobody.
    @Test(arguments: [
        (#"base("*")"#, true), (#"base("re:.*")"#, true), (#"base("re:^.*$")"#, true), (#"base("re:(.*)")"#, true),
        (#"base("re:.+")"#, true), (#"base("re:(?i)^.+$")"#, true), (#"base("re:.")"#, true), (#"base("re:^")"#, true),
        (#"base("?*")"#, true), (#"base("main", "re:.*")"#, true), (#"repository("re:.*")"#, true),
        (#"base("re:^[^/]*$")"#, false), (#"base("re:^.$")"#, false), (#"base("re:^$")"#, false),
        (#"base("re:.*a")"#, false), (#"base("re:^(a)(.*)$")"#, false), (#"base("??")"#, false),
        (#"title("re:.*")"#, true), (#"body("re:.*")"#, true), (#"body("re:^(?:.*)")"#, true),
        // A description may be empty, or hold several lines.
        (#"body("re:.+")"#, false), (#"body("re:^.*$")"#, false), (#"body("re:(?s)^.*$")"#, true),
    ])
    func whatEveryNameMatches(_ condition: String, _ isAlways: Bool) {
        func told(_ keys: String) -> [String] {
            PolicyReader.read("version: 1\ngates: { a: { \(keys) } }\n", file: "p.yml", digest: "").diagnostics
                .map(\.message)
        }
        let asked = told("require: '\(condition)'")
        #expect(asked.contains { $0.hasPrefix("this is true whatever happens, so ") } == isAlways, "\(asked)")
        // Wherever it stands it is told what `base("*")` is told.
        for keys in ["require: 'qa or %'", "require: qa, when: 'not %'"] {
            let plain = Set(told(keys.replacing("%", with: #"base("*")"#)))
            #expect(!plain.isEmpty)
            #expect(plain.isSubset(of: told(keys.replacing("%", with: condition))) == isAlways, "\(keys)")
        }
    }
}
