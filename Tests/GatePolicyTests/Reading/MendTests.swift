import Testing

@testable import GatePolicy

/// What a hint says to write is written, letter by letter, and then nothing is wrong any more.
@Suite struct MendTests {
    @Test(arguments: [
        (#"when: "changes("docs/**")""#, "when: 'changes(\"docs/**\")'"),
        (#"when: "changes('docs/**')" and fork"#, "when: \"changes('docs/**') and fork\""),
        (#"require: "qa" or "security""#, "require: 'qa or security'"),
        (#"require: 'qa' or 'security'"#, "require: 'qa or security'"),
        (#"when: changes: ["docs/**"]"#, "when: 'changes(\"docs/**\")'"),
        (#"when: title: fix"#, "when: 'title(\"fix\")'"),
        (#"when: title("fix: *")"#, "when: 'title(\"fix: *\")'"),
        (#"when: "title('re:\d+')""#, #"when: 'title(''re:\d+'')'"#),
        ("require: @acme/qa", "require: '@acme/qa'"),
        ("description: *important* look", "description: '*important* look'"),
        ("description: - look", "description: '- look'"),
        ("description: [WIP] look", "description: '[WIP] look'"),
        ("description: {{ x }} look", "description: '{{ x }} look'"),
        ("description: \"important\" look", "description: '\"important\" look'"),
        ("require: acme/qa", "'@acme/qa'"),
        ("when: label(tier:high)", "label(\"tier:high\")"),
        ("when: label(“tier:high”)", "label(\"tier:high\")"),
        ("when: changes(docs/**, *.md)", "changes(\"docs/**\", \"*.md\")"),
        (#"when: 'changes(["docs/**", "x/**"])'"#, "changes(\"docs/**\", \"x/**\")"),
        ("when: base(main)", "base(\"main\")"),
        ("when: title(/WIP/i)", "title(\"re:(?i)WIP\")"),
        ("when: base(/^release.*$/)", "base(\"re:^release.*$\")"),
        (#"when: 'status("ci", success)'"#, "status(\"ci\") in (success)"),
        (#"when: 'status("ci", success, failure)'"#, "status(\"ci\") in (success, failure)"),
        (#"when: base("main" or "master")"#, "base(\"main\", \"master\")"),
        (#"when: label("a" and "b" by qa)"#, "label(\"a\", \"b\" by qa)"),
        (#"when: label("a" or "b" by qa)"#, "(label(\"a\" by qa) or label(\"b\" by qa))"),
        ("when: author == @alice", "author(@alice)"),
        ("when: author != alice", "not author(alice)"),
        (#"when: 'base == "main"'"#, "base(\"main\")"),
        (#"when: 'head != release/1'"#, "not head(\"release/1\")"),
        ("when: 200 < lines", "lines > 200"),
        ("when: 1", "changes(\"docs/**\") and not fork"),
        ("require: 2", "2 of qa"),
        ("require: qa > 2", "3 of qa"),
        ("require: qa = 2", "2 of qa"),
        ("require: at least 2 of qa", "2 of qa"),
        ("require: at least 2 of (qa | security) and leads", "2 of (qa | security) and leads"),
        ("require: at least at least 2 of qa", "2 of qa"),
        ("require: leads and at least 2 of qa", "leads and 2 of qa"),
        ("require: at least 2 approvals", "2 of writers"),
        ("when: at least 100 lines", "lines >= 100"),
        ("when: fork and at least 100 lines", "fork and lines >= 100"),
        ("when: at least 2 of qa", "changes(\"docs/**\") and not fork"),
        ("block: at least 2 of writers", "leads | security"),
        ("require: qa -security", "qa - security"),
        ("require: '@alice -@bob'", "@alice - @bob"),
        ("require: team(qa)", "qa"),
        ("distinct: [qa, leads]", "true"),
        ("require: 2 of 3 of qa", "3 of qa"),
        (#"when: 'branch("main")'"#, "base(\"main\")"),
        ("when: not docs only", "changes_only(\"docs/**\")"),
        ("require: approvals >= 2", "2 of writers"),
        (#"when: 'status("ci") = success'"#, "status(\"ci\") in (success)"),
        (#"when: 'status("ci") != "failure"'"#, "status(\"ci\") in (success, pending, warning, error)"),
        (#"when: 'changes("a/**") = true'"#, "changes(\"a/**\")"),
        (#"when: '"docs/**"'"#, "changes(\"docs/**\")"),
        (#"require: '"qa"'"#, "qa"),
        ("require: owners_of_each_file(qa)", "owners_of_each_file"),
        ("require:qa", "require: qa"),
        ("require:\u{A0}2 of qa", "require: 2 of qa"),
        ("block: false", "none"),
        ("require: 50% of qa", "2 of qa"),
        ("require: leads and 100 % of qa", "leads and all of qa"),
        ("require: half of qa", "2 of qa"),
        ("require: one of qa", "1 of qa"),
        ("require: (any of qa) and leads", "(1 of qa) and leads"),
        ("require: leads and anyone of qa", "leads and 1 of qa"),
        ("require: two of qa", "2 of qa"),
        ("require: everyone in qa", "all of qa"),
        ("require: someone from (qa | leads)", "1 of (qa | leads)"),
        ("block: anyone in qa", "qa"),
        ("when: one of qa", "changes(\"docs/**\") and not fork"),
        ("when: lines > 1,000", "lines > 1000"),
        ("when: fork and (lines > 1,000,000 or files > 2)", "fork and (lines > 1000000 or files > 2)"),
        ("when: lines > 1.000", "lines > 1000"),
        ("when: lines > 1_000", "lines > 1000"),
        ("require: qa except @bob", "qa - @bob"),
        ("require: qa minus @bob", "qa - @bob"),
        ("require: 2 of (qa but not @bob) and leads", "2 of (qa - @bob) and leads"),
        ("block: writers without qa", "writers - qa"),
        ("when: author(qa excluding @bob)", "author(qa - @bob)"),
        (#"when: changes("src/**") except changes("docs/**")"#, "changes(\"src/**\") and not changes(\"docs/**\")"),
        (#"when: base in ("main", "dev")"#, "base(\"main\", \"dev\")"),
        (#"when: fork and base not in ["main", "dev"]"#, "fork and not base(\"main\", \"dev\")"),
        ("when: base is not release/1", "not base(\"release/1\")"),
        (#"when: label in ("a", "b")"#, "(label(\"a\") or label(\"b\"))"),
        ("when: author in (qa | leads)", "author(qa | leads)"),
        ("when: fork and author is not @alice", "fork and not author(@alice)"),
    ])
    func aHintCarriedOutIsValid(_ written: String, _ mend: String) throws {
        let diagnostic = try #require(read(written).diagnostics.first { $0.severity == .error })
        let hint = try #require(diagnostic.hint, "\(diagnostic.message)")
        #expect(hint.contains("`\(mend)`"), "\(hint)")
        let key = written.prefix { $0 != ":" }
        let carriedOut = mend.hasPrefix("\(key): ") ? mend : "\(key): \(quoted(mend))"
        let found = read(carriedOut)
        #expect(found.policy != nil, "\(carriedOut)\n\(found.diagnostics.rendered)")
    }

    /// Two people are taken out in English where one would be here, and everybody is no set.
    @Test(arguments: [
        "require: qa except @alice and @bob", "require: everyone except @bob", "require: qa or leads except @bob",
        "require: 2 of qa and leads without @bob", "require: qa except fork",
    ])
    func whatMayMeanAnotherThingIsNotWrittenOut(_ written: String) throws {
        let diagnostic = try #require(read(written).diagnostics.first { $0.severity == .error })
        #expect(diagnostic.hint == "people are taken out by `-`: `qa - @alice`, or `qa - (@alice | @bob)`")
    }

    /// In English both sets are meant, and here one person of the second would do.
    @Test(arguments: ["require: two of qa or leads", "require: everyone in qa and leads"])
    func aCountBesideAnotherSetIsNotWrittenOut(_ written: String) throws {
        let diagnostic = try #require(read(written).diagnostics.first { $0.severity == .error })
        #expect(diagnostic.hint == "for example `2 of qa and security`")
    }

    @Test(arguments: ["when: lines > 1,000,000,000", "when: lines > 1\(String(repeating: ",000", count: 20_000))"])
    func aNumberThatIsTooLongIsNotWrittenOut(_ written: String) throws {
        let diagnostic = try #require(read(written).diagnostics.first { $0.severity == .error })
        #expect(diagnostic.hint == "it has at most 9 digits")
    }

    /// What is offered to be pasted is whole, however long it is; or it is not offered.
    @Test(
        arguments: [200, 5_000],
        [
            "when: changes(NAME, \"b\")", "when: 'base(\"NAME\" or \"b\")'", "when: 'base(\"NAME\") = 1'",
            "require:NAME",
            "when: \"title(\"NAME\")\"", "when: title(\"NAME #1\")", "when: author == NAME", "description NAME",
        ]) func whatIsPastedIsWhole(_ length: Int, _ line: String) throws
    {
        let name = String(repeating: "a", count: length)
        let written = line.replacing("NAME", with: name)
        let diagnostic = try #require(read(written).diagnostics.first { $0.severity == .error })
        let hint = try #require(diagnostic.hint, "\(diagnostic.message)")
        #expect(!hint.contains("a…"), "\(hint)")
        #expect(hint.contains(name) == (length == 200), "\(hint)")
    }

    @Test func whatIsNotPastedIsCutAtAWord() throws {
        let names = (1...30).map { "team-number-\($0)" }.joined(separator: " or ")
        let first = try #require(read("require: a and b or \(names)").diagnostics.first?.hint)
        let second = try #require(read("require: \(names) and b").diagnostics.first?.hint)
        #expect(first == "`(a and b) or team-number-1`, or `a and (b or team-number-1)`")
        #expect(second.hasPrefix("`(team-number-1 or team-number-2 or team-number-3 or …) and b`"), "\(second)")
    }

    /// Fewer paths than in a `.gitignore` are only doubted where nothing is asked for the others, and hardly ever meant.
    @Test(arguments: [
        ("*", "**"), ("*.go", "**/*.go"), ("src", "src/**"), ("src/*", "src/**"), ("LICENSE", nil), ("go.mod", nil),
        ("LICENSE*", nil), (".gitea/workflows/*", nil), ("src/*.go", nil), ("**.go", nil), ("**/*.go", nil),
        ("src/app", nil), ("!*.go", nil), ("re:go$", nil), ("{src,lib}", nil),
    ])
    func depth(_ pattern: String, _ deeper: String?) throws {
        #expect(Pattern.deeper(pattern)?.pattern == deeper)
    }

    @Test(arguments: [
        ("when: changes(\"*.go\")", true), ("when: changes_only(\"*.go\")", true),
        ("when: not changes_only(\"*.go\")", false), ("advisory: changes(\"*.go\")", false),
        ("when: changes(\"**/*.go\")", false),
    ])
    func depthIsDoubted(_ written: String, _ isDoubted: Bool) throws {
        let found = read(written)
        #expect(found.policy != nil)
        #expect(found.diagnostics.contains { $0.message.hasPrefix("this matches only") } == isDoubted)
    }

    @Test func aGateOnOneLineGetsItsBraces() throws {
        func text(_ gate: String) -> String { "version: 1\ngates:\n  \(gate)\n" }
        let broken = PolicyReader.read(text("b: require: qa"), file: "x", digest: "").diagnostics
        #expect(broken.first?.hint == "write `b: { require: qa }`")
        #expect(PolicyReader.read(text("b: { require: qa }"), file: "x", digest: "").policy != nil)
    }

    /// Where nothing is known to be right no line is written out.
    @Test(arguments: [#"require: "qa" "security""#, "when: docs: \"*.md\" or x", "require: @alice or", "when: *.md"])
    func nothingWrongIsOffered(_ written: String) throws {
        let diagnostic = try #require(read(written).diagnostics.first { $0.severity == .error })
        #expect(diagnostic.hint?.hasPrefix("for example `") == true, "\(diagnostic.hint ?? "")")
    }

    /// A gate with one key as it is written; `require` is added where the key is another.
    private func read(_ line: String) -> PolicyReader.Result {
        let rest = line.hasPrefix("require") ? "" : "    require: qa\n"
        return PolicyReader.read(
            "version: 1\ngates:\n  a:\n    \(line)\n\(rest)", file: "countersign.yml", digest: "")
    }

    /// As a value of YAML: one that begins with a quotation mark stands as it is.
    private func quoted(_ value: String) -> String {
        value.hasPrefix("'") ? value : "'\(value.replacing("'", with: "''"))'"
    }
}
