import Testing

@testable import GatePolicy

/// Whether anybody must sign a change of a file that others read their gates from.
@Suite struct HoldingTests {
    private static let file: ExactText = "base.yml"

    private func holds(_ policy: String, _ file: ExactText = Self.file, now: Int64 = 5000) throws -> Truth {
        try Story.policy("version: 1\n\(policy)").holds(
            changesOf: file, in: RepositoryName(owner: "acme", name: "site"), into: "main",
            at: Timestamp(seconds: now))
    }

    /// What the engine says of a pull request that changes that file alone, and that nobody has signed.
    private func summary(_ policy: String, now: Int64 = 5000) throws -> Outcome {
        var story = Story()
        story.facts.now = Timestamp(seconds: now)
        story.facts.files = .known([ChangedFile(path: Self.file.description, additions: 1, deletions: 1)])
        return try story.verdict("version: 1\n\(policy)").summary.outcome
    }

    /// Whatever else the pull request is.
    @Test(arguments: [
        "gates: { a: { require: qa } }",
        "gates: { a: { require: all of qa } }",
        "gates: { a: { require: 'qa or security' }, b: { mode: advisory, require: qa } }",
        "gates: { a: { require: 'base(\"x\") or qa' } }",
        "gates: { a: { when: 'changes(\"*.yml\")', require: qa } }",
        "gates: { a: { when: 'not changes_only(\"docs/**\")', require: qa } }",
        "gates: { a: { when: 'base(\"main\") and repository(\"acme/*\")', require: qa } }",
        "gates: { a: { when: 'base(\"x\") or changes(\"base.yml\")', require: qa } }",
        "gates: { a: { require: 'gate(\"b\")' } }\nparts: { b: { require: qa } }",
        "gates: { a: { require: 'gate(\"b\")' } }\nparts: { b: { when: 'changes(\"docs/**\")', require: qa } }",
        "gates: { a: { checklist: [ { item: x, by: qa } ] } }",
        "gates: { a: { advisory: 'base(\"x\")', require: qa } }",
        "gates: { a: { require: qa, waive: { by: security } } }",
    ]) func somebodyMustSign(_ policy: String) throws {
        #expect(try holds(policy) == .yes)
        #expect(try summary(policy).status != .success)
    }

    /// One that changes the file alone is green at once.
    @Test(arguments: [
        "gates: { a: { mode: advisory, require: qa } }",
        "gates: { a: { mode: 'off', require: qa } }",
        "gates: { a: { when: 'changes(\"docs/**\")', require: qa } }",
        "gates: { a: { when: 'changes_only(\"docs/**\")', require: qa } }",
        "gates: { a: { when: 'base(\"release/*\")', require: qa } }",
        "gates: { a: { when: 'repository(\"acme/other\")', require: qa } }",
        "gates: { a: { when: 'base(\"main\") and changes(\"docs/**\")', require: qa } }",
        "gates: { a: { require: 'qa or base(\"main\")' } }",
        "gates: { a: { require: 'clear(\"b\")' } }\nparts: { b: { when: 'changes(\"docs/**\")', require: qa } }",
        "gates: { a: { checklist: [ { item: x, by: qa, when: 'changes(\"docs/**\")' } ] } }",
        "gates: { a: { advisory: 'base(\"main\")', require: qa } }",
    ]) func nobodyHasTo(_ policy: String) throws {
        #expect(try holds(policy) == .no)
        #expect(try summary(policy).status == .success)
    }

    /// The opener chooses, or somebody does of whom nobody knows who he is.
    @Test(arguments: [
        "gates: { a: { when: 'changes_only(\"*.yml\")', require: qa } }",
        "gates: { a: { when: 'not changes(\"docs/**\")', require: qa } }",
        "gates: { a: { when: 'label(\"x\")', require: qa } }",
        "approvals: { stale: keep }\ngates: { a: { require: qa } }",
        "gates: { a: { when: 'title(\"x\")', require: qa } }",
        "gates: { a: { when: 'head(\"x\")', require: qa } }",
        "gates: { a: { require: 'qa or status(\"ci\" from @carol)' } }",
        "gates: { a: { require: 'qa or owners_of_each_file' } }",
        "gates: { a: { require: owners_of_each_file } }",
        "gates: { a: { require: qa, approvals: { author: true } } }",
        "gates: { a: { require: security, approvals: { author: true }, waive: { by: qa } } }",
        "gates: { a: { require: anyone, open: true } }",
        "gates: { a: { require: 'gate(\"b\")' } }\nparts: { b: { require: 'qa or label(\"x\" by security)' } }",
    ]) func itHangsOnThePullRequest(_ policy: String) throws {
        let answer = try holds(policy)
        #expect(!answer.unknowns.isEmpty, "\(answer)")
    }

    /// A file that the policy is made of is held by the gate that guards it.
    @Test(
        arguments: [
            (".countersign.yml", "", .yes), ("base.yml", "", .no),
            (".countersign.yml", "policy: { require: nobody }\n", .no),
            (".countersign.yml", "policy: { require: leads }\n", .yes), ("CODEOWNERS", "", .no),
        ] as [(ExactText, String, Truth)])
    func filesOfThePolicy(_ file: ExactText, _ rule: String, _ answer: Truth) throws {
        #expect(try holds("\(rule)gates: { a: { when: 'changes(\"docs/**\")', require: qa } }", file) == answer)
    }

    /// From its day on.
    @Test func aGateThatBlocksSomeDay() throws {
        let policy = "gates: { a: { require: qa, mode: advisory, until: 2026-12-01 } }"
        for (now, answer) in [(UntilTests.day - 1, Truth.no), (UntilTests.day, .yes)] {
            #expect(try holds(policy, now: now) == answer)
            #expect(try (summary(policy, now: now).status == .success) == (answer == .no))
        }
    }
}
