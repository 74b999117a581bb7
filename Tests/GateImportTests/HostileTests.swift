import GateImport
import Testing

/// Text of any kind: no trap, no hang, and a policy only where there is no error.
@Suite struct HostileTests {
    /// A small generator with a seed that can be printed.
    struct Random: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    private static func check(_ result: ImportResult) {
        #expect((result.policy == nil) == result.warnings.contains { $0.severity == .error })
        #expect(result.warnings.count <= 202)
    }

    @Test(arguments: GoldenTests.files) func mutatedFixtures(_ folder: String, _ name: String) throws {
        let text = Array(try ImportFixtures.text(name, in: folder).unicodeScalars)
        var random = Random(state: 7)
        let scraps = [
            "&a ", "*a", "'", "\"", "{", "]", ": ", "\n", "\t", "\u{0}", "\u{2028}", "#", "- ", "💥", "???", ",",
        ]
        for _ in 0..<60 {
            var mutated = text
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<mutated.count, using: &random)
                if Bool.random(using: &random), let scrap = scraps.randomElement(using: &random) {
                    mutated.insert(contentsOf: Array(scrap.unicodeScalars), at: place)
                } else {
                    mutated.remove(at: place)
                }
            }
            var view = String.UnicodeScalarView()
            view.append(contentsOf: mutated)
            let body = String(view)
            let result =
                switch folder {
                case "policy-bot": Import.policyBot(body, file: "x\ny")
                case "checklist": Import.checklist(body, file: "x")
                default: Import.tiers(body, file: "x")
                }
            Self.check(result)
            if folder == "policy-bot", let policy = result.policy, !body.contains("re:") {
                #expect(policy.hasPrefix("# Imported from x y by"))
            }
        }
    }

    /// Also where YAML compares it with other keys.
    @Test(arguments: [
        "", "k: { ?*a29 }", "k: { *a29:b, *a28:c }", "? *a29\n: b", "*a29 : x", "[*a29]: x", "k: [*a29 : x]",
        "?\n - *a29",
        "- ? *a29", "k: { ? *a29, ? *a28 }", "k: {?[*a29], c: d}", "&b {k: *a29}: x",
    ]) func aliasBombIsRefused(_ end: String) {
        var text = "a: &a0 [x, x]\n"
        for level in 1..<30 { text += "b\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
        Self.check(Import.policyBot(text + end, file: "x"))
        #expect(Import.policyBot(text + end, file: "x").policy == nil)
    }

    @Test(arguments: [
        String(repeating: "[", count: 5_000), String(repeating: "a: {", count: 500),
        String(repeating: "x", count: 300_000),
        String(repeating: "- a\n", count: 30_000), "policy: !!binary x", "\u{FEFF}policy: {}", "a: \u{7}",
        "%YAML 9.9\n---\na",
    ]) func absurdFiles(_ text: String) {
        Self.check(Import.policyBot(text, file: "x"))
        Self.check(Import.checklist(text, file: "x"))
        Self.check(Import.tiers(text, file: "x"))
    }

    /// The smallest number has no contrary.
    @Test(arguments: ["\(Int.min)", "\(Int.max)", "-1000000000"]) func absurdNumbers(_ number: String) {
        let rule =
            "policy: { approval: [r] }\napproval_rules: [{ name: r, requires: { count: \(number), users: [a] } }]"
        let item = "items: [{ slug: a, numeric_alias: \(number), required_teams: [q] }]"
        for result in [Import.policyBot(rule, file: "x"), Import.checklist(item, file: "x")] {
            Self.check(result)
            #expect(result.warnings.contains { $0.severity == .error && $0.message.contains("a whole number") })
        }
    }

    private static func rule(_ body: String) -> String {
        "policy: { approval: [r] }\napproval_rules: [{ name: r, requires: { count: 1, admins: true }, \(body) }]"
    }

    private static func paths(_ paths: String) -> String { rule("if: { changed_files: { paths: [\(paths)] } }") }

    private static func comments(_ patterns: String) -> String {
        rule("options: { methods: { comment_patterns: [\(patterns)] } }")
    }

    private static func rules(_ approval: (String) -> String) -> String {
        let names = (0..<2_500).map { "'\($0)'" }
        let lines = names.map {
            "- { name: \($0), if: { title: { matches: [a] } }, requires: { count: 1, admins: true } }"
        }
        return "policy: { approval: [\(approval(names.joined(separator: ", ")))] }\napproval_rules:\n"
            + lines.joined(separator: "\n")
    }

    private static func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

    /// What would take time in the square of its size, most of it nearly as long as a file may be.
    static let longFiles = [
        ("policy-bot", paths("'\(repeated("[", 200_000))'")),
        ("policy-bot", paths(repeated("'\(repeated("[", 980))', ", 200))),
        ("policy-bot", comments("'\(repeated("(?", 100_000))'")),
        ("policy-bot", comments(repeated("'\(repeated("(?", 490))', ", 200))),
        ("policy-bot", rules { $0 }),
        ("policy-bot", rules { "{ or: [{ and: [\($0)] }, { and: [\($0)] }] }" }),
        ("policy-bot", rules { _ in "'1'" }),
        (
            "policy-bot",
            "policy: { approval: [a] }\napproval_rules:\n"
                + repeated("- { name: a, if: { has_author_in: { users: ['x[bot]'] } } }\n", 4_000)
        ),
        ("tiers", (0..<15_000).map { "l\($0): a\n" }.joined()),
        ("tiers", "x: a" + (0..<20_000).map { " AND t\($0)" }.joined()),
        (
            "checklist",
            "items:\n"
                + (0..<5_000).map { "- { slug: 'a\(repeated("!", 1 + $0 % 7))', required_teams: [q] }\n" }.joined()
        ),
    ]

    @Test(.timeLimit(.minutes(2)), arguments: longFiles.indices) func longFilesAreReadInTime(_ index: Int) {
        let (kind, text) = Self.longFiles[index]
        #expect(text.utf8.count <= Import.bytesLimit)
        let start = ContinuousClock.now
        switch kind {
        case "policy-bot": Self.check(Import.policyBot(text, file: "x"))
        case "checklist": Self.check(Import.checklist(text, file: "x"))
        default: Self.check(Import.tiers(text, file: "x"))
        }
        #expect(ContinuousClock.now - start < .seconds(30), "file \(index)")
    }

    @Test func deepNestingOfRules() {
        let opening = String(repeating: "{ or: [r, { and: [s, ", count: 5)
        let text =
            "policy: { approval: [\(opening)r\(String(repeating: "] }] }", count: 5))] }\n"
            + "approval_rules:\n  - { name: r, if: { has_labels: [a] }, requires: { count: 1, admins: true } }\n"
            + "  - { name: s, if: { has_labels: [b] }, requires: { count: 1, admins: true } }\n"
        let result = Import.policyBot(text, file: "x")
        Self.check(result)
        #expect((result.policy?.utf8.count ?? 0) < 20_000)
    }

    @Test func manyRulesAreRefusedByNumber() {
        let names = (0..<250).map { "r\($0)" }
        let rules = names.map { "  - { name: \($0), requires: { count: 1, admins: true } }\n" }.joined()
        let text = "policy: { approval: [\(names.joined(separator: ", "))] }\napproval_rules:\n\(rules)"
        let result = Import.policyBot(text, file: "x")
        Self.check(result)
        #expect(result.policy == nil)
    }
}
