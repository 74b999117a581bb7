import GateImport
import GatePolicy
import Testing

/// Checklists and tiers, key by key.
@Suite struct HomeMadeTests {
    static let tiers: [(String, String)] = [
        ("a: x", "require: x"), ("a: x,y", "require: 1 of (x | y)"), ("a: x AND y", "require: x and y"),
        ("a: (x, y) AND (z)", "require: 1 of (x | y) and z"), ("tier:low: x", #"when: label("tier:low")"#),
        ("a: o/x", "require: '@o/x'"), ("a: @o/x", "require: '@o/x'"), ("a: x???", "require: x"),
        ("a: x", #"label("a" by labellers) or never("no tier label by one of labellers")"#),
        ("a: x", "block: none"), ("\"a\": 'x'   # comment", "require: x"),
    ]

    @Test(arguments: tiers) func tier(_ line: String, _ wanted: String) throws {
        let policy = try #require(Import.tiers("\(line)\r\n\r\n# end\r\n", file: "t").policy)
        #expect(policy.contains(wanted), "\(policy)")
        KeyTests.expectAccepted(policy)
    }

    /// With a blank after the colon, or without labels that begin alike, a short label is one.
    @Test(arguments: ["tier: high\ntier:low: a", "tier:high\nother: a"]) func shortLabelsAreRead(_ text: String) throws
    {
        KeyTests.expectAccepted(try #require(Import.tiers(text, file: "t").policy))
    }

    /// Gates and items share one name space: whoever waives the gate has to learn its other name.
    @Test func aGateThatIsCalledAsAnItem() throws {
        let text = """
            items: [{ slug: testing, required_teams: [qa] }]
            n/a_gates: { testing: { required_teams: [qa] } }
            """
        let result = Import.checklist(text, file: "c")
        let note = try #require(result.warnings.first { $0.message == "this gate is called `testing-2` here" })
        #expect(note.rule == "testing" && note.line == 2)
        #expect(note.hint?.contains("`/waive testing-2`") == true)
        KeyTests.expectAccepted(try #require(result.policy))
    }

    /// Emphasis that ends inside the words is found in descriptions as it is written there.
    @Test(arguments: [
        ("'## **Root-cause** not symptom:'", "ask: '**Root-cause** not symptom'"), ("'**Testing**'", "ask: Testing"),
    ]) func marksOfAMarker(_ marker: String, _ ask: String) throws {
        let text = "items: [{ slug: a, pr_section_marker: \(marker), required_teams: [qa] }]"
        let policy = try #require(Import.checklist(text, file: "c").policy)
        #expect(policy.contains(ask), "\(policy)")
        KeyTests.expectAccepted(policy)
    }

    /// Loaders of home-made gates take a number in quotation marks; policy-bot does not.
    @Test func quotedNumbers() throws {
        let text = "items: [{ slug: a, numeric_alias: \"3\", required_teams: [qa] }]"
        #expect(try #require(Import.checklist(text, file: "c").policy).contains("number: 3"))
        let rules = """
            policy: { approval: [r] }
            approval_rules: [{ name: r, requires: { count: "1", teams: [acme/core] } }]
            """
        let told = try #require(Import.policyBot(rules, file: "p").warnings.first { $0.key == "count" })
        #expect(told.message == "a whole number expected, and in quotation marks it is a text")
        #expect(told.hint == "write `1` without quotation marks")
    }

    /// What holds whatever happens asks for nothing, and the other rules are imported.
    @Test func aConditionThatAlwaysHolds() throws {
        let rules = """
            policy: { approval: [always, r, ''] }
            approval_rules:
              - { name: always, requires: { count: 0, conditions: { title: { matches: [feat], not_matches: [feat] } } } }
              - { name: r, requires: { count: 1, teams: [acme/core] } }
              - { name: '', requires: { count: 1, teams: [acme/core] } }
            """
        let result = Import.policyBot(rules, file: "p")
        let policy = try #require(result.policy, "\(result.warnings)")
        #expect(policy.contains("acme/core") && !policy.contains("title"), "\(policy)")
        #expect(!policy.contains(/# line [0-9]+: *\n/), "\(policy)")
        KeyTests.expectAccepted(policy)
    }

    @Test func officialAsksForWriters() throws {
        let policy = try #require(Import.tiers("a: x\nb: x,y", file: "t", official: true).policy)
        #expect(policy.contains("require: 1 of (x & writers)"))
        #expect(policy.contains("require: 1 of ((x | y) & writers)"))
        KeyTests.expectAccepted(policy)
    }

    @Test func aTeamThatDoesNotExistIsRequiredWithAWarning() throws {
        let result = Import.tiers("low: a\nhigh: a AND b???", file: "t")
        let warning = try #require(result.warnings.first { $0.rule == "high" })
        #expect(warning.severity == .warning && warning.line == 2 && warning.message.contains("`b`"))
        #expect(try #require(result.policy).contains("require: a and b\n"))
    }

    /// Where others of the list suffice, the team that is missing is not required.
    @Test(arguments: [
        ("b???", "is required here"), ("b ???, c", "is asked for here beside others"),
        ("c, b???", "is asked for here beside others"), ("c AND b???", "is required here"),
        ("(c, d) AND b???", "is required here"), ("b???, c???", "so are all others of its list"),
    ]) func aTeamThatDoesNotExist(_ teams: String, _ told: String) throws {
        let result = Import.tiers("a: \(teams)", file: "t")
        let warnings = result.warnings.filter { $0.key == "expression" }
        #expect(warnings.count == teams.matches(of: #/\?{3}/#).count)
        #expect(warnings.first?.message.contains("`b`") == true, "\(warnings)")
        #expect(warnings.allSatisfy { $0.message.contains(told) }, "\(warnings)")
    }

    /// A team that stands or is marked twice in a list is told once, and is no other of that list.
    @Test(arguments: [
        ("b??? ???, c", "is asked for here beside others"), ("b???, c, b???", "is asked for here beside others"),
        ("b???, b", "is required here"),
    ]) func aTeamThatIsMarkedTwice(_ teams: String, _ told: String) {
        let warnings = Import.tiers("a: \(teams)", file: "t").warnings.filter { $0.key == "expression" }
        #expect(warnings.count == 1)
        #expect(warnings.first?.message.contains(told) == true, "\(warnings)")
    }

    /// `@bob` is an account elsewhere, and a team here.
    @Test func whatReadsLikeAnAccount() throws {
        for result in [
            Import.tiers("a: @bob, @o/x", file: "t"),
            Import.checklist("items: [{ slug: a, required_teams: ['@bob', '@o/x'] }]", file: "c"),
        ] {
            let warnings = result.warnings.filter { $0.message == "`@bob` is the team `bob` here, and no account" }
            #expect(warnings.count == 1, "\(result.warnings)")
            #expect(try #require(result.policy).contains("bob"))
        }
    }

    private static let item = "items: [{ slug: a, required_teams: [q], required_teams_high_risk: [q, r] }]\n"

    static let checklists: [(String, String)] = [
        (item, "by: q }"),
        (item + "high_risk_labels: [x]", #"by: 'q or r or (not label("x") and q)'"#),
        (
            item + "tier_failure_mode: { low: soft, high: hard }",
            #"advisory: label("low" by labellers) and not label("high")"#
        ),
        (item + "tier_failure_mode: { high: hard }", "gates:\n  checklist:\n"),
        (item + "default_mode: soft", "advisory: 'true'"),
        (item + "default_mode: soft\ntier_failure_mode: { high: hard }", #"advisory: not label("high")"#),
        (item + "n/a_gates: { g: { required_teams: [q, r] } }", "waive: { by: q or r, reason: required }"),
        (item, "block: none"), (item, "commands: { aliases: { sop-ack: ack"),
    ]

    @Test(arguments: checklists) func checklist(_ text: String, _ wanted: String) throws {
        let result = Import.checklist(text, file: "c")
        let policy = try #require(result.policy)
        #expect(policy.contains(wanted), "\(policy)")
        if !text.contains("soft") { #expect(!policy.contains("advisory")) }
        MessageTests.check(result.warnings)
    }

    @Test func whatIsNotKnownIsNamed() {
        let result = Import.checklist("items: [{ slug: a, required_teams: [q], count: 2 }]\nother: 1", file: "c")
        #expect(result.warnings.contains { $0.key == "count" && $0.rule == "a" && $0.severity == .warning })
        #expect(result.warnings.contains { $0.key == "other" && $0.severity == .warning })
    }

    /// A mistake is told by its item or tier, and not by what was written.
    @Test(arguments: [
        ("items: [{ slug: a_b, required_teams: [q] }, { slug: A-b, required_teams: [q] }]", "A-b", "slug"),
        ("items: [{ slug: a, required_teams: [q], numeric_alias: -1 }]", "a", "numeric_alias"),
        (
            "items: [{ slug: a, required_teams: [q], pr_section_marker: Tests }, "
                + "{ slug: b, required_teams: [q], pr_section_marker: '# tests' }]", "b", "pr_section_marker"
        ),
    ]) func aMistakeIsToldByItsItem(_ text: String, _ item: String, _ key: String) {
        let result = Import.checklist(text, file: "c")
        #expect(result.policy == nil)
        let errors = result.warnings.filter { $0.severity == .error }
        #expect(errors.contains { $0.rule == item && $0.key == key && $0.line != nil }, "\(result.warnings)")
        MessageTests.check(result.warnings)
    }

    /// What nobody sees in a description asks for nothing, and that is told.
    @Test(arguments: ["<!-- sop:e -->", "- **"]) func anAskThatCannotBeSeenIsTold(_ marker: String) throws {
        let text = "items: [{ slug: a, required_teams: [q], pr_section_marker: '\(marker)' }]"
        let result = Import.checklist(text, file: "c")
        #expect(try #require(result.policy).contains("ask:") == false)
        #expect(result.warnings.contains { $0.key == "pr_section_marker" && $0.severity == .warning })
    }

    @Test(arguments: ["x: a ???", "x: (a)???", "x: b, a ???"]) func aMarkByItselfIsOfTheTeamBefore(_ line: String)
        throws
    {
        let result = Import.tiers(line, file: "t")
        #expect(result.policy != nil, "\(result.warnings)")
        #expect(result.warnings.contains { $0.severity == .warning && $0.message.hasPrefix("`a` is marked") })
    }

    /// Such a table often stands in the script that reads it: its lines are none of tiers, and what to write is told.
    @Test(arguments: [
        ("[\"tier:low\"]=\"engineers,managers,ceo\"\n", "tier:low: engineers,managers,ceo"),
        ("declare -A TIERS=(\n  [\"tier:high\"]=\"managers AND ceo\"\n  [low]=qa\n)\n", "tier:high: managers AND ceo"),
        ("TIERS=(\n  ['tier:high']='ceo' # all\n)\n", "tier:high: ceo"),
        ("TIERS[tier:high]=ceo\n", "tier:high: ceo"), ("TIERS+=([a]=\"b c d\")\n", "tier:low: engineers,managers"),
        ("declare -A TIERS\n", "tier:low: engineers,managers"),
    ]) func aTableOfTheShell(_ text: String, _ line: String) throws {
        let result = Import.tiers(text, file: "t")
        #expect(result.policy == nil)
        let mistake = try #require(result.warnings.first)
        #expect(result.warnings.count == 1 && mistake.message.hasSuffix("is a line of a shell script, and no tier"))
        #expect(mistake.hint == "write lines such as `\(line)`")
        #expect(Import.tiers(line, file: "t").policy != nil)
        MessageTests.check(result.warnings)
    }

    /// In a checklist's YAML what stands there stays, wherever `<<` is.
    @Test func whatIsMergedGivesWay() throws {
        let text = "items:\n- &a { slug: a, required_teams: [q] }\n- { slug: b, <<: *a }\n"
        let policy = try #require(Import.checklist(text, file: "c").policy)
        #expect(policy.contains("item: b, by: q"))
    }
}
