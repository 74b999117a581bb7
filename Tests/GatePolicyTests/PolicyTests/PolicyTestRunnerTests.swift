import Testing

@testable import GatePolicy

@Suite struct PolicyTestRunnerTests {
    static let policy = """
        version: 1
        groups: { humans: engineers - bots }
        parts: { two: { require: 2 of humans } }
        gates:
          qa-review: { require: qa, when: not changes_only("docs/**"), waive: { by: qa, reason: required } }
          security-review: { require: security }
          big: { require: gate("two") and lines < 100 }
        """

    static let common = """
        people: { qa: [bob, olga], security: [carol], engineers: [erin, bob, roy], bots: [roy] }
        repository: { name: acme/widget, writers: [dave] }
        pull: { author: alice, files: [src/a.swift] }
        cases:

        """

    /// The report of one case, written after the common beginning; it begins on line 5.
    static func report(_ lines: String, policy: String = policy) throws -> PolicyTestReport {
        let read = PolicyTestFile.read(common + lines + "\n", file: "t.test.yml")
        try #require(read.diagnostics.isEmpty, "\(read.diagnostics.rendered)")
        return PolicyTestRunner.run(
            try #require(read.tests), policy: Array(policy.utf8), policyFile: "countersign.yml")
    }

    @Test func aCaseThatPassesIsOneLine() throws {
        let report = try Self.report("- { name: bob looked, reviews: [bob approves], expect: { qa-review: approved } }")
        #expect(report.text == "ok      bob looked\n")
        #expect(report.isValid && report.failures == 0)
    }

    /// Whoever is nearly called as somebody else is a slip of the pen; whoever is called otherwise is a stranger.
    @Test(arguments: [
        ("reviews: [bbo approves], expect: { qa-review: waiting }", "bbo", "bob"),
        ("reviews: [carl requests changes], expect: { qa-review: waiting }", "carl", "carol"),
        ("waivers: [olgaa waives qa-review because of it], expect: { qa-review: waiting }", "olgaa", "olga"),
        ("comments: [alic says hello], expect: { qa-review: waiting }", "alic", "alice"),
        ("pull: { author: dana }, reviews: [adve approves], expect: { qa-review: waiting }", "adve", "dave"),
        ("reviews: [mallory approves], expect: { qa-review: waiting }", nil, ""),
        ("reviews: [Bob approves], expect: { qa-review: approved }", nil, ""),
        ("reviews: [ghost approves, bo of qa approves], expect: { qa-review: approved }", nil, ""),
        ("people: { qa: [dev1, dev2] }, reviews: [dev3 approves], expect: { qa-review: waiting }", nil, ""),
        ("pull: { commits: [bbo] }, reviews: [bbo approves], expect: { qa-review: waiting }", nil, ""),
    ])
    func aNameThatIsNearlyAnother(_ keys: String, _ name: String?, _ meant: String) throws {
        let report = try Self.report("- { name: one, \(keys) }")
        guard let name else {
            #expect(report.diagnostics.isEmpty && report.failures == 0, "\(report.diagnostics.rendered)\(report.text)")
            return
        }
        #expect(!report.isValid && report.results.isEmpty)
        let told = try #require(report.diagnostics.first)
        #expect(told.message == "`\(name)` is nobody whom the policy or the tests put anywhere", "\(told)")
        #expect(told.hint == "did you mean `\(meant)`? give a stranger a name that is less like it")
    }

    @Test func itemsAreAcknowledgedByNumber() throws {
        let policy = """
            version: 1
            gates:
              sop:
                checklist:
                  - { item: tests, number: 1, by: qa }

            """
        let report = try Self.report(
            "- { name: one, acks: [bob acks 1], expect: { sop: approved } }", policy: policy)
        #expect(report.diagnostics.isEmpty, "\(report.diagnostics.rendered)")
        #expect(report.text == "ok      one\n")
    }

    /// A label that holds a gate back holds whoever else takes it off.
    @Test(arguments: [
        ("risk by bob", "waiting"), ("risk by bob then removed", "not-needed"),
        ("risk by bob then removed by dave", "waiting"), ("{ name: risk, by: bob, removed: dave }", "waiting"),
        ("{ name: risk, by: bob, removed: true }", "not-needed"),
    ])
    func aLabelThatSomebodyElseTakesOff(_ label: String, _ outcome: String) throws {
        let policy = "version: 1\ngates: { g: { when: label(\"risk\" by qa), require: security } }\n"
        let report = try Self.report(
            "- { name: one, pull: { labels: [\(label)] }, expect: { g: \(outcome) } }", policy: policy)
        #expect(report.text == "ok      one\n")
    }

    @Test func aGateThatComesToSomethingElseIsExplained() throws {
        let report = try Self.report(
            "- { name: one, pull: { commits: [alice, bob] }, reviews: [bob approves], "
                + "expect: { qa-review: approved } }")
        #expect(
            report.text == """
                FAILED  one (t.test.yml:5)
                        qa-review: expected `approved`, found `waiting`
                            … qa-review: needs 1 more of qa (olga)
                                when ✓ not changes_only("docs/**")
                                    ✗ changes_only("docs/**")
                                require ✗ qa (0 of 1)
                                review #1: bob approved, but pushed or wrote a commit of the pull request
                                next: 1 more of qa (olga)
                                or: `/waive qa-review REASON` in a comment, by qa

                """)
        #expect(report.failures == 1)
    }

    @Test func headsAreCalledByTheirNumber() throws {
        let report = try Self.report(
            "- { name: one, pull: { commits: [alice, alice] }, reviews: [bob approves at 1], expect: approved, "
                + "can_sign: { qa-review: [] } }")
        #expect(report.text.contains("review #1: bob approved head 1"), "\(report.text)")
    }

    @Test func aSummaryThatComesToSomethingElseIsExplained() throws {
        let report = try Self.report("- { name: one, reviews: [dave requests changes], expect: approved }")
        #expect(
            report.text == """
                FAILED  one (t.test.yml:5)
                        summary: expected `approved`, found `rejected`
                            ✗ countersign: main: changes requested by dave

                """)
    }

    /// What holds the summary back is told whole, and of a summary that passes each gate in a line.
    @Test func aSummaryIsExplainedByItsGates() throws {
        let report = try Self.report(
            "- { name: one, reviews: [bob approves, erin approves], expect: approved }\n"
                + "- { name: two, reviews: [bob approves, carol approves, erin approves], expect: waiting }")
        #expect(
            report.text == """
                FAILED  one (t.test.yml:5)
                        summary: expected `approved`, found `waiting`
                            … countersign: main: waiting: security-review needs 1 more of security (carol)
                            … security-review: needs 1 more of security (carol)
                                require ✗ security (0 of 1)
                                review #1: bob approved, but is not among those whose approval is asked for
                                review #2: erin approved, but is not among those whose approval is asked for
                                next: 1 more of security (carol)
                FAILED  two (t.test.yml:6)
                        summary: expected `waiting`, found `approved`
                            ✓ countersign: main: passed: qa-review, security-review, big
                            ✓ qa-review: approved by bob
                            ✓ security-review: approved by carol
                            ✓ big: approved by bob and erin

                """)
    }

    @Test func whoCanSignIsCompared() throws {
        let report = try Self.report("- { name: one, can_sign: { security-review: [carol, dave], qa-review: bob } }")
        #expect(
            report.text == """
                FAILED  one (t.test.yml:5)
                        security-review, can_sign: expected `carol, dave`, found `carol`
                            cannot sign: dave
                            … security-review: needs 1 more of security (carol)
                                require ✗ security (0 of 1)
                                next: 1 more of security (carol)
                        qa-review, can_sign: expected `bob`, found `bob, olga`
                            can sign as well: olga
                            … qa-review: needs 1 more of qa (bob or olga)
                                when ✓ not changes_only("docs/**")
                                    ✗ changes_only("docs/**")
                                require ✗ qa (0 of 1)
                                next: 1 more of qa (bob or olga)
                                or: `/waive qa-review REASON` in a comment, by qa

                """)
    }

    @Test func anUnknownSaysWhatCouldNotBeHad() throws {
        let report = try Self.report(
            "- { name: one, unknown: [reviews], expect: { security-review: approved }, "
                + "can_sign: { security-review: [] } }")
        #expect(
            report.text == """
                FAILED  one (t.test.yml:5)
                        security-review: expected `approved`, found `undecided`
                            ? security-review: cannot know which reviews there are: the test says that it cannot be had
                                require ? security
                                next: 1 more of security
                                not known: which reviews there are: the test says that it cannot be had
                                cure: take it out of the case's `unknown`
                        security-review, can_sign: expected `nobody`, found `unknown`

                """)
    }

    /// Who could sign depends on a team that nobody sees: that is said, though the verdict does not depend on it.
    @Test func whoCanSignIsNotKnown() throws {
        let report = try Self.report("- { name: one, unknown: [team security], can_sign: { security-review: carol } }")
        #expect(
            report.text == """
                FAILED  one (t.test.yml:5)
                        security-review, can_sign: expected `carol`, found `unknown`
                            … security-review: needs 1 more of security
                                require ✗ security (0 of 1)
                                next: 1 more of security
                            not known: who is in team `security` of `acme`: the test says that it cannot be had

                """)
    }

    /// Of a team that no policy names a case shows nothing: it may be a slip.
    @Test(arguments: [
        ("people: { seccurity: [bob] }, expect: waiting", "seccurity", "did you mean `security`?"),
        ("people: { qa: [bob], ops: [] }, expect: waiting", "ops", "write one that the policy names, or leave it out"),
        ("reviews: [bob of qq approves], expect: waiting", "qq", "write one that the policy names"),
        ("waivers: [bob of zork waives qa-review because x], expect: waiting", "zork", "leave it out"),
        ("comments: [bob of @other/qa says hello], expect: waiting", "qa", "leave it out"),
    ])
    func teamsThatNothingNames(_ keys: String, _ team: String, _ hint: String) throws {
        let report = try Self.report("- { name: one, \(keys) }")
        #expect(report.diagnostics.count == 1 && !report.isValid, "\(report.diagnostics.rendered)\(report.text)")
        #expect(report.diagnostics.first?.message == "the policy names no team `\(team)`, so nothing depends on it")
        #expect(report.diagnostics.first?.hint?.contains(hint) == true, "\(report.diagnostics.rendered)")
    }

    /// Teams that every case begins with may be more than the policy names, and members of the organisation are in any.
    @Test(arguments: [
        ("qa", "reviews: [bob of qa approves]", "approved"), ("qa", "people: { qa: [zoe] }", "waiting"),
        ("org_members", "reviews: [zoe of ops approves]", "approved"),
        ("codeowners", "reviews: [zoe of ops approves]", "approved"),
        ("'@other/qa'", "reviews: [zoe of other/qa approves]", "approved"),
    ])
    func teamsThatSomethingNames(_ require: String, _ keys: String, _ outcome: String) throws {
        let read = PolicyTestFile.read(
            """
            people: { qa: [bob], security: [carol] }
            \(require == "codeowners" ? "repository: { codeowners: \".* @acme/ops\" }" : "")
            pull: { files: [a] }
            cases: [{ name: one, \(keys), expect: \(outcome) }]
            """, file: "t.test.yml")
        let report = PolicyTestRunner.run(
            try #require(read.tests), policy: Array("version: 1\ngates: { g: { require: \(require) } }\n".utf8),
            policyFile: "countersign.yml")
        #expect(report.diagnostics.isEmpty, "\(report.diagnostics.rendered)")
        #expect(report.failures == 0, "\(report.text)")
    }

    /// What nothing asks for shows nothing, under whatever name.
    @Test(arguments: [
        ("protection of mian", "neither the case nor the policy names a branch `mian`", "did you mean `main`?"),
        ("protection of x", "neither the case nor the policy names a branch `x`", "as `protection of main`"),
        ("teams of acm", "neither the tests nor the policy name a team of `acm`", "did you mean `acme`?"),
        ("teams of zork", "neither the tests nor the policy name a team of `zork`", "or take the entry away"),
    ])
    func namesOfUnknownsThatNothingHas(_ unknown: String, _ told: String, _ hint: String) throws {
        let report = try Self.report("- { name: one, unknown: [\(unknown)], expect: waiting }")
        #expect(report.diagnostics.count == 1 && !report.isValid)
        #expect(report.diagnostics[0].message.hasPrefix(told), "\(report.diagnostics.rendered)")
        #expect(report.diagnostics[0].hint?.contains(hint) == true, "\(report.diagnostics.rendered)")
    }

    @Test(arguments: [
        "protection of main", "protection of next", "protection of old", "protection of release", "teams",
        "teams of Acme", "teams of other", "teams of third",
    ])
    func namesOfUnknownsThatSomethingHas(_ unknown: String) throws {
        let read = PolicyTestFile.read(
            """
            people: { qa: [bob], other/qa: [olga], third/ops: [] }
            repository: { protected: [old] }
            cases:
              - { name: one, pull: { base: next }, unknown: [\(unknown)], can_sign: { g: [] } }
            """, file: "t.test.yml")
        let policy = "version: 1\ngates: { g: { when: base(\"release\"), require: qa | @third/ops } }\n"
        let report = PolicyTestRunner.run(
            try #require(read.tests), policy: Array(policy.utf8), policyFile: "countersign.yml")
        #expect(report.diagnostics.isEmpty, "\(report.diagnostics.rendered)")
    }

    @Test func namesThatNothingHasAreErrors() throws {
        let report = try Self.report(
            "- { name: one, waivers: [bob waives qa because x], expect: { qa-revew: waived, two: approved } }",
            policy: Self.policy + "\n  ops: { require: opps }\n")
        #expect(!report.isValid && report.results.isEmpty)
        #expect(
            report.diagnostics.rendered == """
                t.test.yml:1:1: error: `opps` is neither a group of the policy nor a team of `acme` (countersign.yml:8:19)
                    people: { qa: [bob, olga], security: [carol], engineers: [erin, bob, roy], bots: [roy] }
                    ^^^^^^
                    hint: say here who is in it: `people: { qa: [bob, olga] }`, or `[]` for nobody
                t.test.yml:5:37: error: the policy has no gate `qa`
                    - { name: one, waivers: [bob waives qa because x], expect: { qa-revew: waived, two: approved } }
                                                        ^^
                    hint: its gates are `qa-review`, `security-review`, `big` and `ops`
                t.test.yml:5:62: error: the policy has no gate `qa-revew`
                    - { name: one, waivers: [bob waives qa because x], expect: { qa-revew: waived, two: approved } }
                                                                                 ^^^^^^^^
                    hint: did you mean `qa-review`?
                t.test.yml:5:80: error: `two` is a part, and only gates come to something
                    - { name: one, waivers: [bob waives qa because x], expect: { qa-revew: waived, two: approved } }
                                                                                                   ^^^
                    hint: its gates are `qa-review`, `security-review`, `big` and `ops`

                """)
    }

    @Test func aPolicyThatIsNotValidRunsNothing() throws {
        let report = try Self.report("- { name: one, expect: approved }", policy: "version: 1\n")
        #expect(!report.isValid && report.results.isEmpty)
    }

    /// What holds without being said, and short forms that mean the same as long ones.
    @Test(arguments: [
        "- { name: a team in a sentence, reviews: [zoe of qa approves], expect: { qa-review: approved } }",
        "- { name: only in its own case, reviews: [zoe approves], expect: { qa-review: waiting } }",
        "- { name: one entry alone, reviews: carol approves, expect: { security-review: approved } }",
        "- { name: dismissed, reviews: [bob approves then dismissed], expect: { qa-review: waiting } }",
        "- { name: a deleted account, reviews: [ghost approves], expect: { qa-review: waiting } }",
        "- { name: nobody writes, pull: { commits: [nobody] }, reviews: [bob approves], expect: { qa-review: approved } }",
        "- { name: a pusher, pull: { commits: [{ pusher: bob }] }, reviews: [bob approves], expect: { qa-review: waiting } }",
        "- { name: another author, pull: { author: bob }, can_sign: { qa-review: olga } }",
        "- { name: no files, pull: { files: [] }, expect: { big: waiting } }",
        """
        - name: many lines
          pull: { files: [{ path: a, additions: 99, deletions: 1 }] }
          reviews: [erin approves, bob approves]
          expect: { big: waiting }
        """,
        """
        - name: a binary file
          pull: { files: [{ path: a, binary: true }] }
          reviews: [erin approves, bob approves]
          expect: { big: undecided }
        """,
        "- { name: an empty team, people: { security: [] }, can_sign: { security-review: [] } }",
        "- { name: a bot, reviews: [erin approves, roy approves], expect: { big: waiting }, can_sign: { big: bob } }",
        "- { name: dave writes, reviews: [dave requests changes], expect: { summary: rejected, big: rejected } }",
        "- { name: zoe does not, reviews: [zoe requests changes], expect: waiting }",
        """
        - name: what the first head changed is not known
          pull: { commits: [alice, alice] }
          reviews: [bob approves at 1]
          unknown: [changes at 1]
          expect: { qa-review: undecided }
        """,
        "- { name: files unknown, unknown: files, reviews: [bob approves], expect: { qa-review: approved, big: waiting } }",
        "- { name: writers are not known, unknown: [writers], reviews: [zoe requests changes], expect: { summary: undecided } }",
    ])
    func theShortFormMeans(_ lines: String) throws {
        let report = try Self.report(lines)
        #expect(report.diagnostics.isEmpty, "\(report.diagnostics.rendered)")
        #expect(report.failures == 0, "\(report.text)")
    }

    @Test func aUserHasNoTeamsAndAdministersHisRepository() throws {
        let text = """
            repository: { name: zoe/dots, owner: user, writers: [bob] }
            pull: { author: alice }
            cases:
            - name: whoever may write
              can_sign: { review: [bob, zoe], law: zoe }
              expect: { friends: waiting }
            """
        let tests = try #require(PolicyTestFile.read(text + "\n", file: "t.test.yml").tests)
        func report(_ friends: String) -> PolicyTestReport {
            let policy = """
                version: 1
                gates:
                  review: { require: writers }
                  law: { require: admins }
                  friends: { require: "\(friends)" }
                """
            return PolicyTestRunner.run(tests, policy: Array(policy.utf8), policyFile: "countersign.yml")
        }
        #expect(report("@bob").failures == 0, "\(report("@bob").text)")
        #expect(!report("bobs").isValid)
    }

    @Test func onAPublicRepositoryItIsStillKnownWhoCanSign() throws {
        let text = Self.common.replacing("name: acme/widget", with: "name: acme/widget, private: false")
        let read = PolicyTestFile.read(
            text + "- { name: one, can_sign: { qa-review: [bob, olga] } }\n", file: "t.test.yml")
        let report = PolicyTestRunner.run(
            try #require(read.tests), policy: Array(Self.policy.utf8), policyFile: "countersign.yml")
        #expect(report.failures == 0, "\(report.text)")
    }
}

/// Scenes say who signed commits, what CODEOWNERS says and which day it is.
@Suite struct PolicyTestSceneTests {
    private static let policy = """
        version: 1
        gates:
          owners: { require: owners_of_each_file }
          signatures: { require: 'signed_by(@alice) and signed_with("3AA5C34371567BD2")', mode: advisory, until: 2026-12-01 }
        block: none
        """

    private static let tests = """
        repository: { codeowners: "src/.* @bob" }
        cases:
          - name: before the day
            pull: { author: alice, files: [src/a], commits: [{ by: alice, signed_by: alice, key: 3AA5C34371567BD2 }] }
            reviews: [bob approves]
            expect: { owners: approved, signatures: approved, summary: approved }
          - name: on the day
            on: 2026-12-01
            pull: { author: alice, files: [src/a] }
            reviews: [bob approves]
            expect: { owners: approved, signatures: waiting, summary: waiting }
          - name: unknown
            on: 2026-12-02
            pull: { author: alice, files: [src/a] }
            reviews: [bob approves]
            unknown: [signatures, codeowners]
            expect: { owners: undecided, signatures: undecided }
        """

    @Test func itIsAsExpected() throws {
        let read = PolicyTestFile.read(Self.tests, file: "countersign.test.yml")
        let tests = try #require(read.tests, "\(read.diagnostics.rendered)")
        let report = PolicyTestRunner.run(tests, policy: Array(Self.policy.utf8), policyFile: "countersign.yml")
        #expect(report.isValid && report.results.count == 3, "\(report.text)")
        #expect(report.results.allSatisfy { $0.differences.isEmpty }, "\(report.text)")
    }
}
