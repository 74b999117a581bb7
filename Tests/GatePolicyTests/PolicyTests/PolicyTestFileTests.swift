import Testing

@testable import GatePolicy

@Suite struct PolicyTestFileTests {
    /// Mistakes, and what is said of each: its place, the message and the hint.
    static let mistakes: [(text: String, said: String)] = [
        ("", "1:1: the file is empty; begin with `cases:`"),
        ("[1]\n", "1:1: a test file holds keys and values, not a list; its keys are"),
        ("polcy: x\n", "1:1: a test file has no key `polcy`; did you mean `policy`?"),
        ("policy: x.yml\n", "1:1: the key `cases` is missing; a test file without a case tests nothing"),
        ("policy: /etc/x.yml\n", "1:9: the policy's path begins at the folder of this file, not at `/`"),
        ("cases: []\n", "1:8: `cases` is a list with at least one case; begin each with"),
        ("cases: [{ expect: approved }]\n", "1:9: the case has no `name`; say in a few words what it shows"),
        ("cases: [{ name: a }]\n", "1:17: the case expects nothing; for example `expect:"),
        ("cases: [{ name: a, expect: {} }]\n", "1:28: the case expects nothing; write a gate, or `summary`,"),
        ("cases: [{ name: a, can_sign: {} }]\n", "1:30: `can_sign` names no gate; write a gate and who"),
        ("cases: [{ name: a, expect: aproved }]\n", "1:28: `expect` cannot be `aproved`; did you mean `approved`?"),
        ("cases: [{ name: a, expcet: approved }]\n", "1:20: a case has no key `expcet`; did you mean `expect`?"),
        ("repository: acme\n", "1:13: `acme` is not the name of a repository; write it as `acme/widget`"),
        ("repository: { privat: true }\n", "1:15: `repository` has no key `privat`; did you mean `private`?"),
        ("repository: { private: yes }\n", "1:24: `private` cannot be `yes`; write `true` or `false`"),
        ("people: { qa: [two words] }\n", "1:16: `two words` cannot be an account; an account is written by its login"),
        ("people: { a/b/c: [x] }\n", "1:11: `a/b/c` cannot be a team; write `qa`, or `acme/qa`"),
        ("people: [qa]\n", "1:9: `people` is a mapping of names to what they stand for, not a list; a team is"),
        ("pull: { autor: bob }\n", "1:9: `pull` has no key `autor`; did you mean `author`?"),
        ("pull: { files: [{ additions: 3 }] }\n", "1:17: a file needs `path`"),
        ("pull: { files: [{ path: a, additions: -1 }] }\n", "1:39: `additions` is a number, not `-1`"),
        ("pull: { labels: [{ by: x }] }\n", "1:18: a label needs `name`"),
        ("pull: { labels: [then removed] }\n", "1:18: the name of the label is missing; write"),
        ("pull: { commits: [a b] }\ncases: [{ name: a, reviews: x at 1 }]\n", "1:19: `a b` cannot be an account"),
        ("pull: { commits: [] }\n", "1:18: `commits` holds 1 to 100 commits, not 0"),
        ("pull: { commits: [{ same_diff: true }] }\n", "1:21: before the first commit there was nothing to leave"),
        ("cases:\n- reviews: [@bob approves]\n", "2:13: this is not YAML: found character"),
        ("a: b: c\n", "1:4: YAML reads `: ` in this value as a key and a value of its own; write"),
    ]

    @Test(arguments: mistakes)
    func aMistakeHasItsPlaceAndAHint(_ mistake: (text: String, said: String)) {
        let read = PolicyTestFile.read(mistake.text, file: "t.yml")
        let said = read.diagnostics.map(Self.short)
        #expect(read.tests == nil)
        #expect(said.contains { $0.hasPrefix(mistake.said) }, "\(said.joined(separator: "\n"))")
    }

    /// Sentences that are not understood, in one case's `reviews`, `waivers`, `statuses` or `unknown`.
    static let sentences: [(text: String, said: String)] = [
        ("reviews: [bob approve]", "`approve` is not expected here; did you mean `approves`? write"),
        ("reviews: [bob requests]", "`requests` is not expected here; write `bob approves`,"),
        ("reviews: [bob]", "something is missing here; write `bob approves`,"),
        ("reviews: [bob approves at 3]", "there is no head `3`; heads are counted by `pull.commits`, which has 1"),
        ("reviews: [bob approves, then dismissed]", "a comma in `[ … ]` ends a review; leave the comma out"),
        ("reviews: [bob approves gladly]", "`gladly` is not expected here; then `at 1` for an older head,"),
        ("reviews: [bob of qua approves]", "`people` has no team `qua`; did you mean `qa`?"),
        ("waivers: [bob waive x]", "`waive` is not expected here; did you mean `waives`? write"),
        ("waivers: [bob waives x since y]", "`since` is not expected here; write `carol waives"),
        ("unknown: [file]", "`file` is not expected here; did you mean `files`? it can be"),
        ("unknown: [team]", "something is missing here; it can be"),
        ("unknown: [files commits]", "`commits` is not expected here; name one fact in each entry"),
        ("statuses: { ci: sucess }", "`sucess` is not the state of a status; did you mean `success`?"),
        ("statuses: { ci: success of ci }", "`of` is not expected here; a status is its context and its state"),
        ("statuses: [ci]", "`statuses` is a mapping of names to what they stand for, not a list; a status is"),
    ]

    @Test(arguments: sentences)
    func aSentenceThatIsNotUnderstoodSaysHowToWriteIt(_ sentence: (text: String, said: String)) {
        let text = "people: { qa: [bob] }\ncases:\n- name: a\n  expect: approved\n  \(sentence.text)\n"
        let read = PolicyTestFile.read(text, file: "t.yml")
        let said = read.diagnostics.map { $0.message + ($0.hint.map { "; \($0)" } ?? "") }
        #expect(read.tests == nil)
        #expect(said.contains { $0.hasPrefix(sentence.said) }, "\(said.joined(separator: "\n"))")
        #expect(read.diagnostics.allSatisfy { $0.span.line == 5 && $0.sourceLine == "  \(sentence.text)" })
    }

    @Test func namesOfCasesAreUnique() {
        let read = PolicyTestFile.read(
            "cases:\n- { name: a, expect: approved }\n- { name: a, expect: approved }\n", file: "t.yml")
        #expect(
            read.diagnostics.map(Self.short) == [
                "3:11: the name `a` is taken on line 2; give each case a name of its own"
            ])
    }

    @Test func thePolicyIsTheOneBeside() {
        let text = "cases: [{ name: a, expect: approved }]\n"
        #expect(PolicyTestFile.read(text, file: "x/countersign.test.yml").tests?.policy == "countersign.yml")
        #expect(PolicyTestFile.read(text, file: "x/.countersign.test.yml").tests?.policy == ".countersign.yml")
        #expect(PolicyTestFile.read(text, file: "cases.yml").tests?.policy == "countersign.yml")
        #expect(PolicyTestFile.read("policy: ../p.yml\n" + text, file: "x").tests?.policy == "../p.yml")
    }

    @Test func bytesOfAnyKindAreRead() {
        #expect(PolicyTestFile.read([0xFF, 0xFE], file: "t").tests == nil)
        #expect(PolicyTestFile.read([UInt8](repeating: 32, count: PolicyLimits.bytes + 1), file: "t").tests == nil)
        let deep = String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
        #expect(PolicyTestFile.read("cases: \(deep)\n", file: "t").tests == nil)
    }

    /// Whatever an example loses or gets, it is read or refused, and what was read is run.
    @Test(arguments: Examples.names)
    func nothingTraps(_ name: String) throws {
        let policy = try Examples.bytes("Examples/\(name)/countersign.yml")
        let bytes = try Examples.bytes("Examples/\(name)/countersign.test.yml")
        var random = SeededGenerator(seed: 7)
        for _ in 0..<60 {
            var changed = bytes
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let index = Int.random(in: changed.indices, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: changed.remove(at: index)
                case 1: changed[index] = UInt8.random(in: 10...126, using: &random)
                default: changed.insert(bytes[Int.random(in: bytes.indices, using: &random)], at: index)
                }
            }
            let read = PolicyTestFile.read(changed, file: "t.yml")
            #expect(read.tests != nil || !read.diagnostics.isEmpty)
            if let tests = read.tests { _ = PolicyTestRunner.run(tests, policy: policy, policyFile: "p.yml").text }
        }
    }

    private static func short(_ diagnostic: Diagnostic) -> String {
        "\(diagnostic.span.line):\(diagnostic.span.column): \(diagnostic.message)"
            + (diagnostic.hint.map { "; \($0)" } ?? "")
    }
}
