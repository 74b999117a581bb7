import GateImport
import Testing

/// What rules are beside one another: defaults of the file, members of `or`, and what is told of many.
@Suite struct FileTests {
    /// Defaults of the file hold for gates that are added later: what only some rules say is not one.
    @Test func onlyWhatAllRulesSayIsTheFilesDefault() throws {
        let rules = """
            policy: { approval: [{ or: [force, review] }] }
            approval_rules:
              - name: force
                requires: { count: 1, teams: [acme/ops] }
                options: { allow_contributor: true, methods: { github_review: false, comments: [FORCE] } }
              - name: review
                requires: { count: 1, teams: [acme/dev] }
                options: { methods: { comments: [] } }
            """
        let policy = try #require(Import.policyBot(rules, file: "p").policy)
        #expect(policy.contains("\napprovals: { stale: keep }\n"), "\(policy)")
        #expect(policy.contains("approvals: { author: true, committers: true, reviews: false, comments: ['*FORCE*'] }"))
        KeyTests.expectAccepted(policy)
    }

    /// A rule that asks for nobody only approves: that it applies must not make the others be asked.
    @Test func aRuleThatAsksNobodyMakesNothingApply() throws {
        let rules = """
            policy: { approval: [base, { or: [code, helper] }] }
            approval_rules:
              - { name: base, requires: { count: 1, teams: [acme/core] } }
              - { name: code, if: { changed_files: { paths: ['^src/'] } }, requires: { count: 1, teams: [acme/dev] } }
              - { name: helper, if: { has_labels: [mine] } }
            """
        let policy = try #require(Import.policyBot(rules, file: "p").policy)
        #expect(KeyTests.value("when", in: policy) == #"changes("re:^src/")"#)
        KeyTests.expectAccepted(policy)
    }

    /// Nothing is told of a rule that is left out but why, and what to do.
    @Test func aRuleThatIsLeftOutHasOneWarning() throws {
        let rules = """
            policy: { approval: [{ or: [base, bots] }] }
            approval_rules:
              - { name: base, requires: { count: 1, teams: [acme/core] } }
              - name: bots
                if: { has_author_in: { users: ['a[bot]', 'b[bot]'] }, has_successful_status: [ci] }
            """
        let result = Import.policyBot(rules, file: "p")
        let told = result.warnings.filter { $0.rule == "bots" }
        #expect(told.map(\.key) == ["if"], "\(told)")
        #expect(told.first?.severity == .warning)
        #expect(told.first?.message.contains("`a[bot]` or `b[bot]`") == true)
        #expect(told.first?.hint?.contains("import again") == true)
        KeyTests.expectAccepted(try #require(result.policy))
        MessageTests.check(result.warnings)
    }

    /// Where a condition only asks for more, nothing is told that holds where it softens.
    @Test func whatAsksForMoreIsNotToldToSoften() throws {
        let rules = """
            policy: { approval: [base, more] }
            approval_rules:
              - { name: base, requires: { count: 1, teams: [acme/core] } }
              - name: more
                if: { title: { matches: [x] }, from_branch: { pattern: y }, has_labels: [z], has_successful_status: [ci] }
                requires: { count: 1, teams: [acme/ops] }
            """
        let result = Import.policyBot(rules, file: "p")
        #expect(try #require(result.policy).contains("when: head("))
        let told = result.warnings.filter { $0.rule == "more" && $0.severity == .warning }
        #expect(told.map(\.key) == ["has_successful_status"], "\(told)")
    }

    /// policy-bot parses a rule that it never evaluates: what has no form here is named, and what it refuses itself stays.
    @Test(arguments: [
        (
            "if: { has_workflow_result: { workflows: [a] }, file_not_deleted: { paths: [a] } }", "has_workflow_result",
            true
        ),
        ("requires: { count: 1, permissions: [triage] }", "permissions", true),
        ("requires: { count: 1, organizations: [other] }", "name", true),
        ("requires: { count: 1, users: ['a b'] }", "users", true),
        ("if: { has_labels: ['a*'] }", "has_labels", true),
        ("if: { title: { matches: [\"a\\nb\"] } }", "matches", true),
        ("option: {}", "approval_rules", false), ("requires: { count: many }", "count", false),
        ("requires: { count: 1, users: a }", "users", false),
        ("requires: { permissions: [push] }", "permissions", false),
    ]) func aRuleThatIsNotImportedRefusesNothing(_ body: String, _ key: String, _ isTaken: Bool) throws {
        let used = "{ name: a, requires: { count: 1, organizations: [acme] } }"
        for (name, rules) in [("old", "[{ name: old, \(body) }, \(used)]"), ("a", "[{ name: a, \(body) }, \(used)]")] {
            let result = Import.policyBot("policy: { approval: [a] }\napproval_rules: \(rules)\n", file: "p")
            let told = result.warnings.filter { $0.rule == name && $0.key == key }
            #expect(!told.isEmpty, "\(result.warnings)")
            if isTaken {
                let policy = try #require(result.policy, "\(result.warnings)")
                #expect(KeyTests.value("require", in: policy) == "org_members")
                KeyTests.expectAccepted(policy)
            } else {
                #expect(told.contains { $0.severity == .error })
                #expect(result.policy == nil)
            }
            MessageTests.check(result.warnings)
        }
    }

    /// `none` is `read`: whoever has no permission is nobody in policy-bot.
    @Test(arguments: ["read", "none"]) func everybodyIsReaders(_ level: String) throws {
        let rules = """
            policy: { approval: [a, { or: [a, b] }] }
            approval_rules:
              - { name: a, if: { only_has_contributors_in: { permissions: [\(level)] } }, requires: { count: 1, admins: true } }
              - { name: b, requires: { count: 1, teams: [acme/core] } }
            """
        let policy = try #require(Import.policyBot(rules, file: "p").policy)
        #expect(policy.contains("author(readers) and not any_committer(anyone - readers)"), "\(policy)")
        KeyTests.expectAccepted(policy)
    }

    /// What RE2 refuses is told once, where it stands.
    @Test(arguments: ["if: { title: { matches: ['a('] } }", "options: { methods: { comment_patterns: ['a(?!b)'] } }"])
    func aBadExpressionIsToldByItsRule(_ body: String) {
        let rules = "\napproval_rules: [{ name: a, \(body) }, { name: b, requires: { count: 1, admins: true } }]"
        let result = Import.policyBot("policy: { approval: [{ or: [a, b] }] }\(rules)", file: "p")
        let errors = result.warnings.filter { $0.severity == .error }
        #expect(errors.count == 1 && errors.first?.rule == "a" && errors.first?.line == 2, "\(errors)")
        #expect(errors.first?.message.contains("is no expression of RE2") == true)
        MessageTests.check(result.warnings)
    }

    /// `/lgtm` and words with marks of code or emphasis are heard.
    @Test(arguments: ["/lgtm", "/acknowledge", "[x] ok", "`ok`", "**ok**", ":+1:", "ok /ack"])
    func nothingIsToldOfWhatIsHeard(_ text: String) {
        let rule = "{ name: r, requires: { count: 1, admins: true }, options: { methods: { comments: ['\(text)'] } } }"
        let result = Import.policyBot("policy: { approval: [r] }\napproval_rules: [\(rule)]", file: "p")
        #expect(!result.warnings.contains { $0.key == "comments" }, "\(result.warnings)")
    }

    /// What takes a disapproval back must be heard, too.
    @Test func aRevokeThatIsNotHeardIsTold() {
        let methods = "{ disapprove: { comments: [no] }, revoke: { comments: ['/revoke'] } }"
        let text =
            "policy: { approval: [r], disapproval: { requires: { users: [a] }, options: { methods: \(methods) } } }"
            + "\napproval_rules: [{ name: r, requires: { count: 1, admins: true } }]"
        let result = Import.policyBot(text, file: "p")
        #expect(result.warnings.contains { $0.key == "comments" && $0.severity == .warning })
        MessageTests.check(result.warnings)
    }

    /// A part keeps its ending however long the rule's name is.
    @Test func aLongNameKeepsItsEnding() throws {
        let name = String(repeating: "very long ", count: 8)
        let rules = """
            policy: { approval: [a, '\(name)', { or: [a, '\(name)'] }] }
            approval_rules:
              - { name: a, requires: { count: 2, admins: true } }
              - { name: '\(name)', if: { has_labels: [x] }, requires: { count: 1, admins: true } }
            """
        let policy = try #require(Import.policyBot(rules, file: "p").policy)
        #expect(policy.contains(/\n  very-long-[a-z-]+-approved:\n/), "\(policy)")
        KeyTests.expectAccepted(policy)
    }

    /// What can be skipped in `policy.disapproval` is a disapproval.
    @Test func aStatusThatDisapprovesIsSpokenOfAsSuch() {
        let text =
            "policy: { approval: [r], disapproval: { if: { has_successful_status: [a] } } }"
            + "\napproval_rules: [{ name: r, requires: { count: 1, admins: true } }]"
        let told = Import.policyBot(text, file: "p").warnings.filter { $0.key == "has_successful_status" }
        #expect(told.map(\.message) == ["where no status has this name nothing disapproves"])
    }

    /// A typo is told with its rule.
    @Test func anUnknownKeyIsToldWithItsRule() {
        let notices = Import.policyBot(
            "policy: { approval: [r] }\napproval_rules: [{ option: {}, name: r }]", file: "p"
        )
        .warnings
        #expect(notices.contains { $0.severity == .error && $0.rule == "r" && $0.key == "approval_rules" })
    }

    /// What is the same for many rules is told once.
    @Test func theSameIsToldOnce() {
        let rules = (0..<5).map { index in
            "  - { name: r\(index), if: { has_workflow_result: { workflows: [a] }, file_not_deleted: { paths: [a] } }, "
                + "requires: { count: 1, admins: true }, options: { request_review: { enabled: true } } }\n"
        }
        let text = "policy: { approval: [r0, r1, r2, r3, r4] }\napproval_rules:\n\(rules.joined())"
        let notices = Import.policyBot(text, file: "p").warnings
        for key in ["has_workflow_result", "file_not_deleted", "request_review"] {
            let told = notices.filter { $0.key == key }
            #expect(told.count == 1 && told.allSatisfy { $0.message.hasSuffix("(in 5 places, first here)") }, "\(told)")
        }
        #expect(notices.first { $0.key == "request_review" }?.severity == .note)
        MessageTests.check(notices)
    }

    /// One member of `or` or `and` is as good as itself.
    @Test(arguments: ["{ or: [r] }", "{ and: [r] }", "{ or: [{ and: [r] }] }"])
    func oneMemberIsNotWrapped(_ node: String) {
        let rule = "\napproval_rules: [{ name: r, requires: { count: 1, admins: true } }]"
        #expect(
            Import.policyBot("policy: { approval: [\(node)] }\(rule)", file: "p").policy
                == Import.policyBot("policy: { approval: [r] }\(rule)", file: "p").policy)
    }

    /// Each option of a rule takes the place of the file's, and of `methods` each key.
    @Test func optionsOfTheFileHoldWhereARuleDoesNotSay() throws {
        let filled = """
            approval_defaults:
              options: { invalidate_on_push: true, allow_author: true, methods: { comments: [], github_review: false, comment_patterns: [ok] } }
            policy: { approval: [a, b, c] }
            approval_rules:
              - { name: a, requires: { count: 1, admins: true } }
              - { name: b, requires: { count: 1, admins: true }, options: { allow_author: false, methods: { comments: [x] } } }
              - { name: c, requires: { count: 1, admins: true }, options: { allow_author: , methods: { github_review: true } } }
            """
        let written = """
            policy: { approval: [a, b, c] }
            approval_rules:
              - name: a
                requires: { count: 1, admins: true }
                options: { invalidate_on_push: true, allow_author: true, methods: { comments: [], github_review: false, comment_patterns: [ok] } }
              - name: b
                requires: { count: 1, admins: true }
                options: { invalidate_on_push: true, methods: { comments: [x], github_review: false, comment_patterns: [ok] } }
              - name: c
                requires: { count: 1, admins: true }
                options: { invalidate_on_push: true, allow_author: true, methods: { comments: [], comment_patterns: [ok] } }
            """
        func law(_ text: String) throws -> [Substring] {
            try #require(Import.policyBot(text, file: "p").policy).split(separator: "\n").filter { !$0.contains("#") }
        }
        #expect(try law(filled) == law(written))
    }
}
