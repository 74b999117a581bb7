/// Runs the tests of a policy: pure, the same texts give the same report.
public enum PolicyTestRunner {
    /// Runs tests against the bytes of their policy.
    ///
    /// - Parameters:
    ///   - tests: the tests
    ///   - policy: what the policy's file holds
    ///   - policyFile: the name that diagnostics give it
    ///   - organization: the organisation's own file, where the tests name one
    ///   - file: what is known of a file that the policy includes
    public static func run(
        _ tests: PolicyTestFile, policy: [UInt8], policyFile: String, organization: PolicyText? = nil,
        file: @escaping (PolicyFilePlace) -> PolicyFileAnswer? = { _ in .unchecked }
    ) -> PolicyTestReport {
        let read = PolicyReader.compose(
            PolicyText(policy, file: policyFile, identity: policyFile, digest: ""),
            role: organization == nil ? PolicyFileRole(path: policyFile) : .repository,
            organization: organization.map { ($0, PolicyFilePlace(path: $0.file)) }, repository: nil, hash: { $0 },
            file: file)
        var report = PolicyTestReport(file: tests.file, policy: policyFile, diagnostics: read.diagnostics)
        report.diagnostics += read.unchecked.map { missing($0, tests) }
        guard let policy = read.policy else { return report }
        var found = tests.cases.flatMap { mistakes(in: $0, policy) } + PolicyTestNames.mistakes(in: tests, policy)
        for test in tests.cases {
            let (result, problems) = run(test, policy)
            report.results.append(result)
            found += problems.map { nameless($0, tests) }
        }
        report.diagnostics += found.ordered(by: tests.source)
        if !report.isValid { report.results = [] }
        return report
    }

    /// A file that the policy includes and that is not at hand.
    private static func missing(_ place: PolicyFilePlace, _ tests: PolicyTestFile) -> Diagnostic {
        Diagnostic(
            span: SourceSpan(file: tests.file, line: 1, column: 1),
            message: "the policy includes \(Quotation.inline("\(place)", limit: 200)), which is not at hand",
            hint: "say here where it is: `files: { \"\(place)\": PATH }`")
    }

    /// A name that the policy uses and the tests do not explain.
    private static func nameless(_ problem: Diagnostic, _ tests: PolicyTestFile) -> Diagnostic {
        let near = problem.hint.flatMap { $0.hasPrefix("did you mean") ? "\($0) or " : nil } ?? ""
        let message = problem.message.replacing("of this file", with: "of the policy")
        return Diagnostic(
            span: tests.peopleSpan,
            message: "\(message) (\(problem.span.file):\(problem.span.line):\(problem.span.column))",
            hint: "\(near)say here who is in it: `people: { qa: [bob, olga] }`, or `[]` for nobody")
    }

    /// Names of gates that the policy does not have.
    private static func mistakes(in test: PolicyTestCase, _ policy: Policy) -> [Diagnostic] {
        let gates = policy.gates.map(\.name)
        let known = policy.gates.flatMap(\.commandItems)
        let items = known.map(\.name)
        let words = Set(items + known.compactMap { $0.number.map(String.init) })
        let acknowledged = test.scene.comments.compactMap(\.item).filter { !words.contains($0.name) }.map { item in
            Diagnostic(
                span: item.span, message: "the policy has no item \(Quotation.inline(item.name))",
                hint: Suggestion.hint(for: item.name, among: items)
                    ?? (items.isEmpty ? "it has no checklist" : "its items are \(Quotation.list(items, "and"))"))
        }
        var names = test.expectations.filter { $0.name != "summary" }.map { ($0.name, $0.span) }
        names += test.signers.map { ($0.gate, $0.span) } + test.scene.waivers.map { ($0.gate, $0.span) }
        return acknowledged + test.scene.missingNames.compactMap { nobodyNames($0, in: test, policy) }
            + teamsNobodyNames(in: test, policy)
            + names.compactMap { name, span in
                if gates.contains(name) || name == ChangeRule.gateName { return nil }
                let isPart = policy.parts.contains { $0.name == name }
                return Diagnostic(
                    span: span,
                    message: isPart
                        ? "`\(name)` is a part, and only gates come to something"
                        : "the policy has no gate \(Quotation.inline(name))",
                    hint: Suggestion.hint(for: name, among: gates + ["summary"])
                        ?? "its gates are \(Quotation.list(gates, "and"))")
            }
    }

    /// What cannot be had, and nothing asks for: the case would show nothing.
    private static func nobodyNames(
        _ missing: (missing: TestScene.Missing, span: SourceSpan), in test: PolicyTestCase, _ policy: Policy
    ) -> Diagnostic? {
        let scene = test.scene
        let teams = policy.plan.teams.map { $0.team.reference(in: scene.place.name) }
        let what: String
        switch missing.missing {
        case .protection(let branch):
            let branches =
                [scene.base, scene.place.defaultBranch] + scene.place.protectedBranches + policy.namedBases
            if branches.contains(where: { $0.isExactly(branch) }) { return nil }
            return Diagnostic(
                span: missing.span,
                message:
                    "neither the case nor the policy names a branch \(Quotation.inline(branch)), so nothing depends on it",
                hint: Suggestion.hint(for: branch, among: branches)
                    ?? "write one that they name, as `protection of \(scene.base)`, or take the entry away")
        case .teams(let organization):
            let organizations =
                (teams + scene.teams.keys).map(\.organization) + [scene.place.name.owner.lowercased()]
            if organizations.contains(organization) || scene.place.codeOwners != nil { return nil }
            return Diagnostic(
                span: missing.span,
                message: "neither the tests nor the policy name a team of \(Quotation.inline(organization)), "
                    + "so nothing depends on it",
                hint: Suggestion.hint(for: organization, among: organizations)
                    ?? "write an organisation that they name, or take the entry away")
        case .team(let team) where !teams.contains(team): what = "team `\(team.name)`"
        case .user(let login) where !policy.accounts.contains { $0.lowercased() == login }: what = "account `@\(login)`"
        default: return nil
        }
        // The owners of files are named there.
        if scene.place.codeOwners != nil { return nil }
        return Diagnostic(
            span: missing.span, message: "the policy names no \(what), so nothing depends on it",
            hint: "write one that the policy names, or take the entry away")
    }

    /// Teams that a case puts people into, and that nothing asks for: it would show nothing of them.
    private static func teamsNobodyNames(in test: PolicyTestCase, _ policy: Policy) -> [Diagnostic] {
        // The owners of files are named there, and everybody in a team is in the organisation.
        guard test.scene.place.codeOwners == nil, !policy.asksForMembers else { return [] }
        let teams = policy.plan.teams.map { $0.team.reference(in: test.scene.place.name) }
        return test.scene.teamNames.filter { !teams.contains($0.team) }.map { team, span in
            Diagnostic(
                span: span, message: "the policy names no team `\(team.name)`, so nothing depends on it",
                hint: Suggestion.hint(for: team.name, among: teams.map(\.name))
                    ?? "write one that the policy names, or leave it out")
        }
    }

    private static func run(_ test: PolicyTestCase, _ policy: Policy) -> (PolicyTestResult, [Diagnostic]) {
        let facts = test.scene.facts(for: policy)
        let verdict = policy.evaluate(facts)
        // On a public repository steps name nobody who has not acted: who can sign is asked as of a private one.
        var open = facts
        open.repository.isPrivate = true
        let naming = test.signers.isEmpty || facts.repository.isPrivate ? verdict : policy.evaluate(open)
        var differences = test.expectations.compactMap { difference($0, verdict) }
        for signers in test.signers {
            // One explanation of a gate is enough.
            let isExplained = differences.contains { $0.subject == signers.gate }
            if var difference = difference(signers, naming, explains: !isExplained) {
                if difference.found == unknown { difference.because += reasons(signers.gate, naming, policy, open) }
                differences.append(difference)
            }
        }
        for index in differences.indices {
            differences[index].because = differences[index].because.map(test.scene.withHeads)
        }
        return (PolicyTestResult(name: test.name, line: test.span.line, differences: differences), verdict.mistakes)
    }

    private static func difference(
        _ expectation: PolicyTestCase.Expectation, _ verdict: Verdict
    ) -> PolicyTestDifference? {
        let found: Outcome
        let because: [String]
        if expectation.name == "summary" {
            found = verdict.summary.outcome
            because =
                ["\(found.sign) \(verdict.summary.context): \(verdict.statusDescription)"]
                + verdict.summary.unknowns.map { "    not known: \($0.subject): \($0.reason)" }
                + verdict.linesOfSummary
        } else if let gate = verdict.gates.first(where: { $0.name == expectation.name }) {
            found = gate.outcome
            because = gate.lines(names: true)
        } else {
            // The gate that guards the policy is there only where it is needed.
            found = .notNeeded
            because = ["the pull request changes no file at a policy path"]
        }
        if found == expectation.outcome { return nil }
        return PolicyTestDifference(
            subject: expectation.name, expected: expectation.outcome.rawValue, found: found.rawValue,
            because: because)
    }

    private static func difference(
        _ signers: PolicyTestCase.ExpectedSigners, _ verdict: Verdict, explains: Bool
    ) -> PolicyTestDifference? {
        guard let gate = verdict.gates.first(where: { $0.name == signers.gate }) else { return nil }
        let subject = "\(signers.gate), can_sign"
        let explanation = explains ? gate.lines(names: true) : []
        let expected = Set(signers.logins.map { $0.lowercased() })
        guard let candidates = gate.candidates else {
            return PolicyTestDifference(
                subject: subject, expected: words(signers.logins), found: unknown, because: explanation)
        }
        let found = Set(candidates.map { $0.login.lowercased() })
        if found == expected { return nil }
        var because: [String] = []
        let missing = signers.logins.filter { !found.contains($0.lowercased()) }
        let extra = candidates.map(\.login).filter { !expected.contains($0.lowercased()) }
        if !missing.isEmpty { because.append("cannot sign: \(words(missing))") }
        if !extra.isEmpty { because.append("can sign as well: \(words(extra))") }
        return PolicyTestDifference(
            subject: subject, expected: words(signers.logins), found: words(candidates.map(\.login)),
            because: because + explanation)
    }

    /// What is found where it is not known who can sign.
    private static let unknown = "unknown"

    /// Why it is not known who can sign, where the gate's own explanation does not say it.
    private static func reasons(_ name: String, _ verdict: Verdict, _ policy: Policy, _ facts: Facts) -> [String] {
        let gate = policy.gates.first { $0.name.isExactly(name) }
        let asked = gate.map { policy.asked(by: $0) } ?? policy.peopleOfChanges
        let told = verdict.gates.first { $0.name == name }?.unknowns ?? []
        var evaluation = Evaluation(policy: policy, facts: facts, asksWhoCanSign: true)
        let missing = asked.reduce(into: Set<Unknown>()) {
            $0.formUnion(evaluation.roster(of: $1, negative: false).missing)
        }
        // What was not asked for, because something else is not known, is not the reason.
        return missing.subtracting(told).inOrder.filter { $0.cause != .notRead }.map {
            "not known: \($0.subject): \($0.reason)"
        }
    }

    private static func words(_ logins: [String]) -> String {
        logins.isEmpty ? "nobody" : logins.joined(separator: ", ")
    }
}

extension Policy {
    /// Whether it asks for members of the organisation, who are told by teams, too.
    fileprivate var asksForMembers: Bool {
        var isAsked = false
        for people in gates.flatMap({ self.people(of: $0) }) + peopleOfChanges {
            people.eachLeaf { if $0 == .organizationMembers { isAsked = true } }
        }
        return isAsked
    }
}

extension Verdict {
    /// The gates that make the summary what it is, as `countersign check` explains them; each in one line where none
    /// holds it back, and none where somebody holds all of them back.
    fileprivate var linesOfSummary: [String] {
        if !summary.blockedBy.isEmpty { return [] }
        let enforced = gates.filter(\.isEnforced)
        if summary.outcome.status == .success { return enforced.compactMap { $0.lines(names: true).first } }
        return enforced.filter { $0.outcome == summary.outcome }.flatMap { $0.lines(names: true) }
    }
}

extension GateVerdict {
    /// Everybody whose signature one of the steps waits for; nil when that is not known.
    fileprivate var candidates: [Account]? {
        var found: [Account] = []
        for step in steps {
            let candidates: [Account]?
            switch step {
            case .sign(_, _, let people), .acknowledge(_, _, _, let people): candidates = people
            default: continue
            }
            guard let candidates else { return nil }
            found += candidates.filter { !found.contains($0) }
        }
        return found
    }
}
