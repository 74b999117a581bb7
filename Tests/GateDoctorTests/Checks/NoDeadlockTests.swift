import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct NoDeadlockTests {
    @Test func theOnlyMemberIsTheAuthor() {
        let finding = Healthy.only("policy.deadlock", .warning) {
            $0.repositories[0].pulls = .success([Healthy.pull(3, by: Healthy.alice), Healthy.pull(2, by: Healthy.bob)])
        }
        #expect(finding?.answer.contains("wrote 50 % of the last 2 pull requests") == true, "\(finding?.answer ?? "")")
    }

    /// What cannot be seen is not called sound.
    @Test func hiddenMembers() {
        var examination = Healthy.examination
        let hidden = Healthy.error(.forbidden(message: "Must be a team member"), .directory)
        examination.organizations[0].members[2] = [.directory: .failure(hidden)]
        let entries = Diagnosis(examination).entries
        for id in ["policy.deadlock", "token.signer", "team.empty"] {
            let entry = entries.first { $0.check.id == id }
            #expect(entry?.outcome.notMade == ["the members of `acme/qa` are not known"], "\(id)")
        }
    }

    /// The policy of another branch asks for more than there are.
    @Test func onAnotherBranch() {
        let finding = Healthy.only("policy.deadlock", .blocking) {
            var other = Healthy.repository
            var branch = Healthy.branch(["countersign: release"])
            branch.name = "release"
            other.branch = .success(branch)
            other.rules = .success([
                ProtectionRule(
                    name: "release", isStatusCheckEnabled: true, contexts: ["countersign: release"],
                    bindsAdministrators: true, settings: ["enable_push": false])
            ])
            other.policy = Healthy.policyAnswer("version: 1\ngates:\n  a: { require: 2 of qa }\n")
            other.statuses = nil
            $0.repositories[0].others = [other]
        }
        #expect(finding?.subject == "acme/widget: release: a")
    }

    /// People named by login are known by asking for each.
    @Test(arguments: [
        ("@nobodyhere", "policy.deadlock", Severity.blocking, "; there is no account `nobodyhere`"),
        ("2 of @bob | @nobodyhere", "policy.deadlock", .blocking, "; there is no account `nobodyhere`"),
        ("@frank & @nobodyhere", "policy.deadlock", .blocking, "; there is no account `nobodyhere`"),
        ("@dave", "policy.deadlock", .warning, "wrote 100 % of the last 1 pull requests"),
        ("@bob | @Nobodyhere", "policy.deadlock", .warning, "there is no account `nobodyhere`"),
    ])
    func byLogin(require: String, id: String, severity: Severity, answer: String) {
        let dave = Account(id: 4, login: "dave")
        let finding = Healthy.only(id, severity) {
            $0.repositories[0].policy = Healthy.policyAnswer(
                "version: 1\ngates:\n  a: { require: \"\(require)\" }\n  b: { require: qa or security }\n")
            $0.repositories[0].pulls = .success([Healthy.pull(3, by: dave)])
            #expect(!$0.strangers.contains("bob"))
            for login in $0.strangers {
                let account = ["dave": dave, "frank": Account(id: 6, login: "frank")][login]
                $0.people[login] = .success(account)
            }
        }
        #expect(finding?.answer.hasSuffix(answer) == true, "\(finding?.answer ?? "")")
        #expect(finding?.subject == "acme/widget: a")
        let cure = finding?.cure.lines(address: "") ?? []
        #expect(cure.first?.hasPrefix("in `.countersign.yml` on `main` of `acme/widget`, line 3: ") == true, "\(cure)")
    }

    /// Whoever was asked who somebody is is named.
    @Test(
        arguments: [
            (nil, "`forge.token`"), (.administrator, "the administrator's credential"),
            (.directory, "`forge.directory_token`"),
        ] as [(Credential?, String)])
    func whoWasAsked(asker: Credential?, told: String) {
        for require in ["@gone", "@bob | @gone"] {
            let finding = Healthy.found {
                $0.repositories[0].policy = Healthy.policyAnswer(
                    "version: 1\ngates:\n  a: { require: \"\(require)\" }\n")
                $0.people["gone"] = .success(nil)
                $0.peopleAskers["gone"] = asker
            }["policy.deadlock"]?.first
            #expect(finding?.asked.last == "`GET /users/gone` with \(told)", "\(require)")
        }
    }

    /// Whoever is taken away need not be there; whom the forge does not show may be there.
    @Test func notMissed() throws {
        var examination = Healthy.examination
        examination.repositories[0].policy = Healthy.policyAnswer(
            "version: 1\ngates:\n  a: { require: \"qa - @gone\" }\n")
        #expect(examination.strangers == ["gone"])
        examination.people = ["gone": .success(nil)]
        let entry = try #require(Diagnosis(examination).entries.first { $0.check.id == "policy.deadlock" })
        #expect(entry.severity == .sound, "\(entry.outcome)")
        examination.people = ["gone": .failure(Healthy.error(.timeout))]
        let unknown = try #require(Diagnosis(examination).entries.first { $0.check.id == "policy.deadlock" })
        #expect(unknown.outcome.notMade.first?.hasPrefix("who `gone` is is not known: ") == true, "\(unknown.outcome)")
    }

    @Test func tooFew() {
        let text = "version: 1\ngates:\n  a: { require: 2 of qa }\n"
        let finding = Healthy.only("policy.deadlock", .blocking) {
            $0.repositories[0].policy = Healthy.policyAnswer(text)
        }
        #expect(finding?.meaning == "it can never be met")
    }

    /// One person in both teams is too few where both gates apply, which a condition decides.
    @Test func tooFewBesideAnotherGate() {
        let finding = Healthy.only("policy.deadlock", .warning) {
            $0.repositories[0].policy = Healthy.policyAnswer(
                """
                version: 1
                gates:
                  qa-review: { when: 'not changes_only("docs/**")', require: qa }
                  security-review: { require: security }
                distinct: [qa-review, security-review]
                """)
            $0.organizations[0].members[3] = [.directory: .success([Healthy.bob])]
            $0.repositories[0].pulls = .success([Healthy.pull(3, by: Healthy.alice)])
        }
        #expect(
            finding?.answer
                == "nobody can meet the gate `security-review` when `qa-review` applies too: `distinct` asks "
                + "for different people")
        #expect(finding?.cure.lines(address: "").contains { $0.contains("/teams/3/members/LOGIN") } == true)
    }

    private static let unknown = Unknown(cause: .notTold, subject: "s", reason: "r", cure: "c")

    /// Sets that no team's list tells: too few for certain, enough for certain, or not known, which is never sound.
    @Test(arguments: [
        ("writers", [Healthy.bob, Healthy.carol], nil, Severity.sound),
        ("writers", [Healthy.bob], nil, .unverifiable), ("writers", [], nil, .unverifiable),
        ("3 of writers", [Healthy.bob, Healthy.carol], [Healthy.bob, Healthy.carol], .blocking),
        ("qa or writers", [], nil, .sound), ("qa and writers", [], nil, .unverifiable),
        ("org_members", [], nil, .unverifiable), ("qa - org_members", [], nil, .unverifiable),
        ("codeowners", [], nil, .unverifiable), ("owners_of_each_file", [], nil, .unverifiable),
        ("qa - writers", [Healthy.carol], nil, .unverifiable),
    ])
    func setsThatNoTeamTells(
        require: String, proven: [Account], possible: [Account]?, severity: Severity
    ) throws {
        var examination = Healthy.examination
        examination.repositories[0].policy = Healthy.policyAnswer(
            "version: 1\ngates:\n  a: { require: \"\(require)\" }\n")
        examination.repositories[0].pulls = .success([Healthy.pull(3, by: Healthy.bob)])
        examination.organizations[0].members[2] = [.directory: .success([Healthy.alice])]
        examination.repositories[0].signers.writers = RightHolders(
            proven: proven, possible: possible, unknown: Self.unknown)
        let entry = try #require(Diagnosis(examination).entries.first { $0.check == NoDeadlock.self })
        #expect(entry.severity == severity, "\(entry.outcome)")
    }

    /// What was not read is nobody's, and never makes a gate one that can be met, or waived.
    @Test(arguments: [
        "require: writers", "require: admins", "require: qa and writers", "require: readers, open: true",
        "require: 2 of writers, waive: { by: security }",
    ])
    func whatWasNotRead(gate: String) throws {
        var examination = Healthy.examination
        examination.repositories[0].policy = Healthy.policyAnswer("version: 1\ngates:\n  a: { \(gate) }\n")
        let entry = try #require(Diagnosis(examination).entries.first { $0.check == NoDeadlock.self })
        #expect(entry.severity == .unverifiable, "\(entry.outcome)")
    }

    @Test(arguments: ["writers", "security - admins", "security - (admins | qa)"])
    func whoMayWaiveWasNotRead(by: String) {
        let finding = Healthy.only("policy.deadlock", .blocking) {
            $0.repositories[0].policy = Healthy.policyAnswer(
                "version: 1\ngates:\n  a: { require: 2 of qa, waive: { by: \(by) } }\n")
        }
        #expect(finding?.meaning == "it can never be met")
    }

    /// Who owns what makes no difference where others are enough.
    @Test func ownersBesideATeam() throws {
        var examination = Healthy.examination
        examination.repositories[0].policy = Healthy.policyAnswer(
            "version: 1\ngates:\n  a: { require: qa or codeowners }\n")
        examination.repositories[0].signers.codeOwners = .known(nil)
        let entry = try #require(Diagnosis(examination).entries.first { $0.check == NoDeadlock.self })
        #expect(entry.severity == .sound, "\(entry.outcome)")
    }

    @Test(arguments: ["codeowners", "owners_of_each_file", "qa and codeowners"])
    func noCodeOwnersFile(require: String) {
        let finding = Healthy.only("policy.deadlock", .blocking) {
            $0.repositories[0].policy = Healthy.policyAnswer(
                "version: 1\ngates:\n  a: { require: \(require) }\n")
            $0.repositories[0].signers.codeOwners = .known(nil)
        }
        #expect(finding?.answer == "there is no CODEOWNERS file: nobody owns anything")
    }

    /// Each line is asked whether its owners can sign, whoever opened the last pull requests.
    @Test(arguments: [
        ("codeowners", ".* @bob @carol", Severity.sound, ""),
        ("owners_of_each_file", "src/.* @bob\ndocs/.* @acme/security", .sound, ""),
        ("2 of codeowners", "docs/.* @alice\n.* @bob @carol", .sound, ""),
        ("qa or codeowners", "src/.* @alice", .sound, ""),
        (
            "codeowners", ".* @alice", .warning,
            "nobody can meet the gate `a` by the owners of line 1 of `CODEOWNERS` when alice opens the pull request"
        ),
        (
            "owners_of_each_file", ".* @bob\ndocs/.* @alice", .warning,
            "by the owners of line 2 of `CODEOWNERS` when alice"
        ),
        (
            "2 of codeowners", ".* @bob", .blocking,
            "nobody can meet the gate `a` by the owners of line 1 of `CODEOWNERS`"
        ),
        ("2 of codeowners", "a @bob\nb @bob @carol", .warning, "by the owners of line 1 of `CODEOWNERS`"),
        // A pull request that changes both can be merged.
        ("2 of codeowners", "a @bob\nb @carol", .warning, "by the owners of lines 1, 2 of `CODEOWNERS`"),
        ("2 of codeowners", "a @bob\nb @bob", .blocking, "by the owners of lines 1, 2 of `CODEOWNERS`"),
        // Owners of everything own whatever else has owners, too.
        ("2 of codeowners", ".* @bob\n.* @carol", .sound, ""),
        (
            "2 of codeowners", ".* @bob\nsrc/.* @carol", .warning,
            "nobody can meet the gate `a` by the owners of line 1 of `CODEOWNERS`"
        ),
        ("2 of codeowners", ".* @bob\nsrc/.* @bob", .blocking, "by the owners of lines 1, 2 of `CODEOWNERS`"),
        ("codeowners & security", ".* @bob\nsrc/.* @carol", .warning, "by the owners of line 1 of `CODEOWNERS`"),
        (
            "2 of codeowners and owners_of_each_file", ".* @bob\nsrc/.* @carol", .warning,
            "by the owners of line 1 of `CODEOWNERS`"
        ),
        ("all of codeowners", ".* @bob\ndocs/.* @carol", .sound, ""),
        ("all of codeowners", ".* @bob\ndocs/.* @stranger", .unverifiable, "who of the owners of line 2 of"),
        ("all of codeowners", ".* @bob @stranger", .unverifiable, "who of the owners of line 1 of `CODEOWNERS`"),
        (
            "codeowners", "src/.* @bob", .unverifiable,
            "a pull request may change only what no line of `CODEOWNERS` owns"
        ),
        ("owners_of_each_file", ".* @stranger", .unverifiable, "who of the owners of line 1 of `CODEOWNERS` can sign"),
        ("codeowners", "# nobody yet", .blocking, "`CODEOWNERS` has no line: nobody owns anything"),
        ("owners_of_each_file", "# nobody yet", .sound, ""),
        ("codeowners or owners_of_each_file", "# nobody yet", .sound, ""),
        ("owners_of_each_file and writers", "# nobody yet", .unverifiable, "`CODEOWNERS` has no line, and who else"),
        (
            "@alice or codeowners", "# nobody yet", .warning,
            "`CODEOWNERS` has no line: nobody can meet the gate `a` when alice opens the pull request"
        ),
        ("codeowners - author", ".* @bob @carol", .sound, ""),
        ("qa - codeowners", ".* @carol", .unverifiable, "who owns a file depends on what a pull request changes"),
    ])
    func linesOfCodeOwners(require: String, owners: String, severity: Severity, told: String) throws {
        let entry = try #require(Self.owned("require: \"\(require)\"", owners))
        #expect(entry.severity == severity, "\(entry.outcome)")
        let all = entry.outcome.findings.map(\.answer) + entry.outcome.notMade
        #expect(told.isEmpty ? all.isEmpty : all.contains { $0.contains(told) }, "\(all)")
    }

    /// A line that cannot be used as it stands has a finding of its own, which blocks where no pull request is without it.
    @Test(arguments: [
        (
            "require: owners_of_each_file", ".* @bob\ndocs/.* @gone", Severity.warning,
            "line 2 of `CODEOWNERS` names `@gone`"
        ),
        (
            "require: owners_of_each_file", ".* @gone", .blocking,
            "line 1 of `CODEOWNERS` names `@gone`, and the forge has no such"
        ),
        ("require: owners_of_each_file", ".* @acme/none", .blocking, "line 1 of `CODEOWNERS` names `@acme/none`"),
        ("require: owners_of_each_file", ".* @bob @gone", .warning, "line 1 of `CODEOWNERS` names `@gone`"),
        ("require: owners_of_each_file", ".* @bob\ndocs/.*", .warning, "it names no owner, so the forge drops it"),
        ("require: owners_of_each_file", "( @bob", .warning, "RE2 does not accept its pattern"),
        ("require: owners_of_each_file", "( @gone", .blocking, "RE2 does not accept its pattern"),
        // Nobody knows whether such a line's owners own anything.
        ("require: codeowners", "( @bob", .blocking, "RE2 does not accept its pattern"),
        ("require: codeowners", ".* @bob\n( @gone", .warning, "RE2 does not accept its pattern"),
        ("require: qa or codeowners", ".* @gone", .warning, "line 1 of `CODEOWNERS` names `@gone`"),
        ("require: codeowners", "src/.* @gone\ndocs/.* @gone", .blocking, "line 2 of `CODEOWNERS` names `@gone`"),
        ("require: codeowners", "src/.* @gone\ndocs/.* @bob", .warning, "line 1 of `CODEOWNERS` names `@gone`"),
        (
            "require: owners_of_each_file, waive: { by: security }", ".* @gone", .warning,
            "line 1 of `CODEOWNERS` names `@gone`"
        ),
        (
            "require: codeowners, waive: { by: security }", "src/.* @gone\ndocs/.* @gone", .warning,
            "line 1 of `CODEOWNERS` names `@gone`"
        ),
        ("require: codeowners, mode: advisory", ".* @gone", .warning, "line 1 of `CODEOWNERS` names `@gone`"),
    ])
    func brokenLinesOfCodeOwners(gate: String, owners: String, severity: Severity, told: String) throws {
        let findings = try #require(Self.owned(gate, owners)).outcome.findings
        #expect(findings.map(\.severity) == [severity], "\(findings)")
        #expect(findings.first?.subject == "acme/widget: CODEOWNERS")
        #expect(findings.first?.answer.contains(told) == true, "\(findings)")
        #expect(findings.first?.blocks == (severity == .blocking ? [Blocked("acme/widget", ["a"])] : []))
        #expect(
            findings.first?.cure.lines(address: "").first?.hasPrefix(
                "in `CODEOWNERS` on `main` of `acme/widget`, line ") == true)
    }

    /// What the check says of a gate where alice opened the last pull requests.
    private static func owned(_ gate: String, _ owners: String) -> Diagnosis.Entry? {
        var examination = Healthy.examination
        examination.repositories[0].policy = Healthy.policyAnswer("version: 1\ngates:\n  a: { \(gate) }\n")
        own(owners, &examination)
        return Diagnosis(examination).entries.first { $0.check == NoDeadlock.self }
    }

    private static func own(_ owners: String, _ examination: inout Examination) {
        examination.repositories[0].signers.codeOwners = .known(CodeOwnersFile(path: "CODEOWNERS", text: owners))
        examination.people["alice"] = .success(Healthy.alice)
        examination.people["gone"] = .success(nil)
    }

    /// The file of the default branch holds for all of them: what it keeps from another one is told of that one's gate.
    @Test(arguments: ["qa", "qa or codeowners"]) func brokenLinesHoldAnotherBranch(ofMain: String) throws {
        var examination = Healthy.examination
        examination.repositories[0].policy = Healthy.policyAnswer(
            "version: 1\ngates:\n  qa: { require: \(ofMain) }\n")
        Self.own(".* @gone", &examination)
        var other = examination.repositories[0]
        var branch = Healthy.branch(["countersign: release/1"])
        branch.name = "release/1"
        other.branch = .success(branch)
        other.policy = Healthy.policyAnswer("version: 1\ngates:\n  own: { require: owners_of_each_file }\n")
        examination.repositories[0].others = [other]
        let entry = try #require(Diagnosis(examination).entries.first { $0.check == NoDeadlock.self })
        #expect(entry.outcome.findings.map(\.severity) == [.blocking], "\(entry.outcome)")
        #expect(entry.outcome.findings.first?.blocks == [Blocked("acme/widget", ["own"])])
    }

    /// Gates that ask the same of owners are looked at once for each line, and each is told of.
    @Test func gatesThatAskTheSame() throws {
        var examination = Healthy.examination
        let text =
            "version: 1\ngates:\n  a: { require: codeowners }\n  b: { require: codeowners }\n"
            + "  c: { require: codeowners or security }\n  d: { require: codeowners, distinct: true }\n"
        examination.repositories[0].policy = Healthy.policyAnswer(text)
        Self.own("src/.* @alice", &examination)
        let (lean, twins) = try #require(examination.repositories[0].validPolicy).withoutTwins
        #expect(lean.gates.map(\.name) == ["a", "c", "d"])
        #expect(twins == ["b": "a"])
        let found = NoDeadlock.examine(examination).findings.map(\.subject)
        #expect(found == ["a", "b", "d"].map { "acme/widget: \($0)" }, "\(found)")
    }

    /// What is looked at grows with the owners of lines, and not with lines and gates that ask the same.
    @Test func manyLinesForManyGates() throws {
        var examination = Healthy.examination
        let gates = (0..<199).map { "  g\($0): { require: codeowners\($0 % 3 == 0 ? "" : " or security") }\n" }
        examination.repositories[0].policy = Healthy.policyAnswer("version: 1\ngates:\n\(gates.joined())")
        let people = (0..<200).map { Account(id: 100 + Int64($0), login: "p\($0)", isActive: true) }
        let lines = people.flatMap { ["src/\($0.login)/.* @\($0.login)", "lib/\($0.login)/.* @\($0.login)"] }
        Self.own(lines.joined(separator: "\n"), &examination)
        for account in people { examination.people[account.login] = .success(account) }
        let policy = try #require(examination.repositories[0].validPolicy)
        #expect(policy.withoutTwins.policy.gates.map(\.name) == ["g0", "g1"])
        var looks = 0
        _ = OwnedGates(policy, examination.repositories[0], examination) { _, _ in
            looks += 1
            return OwnedGates.Reach(obstacles: [], unproven: [], isTold: true)
        }
        // One where nobody owns anything besides.
        #expect(looks == people.count + 1)
    }

    /// A change of the policy is signed by those who own the policy's file.
    @Test(arguments: [
        ("codeowners", ".* @bob\nsrc/.* @gone", Severity.sound, ""),
        ("codeowners", ".* @gone", .blocking, "line 1 of `CODEOWNERS` owns `.countersign.yml`"),
        // A pull request that changes more may have more owners.
        ("2 of codeowners", "src/.* @carol\n.*yml @bob", .warning, "line 2 of `CODEOWNERS` owns `.countersign.yml`"),
        ("2 of codeowners", "src/.* @bob\n.*yml @bob", .blocking, "line 2 of `CODEOWNERS` owns `.countersign.yml`"),
        ("codeowners", "src/.* @bob", .warning, "no line of `CODEOWNERS` owns `.countersign.yml`"),
        ("codeowners", "src/.* @gone", .blocking, "no line of `CODEOWNERS` owns `.countersign.yml`"),
        ("owners_of_each_file and qa", ".* @bob\n[.]c.* @gone", .blocking, "lines 1, 2 of `CODEOWNERS` own"),
        ("codeowners", ".* @stranger", .unverifiable, "who can sign a change of the policy is not known as a whole"),
        ("2 of admins", "", .unverifiable, "who can sign a change of the policy is not known as a whole"),
    ])
    func ownersOfThePolicy(require: String, owners: String, severity: Severity, told: String) throws {
        var examination = Healthy.examination
        examination.repositories[0].policy = Healthy.policyAnswer(
            "version: 1\npolicy: { require: \(require) }\ngates:\n  a: { require: qa or security }\n")
        Self.own(owners, &examination)
        let entry = try #require(Diagnosis(examination).entries.first { $0.check == NoDeadlock.self })
        #expect(entry.severity == severity, "\(entry.outcome)")
        let all = entry.outcome.findings.map(\.answer) + entry.outcome.notMade
        #expect(told.isEmpty ? all.isEmpty : all.contains { $0.contains(told) }, "\(all)")
        let blocks = severity == .blocking ? [Blocked("acme/widget", ["policy"])] : []
        #expect(entry.outcome.findings.allSatisfy { $0.blocks == blocks })
    }

    @Test func noCodeOwnersFileForThePolicy() {
        let finding = Healthy.only("policy.deadlock", .blocking) {
            $0.repositories[0].policy = Healthy.policyAnswer(
                "version: 1\npolicy: { require: codeowners }\ngates:\n  a: { require: qa or security }\n")
            $0.repositories[0].signers.codeOwners = .known(nil)
        }
        #expect(finding?.answer.hasSuffix("; there is no CODEOWNERS file") == true, "\(finding?.answer ?? "")")
    }

    /// The gate of a file that several repositories share is told once, at its place.
    @Test func ofASharedFile() throws {
        let findings = Healthy.found { Self.share("version: 1\ngates:\n  a: { require: 2 of qa }\n", &$0) }
        let finding = try #require(findings["policy.deadlock"]?.first)
        #expect(findings["policy.deadlock"]?.count == 1)
        #expect(finding.blocks == [Blocked("acme/widget", ["a"]), Blocked("acme/gadget", ["a"])])
        #expect(finding.subject == "acme: a")
        #expect(finding.cure.lines(address: "").contains("$ countersign refire acme --all"))
    }

    /// Puts a file of the organisation's in the place of the policies of two repositories.
    static func share(_ text: String, _ examination: inout Examination) {
        let file = "acme/.countersign:countersign.yml"
        let policy = PolicyReader.read(text, file: file, digest: "").policy
        examination.repositories[0].policy = policy.map { .policy($0) }
        var second = examination.repositories[0]
        second.name = RepositoryName(owner: "acme", name: "gadget")
        examination.repositories.append(second)
    }

    /// What others may waive, and what holds nobody back, blocks nothing; a gate that is off is not looked at.
    @Test(arguments: [
        ("require: 2 of qa, waive: { by: security }", Severity.warning, "it can never be met, only waived"),
        ("require: 2 of qa, waive: { by: qa & security }", .blocking, "it can never be met"),
        ("require: 2 of qa, mode: advisory", .warning, "it can never be met; it is advisory, and holds nobody back"),
    ])
    func thatHoldsNobodyBack(gate: String, severity: Severity, meaning: String) throws {
        let finding = Healthy.found {
            $0.repositories[0].policy = Healthy.policyAnswer(
                "version: 1\ngates:\n  a: { \(gate) }\n  b: { require: qa or security }\n")
        }["policy.deadlock"]?.first
        #expect(finding?.severity == severity)
        #expect(finding?.meaning == meaning)
        #expect(finding?.blocks.isEmpty == (severity != .blocking))
    }

    @Test func thatIsOff() {
        let found = Healthy.found {
            $0.repositories[0].policy = Healthy.policyAnswer(
                "version: 1\ngates:\n  a: { require: 2 of qa, mode: off }\n  b: { require: qa or security }\n")
        }
        #expect(found["policy.deadlock"] == nil, "\(found)")
    }

    /// The only member is the author, and others may waive: that is told, and no more.
    @Test func thatIsWaivedForItsAuthor() throws {
        var examination = Healthy.examination
        examination.repositories[0].policy = Healthy.policyAnswer(
            "version: 1\ngates:\n  a: { require: qa, waive: { by: security } }\n")
        examination.repositories[0].pulls = .success([Healthy.pull(3, by: Healthy.bob)])
        let entry = try #require(Diagnosis(examination).entries.first { $0.check == NoDeadlock.self })
        #expect(entry.severity == .sound, "\(entry.outcome)")
        #expect(entry.outcome.told.first?.hasSuffix(": it can be waived") == true, "\(entry.outcome.told)")
    }

    /// Who signs a change of the policy is in a team whose members nobody is shown.
    @Test func whoChangesThePolicyIsHidden() throws {
        var examination = Healthy.examination
        examination.repositories[0].policy = Healthy.policyAnswer(
            "version: 1\npolicy: { require: engineers }\ngates:\n  a: { require: qa or security }\n")
        let hidden = Healthy.error(.forbidden(message: "Must be a team member"), .directory)
        examination.organizations[0].members[4] = [.directory: .failure(hidden)]
        let entry = try #require(Diagnosis(examination).entries.first { $0.check == NoDeadlock.self })
        #expect(entry.outcome.notMade == ["the members of `acme/engineers` are not known"])
    }

    /// Nobody can change a file that several repositories share: that is told once, at its place.
    @Test func nobodyCanChangeASharedPolicy() throws {
        let findings = Healthy.found {
            Self.share("version: 1\npolicy: { require: 5 of qa }\ngates:\n  a: { require: qa or security }\n", &$0)
        }
        let finding = try #require(findings["policy.deadlock"]?.first)
        #expect(findings["policy.deadlock"]?.count == 1, "\(findings)")
        #expect(finding.blocks == [Blocked("acme/widget", ["policy"]), Blocked("acme/gadget", ["policy"])])
        #expect(finding.subject == "acme: policy")
        let cure = finding.cure.lines(address: "")
        #expect(
            cure.first?.hasPrefix("in `countersign.yml` on the default branch of `acme/.countersign`: ") == true,
            "\(cure)")
        #expect(cure.contains("$ countersign refire acme --all"))
    }

    @Test func nobodyCanChangeThePolicy() {
        let finding = Healthy.only("policy.deadlock", .blocking) {
            $0.repositories[0].policy = Healthy.policyAnswer(
                "version: 1\npolicy: { require: 5 of qa }\ngates:\n  a: { require: qa or security }\n")
        }
        #expect(finding?.subject == "acme/widget: policy")
    }
}
