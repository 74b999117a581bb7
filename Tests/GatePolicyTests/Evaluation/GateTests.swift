import Testing

@testable import GatePolicy

@Suite struct GateTests {
    private func outcomes(_ story: Story, _ policy: String) throws -> [Outcome] {
        try story.verdict("version: 1\nblock: none\n\(policy)").gates.map(\.outcome)
    }

    @Test func gateAndClear() throws {
        let policy = """
            gates:
              a: { when: 'changes("docs/**")', require: qa }
              b: { require: gate("a") }
              c: { require: clear("a") }
            """
        var story = Story()
        #expect(try outcomes(story, policy) == [.notNeeded, .waiting, .approved])
        story.facts.files = .known([ChangedFile(path: "docs/x")])
        #expect(try outcomes(story, policy) == [.waiting, .waiting, .waiting])
        story.review(Story.bob)
        #expect(try outcomes(story, policy) == [.approved, .approved, .approved])
        story.facts.files = .unknown(Story.unknown("which files changed"))
        // Not needed or approved: success either way; but `gate` is not met by what is not needed.
        #expect(try outcomes(story, policy) == [.approved, .undecided, .approved])
    }

    @Test func thePeopleOfPartsOfParts() throws {
        let parts =
            "parts: { a: { require: gate(\"b\") and gate(\"c\") }, b: { require: qa }, c: { require: gate(\"b\") } }"
        let policy = try Story.policy("version: 1\nblock: none\ngates: { x: { require: gate(\"a\") } }\n\(parts)")
        let gate = try #require(policy.gates.first)
        #expect(policy.people(of: gate).map(\.description) == ["qa"])
        #expect(policy.peopleOfChanges.map(\.description) == ["writers"])
    }

    /// A label asks for more whoever set it; that it lets other people sign needs one who may set it.
    @Test func whatAppliesByTheOpenersDoingHelpsNobody() throws {
        let policy = """
            gates:
              a: { require: gate("p") or security }
              b: { require: clear("p") }
            parts:
              p: { when: 'label("trivial" by leads)', require: qa }
            """
        var story = Story()
        #expect(try outcomes(story, policy) == [.waiting, .approved])
        story.facts.pullRequest.labels = ["trivial"]
        story.happens(.labelAdded("trivial"), by: Story.alice, second: 900)
        story.review(Story.bob)
        #expect(try outcomes(story, policy) == [.waiting, .approved])
        story.happens(.labelAdded("trivial"), by: Story.erin, second: 910)
        #expect(try outcomes(story, policy) == [.approved, .approved])
        // Taken off by somebody else it still asks for more, and opens nothing.
        story.facts.pullRequest.labels = []
        story.happens(.labelRemoved("trivial"), by: Story.alice, second: 920)
        #expect(try outcomes(story, policy) == [.waiting, .approved])
        story.hide("leads")
        story.facts.pullRequest.labels = ["trivial"]
        #expect(try outcomes(story, policy) == [.undecided, .approved])
    }

    /// A checklist is needed where an item applies, so that is asked of its items, too.
    @Test(arguments: [
        "checklist: [ { item: x, by: qa, when: LABEL } ]",
        "when: files > 0, checklist: [ { item: x, by: qa, when: LABEL } ]",
        "checklist: [ { item: x, by: qa, when: LABEL }, { item: y, by: qa, when: fork } ]",
    ])
    func anItemThatAppliesByTheOpenersDoingHelpsNobody(_ keys: String) throws {
        func policy(_ label: String) -> String {
            let quick = "quick: { \(keys.replacing("LABEL", with: label)) }"
            return "gates:\n  release: { require: gate(\"quick\") or security }\n  \(quick)\n"
        }
        let read = PolicyReader.read("version: 1\n" + policy("label(\"t\")"), file: "countersign.yml", digest: "d")
        #expect(read.policy == nil)
        #expect(read.diagnostics.contains { $0.message.hasPrefix("`quick` must apply for this to pass") })
        var story = Story()
        story.facts.pullRequest.labels = ["t"]
        story.happens(.labelAdded("t"), by: Story.alice, second: 890)
        story.says("/ack x", by: Story.bob)
        #expect(try outcomes(story, policy("label(\"t\" by leads)"))[0] == .waiting)
        story.happens(.labelAdded("t"), by: Story.erin, second: 950)
        #expect(try outcomes(story, policy("label(\"t\" by leads)")) == [.approved, .approved])
    }

    /// A checklist of which some item is always asked for applies by its gate's `when` alone, and so does one that stands
    /// beside a `require`.
    @Test(arguments: [
        "checklist: [ { item: x, by: qa, when: label(\"t\") }, { item: y, by: qa } ]",
        "require: qa, checklist: [ { item: x, by: qa, when: label(\"t\") } ]",
    ])
    func anItemThatDecidesNothing(_ keys: String) throws {
        let text = "version: 1\ngates:\n  release: { require: gate(\"quick\") or security }\n  quick: { \(keys) }\n"
        #expect(PolicyReader.read(text, file: "countersign.yml", digest: "d").policy != nil)
    }

    /// The same where the places of several gates are filled by different people.
    @Test func whatAppliesByTheOpenersDoingSeatsNobody() throws {
        let policy = """
            gates:
              a: { require: gate("p") or leads, distinct: true }
            parts:
              p: { when: 'label("trivial" by leads)', require: 'qa and @carol' }
            """
        var story = Story()
        story.facts.pullRequest.labels = ["trivial"]
        story.happens(.labelAdded("trivial"), by: Story.alice, second: 900)
        story.review(Story.bob)
        story.review(Story.carol)
        #expect(try outcomes(story, policy) == [.waiting])
        story.happens(.labelAdded("trivial"), by: Story.erin, second: 910)
        #expect(try outcomes(story, policy) == [.approved])
    }

    /// Sizes that nobody can count ask for nothing by themselves, and open nothing either.
    @Test func aSizeThatIsNotKnownOpensNoOtherWay() throws {
        let policy = """
            gates:
              a: { require: gate("small") or security }
            parts:
              small: { when: lines < 10, require: qa }
            """
        var story = Story()
        story.facts.files = .known([ChangedFile(path: "a.bin", mayBeBinary: true)])
        story.review(Story.bob)
        #expect(try outcomes(story, policy) == [.undecided])
    }

    @Test func aReferenceSeesTheGateAsIfEnforced() throws {
        let policy = """
            gates:
              a: { require: qa, mode: MODE }
              b: { require: gate("a") }
            """
        for mode in ["off", "advisory"] {
            var story = Story()
            #expect(try outcomes(story, policy.replacing("MODE", with: mode))[1] == .waiting)
            story.review(Story.bob)
            #expect(try outcomes(story, policy.replacing("MODE", with: mode))[1] == .approved)
        }
    }

    @Test func partsHaveRulesOfTheirOwn() throws {
        let policy = """
            gates: { a: { require: gate("p") } }
            parts: { p: { require: qa, approvals: { committers: true } } }
            """
        var story = Story()
        story.commit(by: Story.bob)
        story.review(Story.bob)
        #expect(try outcomes(story, policy) == [.approved])
    }

    @Test(arguments: [
        ("never(\"frozen\")", Outcome.rejected), ("qa and never(\"frozen\")", .rejected),
        ("qa or never(\"frozen\")", .waiting), ("(fork and never(\"x\")) or qa", .waiting), ("gate(\"p\")", .rejected),
        ("clear(\"p\")", .rejected), ("clear(\"q\")", .approved), ("gate(\"q\")", .rejected),
    ])
    func never(_ require: String, _ outcome: Outcome) throws {
        let policy = """
            gates: { a: { require: '\(require)' }, z: { require: 'gate("p") or gate("q")', mode: off } }
            parts: { p: { require: never("frozen") }, q: { when: fork, require: never("forks") } }
            """
        #expect(try outcomes(Story(), policy)[0] == outcome)
    }

    @Test func neverUnderAFalseWhen() throws {
        #expect(try Story().gate(["when: fork", "require: never(\"no forks\")"]).outcome == .notNeeded)
    }

    @Test func advisoryAndOff() throws {
        let policy = "gates: { a: { require: qa, mode: advisory }, b: { require: qa, mode: off } }"
        let verdict = try Story().verdict("version: 1\n\(policy)")
        #expect(verdict.gates.map(\.outcome) == [.waiting, .off])
        #expect(verdict.gates.map(\.postedState) == [.success, .success])
        #expect(
            verdict.gates.map { $0.statusDescription(names: true).description } == [
                "[advisory] needs 1 more of qa (bob or carol)", "switched off by the policy",
            ])
        #expect(verdict.summary.outcome == .notNeeded)
        #expect(verdict.statusDescription.description == "nothing is enforced")
    }

    /// What is told to ask for nothing is evaluated all the same: an opener whose account is gone is not let off.
    @Test func advisoryForWhoeverOpenedIt() throws {
        var story = Story()
        let keys = ["require: qa", "block: none", "advisory: author(author)"]
        #expect(try !story.gate(keys).isEnforced)
        story.facts.pullRequest.author = nil
        #expect(try story.gate(keys).isEnforced)
    }

    @Test func advisoryWhileACondition() throws {
        let keys = ["require: qa", "block: none", "advisory: 'label(\"low\" by leads)'"]
        var story = Story()
        #expect(try story.gate(keys).isEnforced)
        story.facts.pullRequest.labels = ["low"]
        story.happens(.labelAdded("low"), by: Story.erin, second: 900)
        #expect(try !story.gate(keys).isEnforced)
        story.hide("leads")
        #expect(try story.gate(keys).outcome == .undecided)
        #expect(try story.gate(keys).postedState == .error)
        story.review(Story.bob)
        #expect(try story.gate(keys).outcome == .approved)
    }

    @Test func theSummaryIsTheWorst() throws {
        func summary(_ gates: [String], _ story: Story = Story()) throws -> Outcome {
            let lines = gates.enumerated().map { "  g\($0.offset): { require: '\($0.element)', block: none }" }
            return try story.verdict("version: 1\nblock: none\ngates:\n\(lines.joined(separator: "\n"))").summary
                .outcome
        }
        var story = Story()
        story.hide("security")
        story.review(Story.bob)
        #expect(try summary(["qa", "leads", "security", "never(\"x\")"], story) == .rejected)
        #expect(try summary(["qa", "leads", "security"], story) == .undecided)
        #expect(try summary(["qa", "leads"], story) == .waiting)
        #expect(try summary(["qa"], story) == .approved)
        #expect(
            try Story().verdict("version: 1\ngates: { a: { when: fork, require: qa } }").statusDescription.description
                == "no gate applies to main")
    }

    /// A chain of references, each twice, is judged in time that grows with its length and not beyond.
    @Test(.timeLimit(.minutes(1)))
    func repeatedReferences() throws {
        let gates = (0..<190).map { "  g\($0): { require: 'gate(\"g\($0 + 1)\") and (fork or gate(\"g\($0 + 1)\"))' }" }
        let policy = "version: 1\nblock: none\ngates:\n\(gates.joined(separator: "\n"))\n  g190: { require: qa }\n"
        var story = Story()
        #expect(try story.verdict(policy).text.utf8.count < 1_000_000)
        story.review(Story.bob)
        let verdict = try story.verdict(policy)
        #expect(verdict.summary.outcome == .approved)
        #expect(verdict.gates[0].reviews[0].fate == .counts(for: ["qa"]))
    }

    @Test func deepNestingInALongChain() throws {
        let deep = String(repeating: "(fork or ", count: 40) + "GATE" + String(repeating: ")", count: 40)
        let gates = (0..<190).map { "  g\($0): { require: '\(deep.replacing("GATE", with: "gate(\"g\($0 + 1)\")"))' }" }
        let policy = "version: 1\nblock: none\ngates:\n\(gates.joined(separator: "\n"))\n  g190: { require: qa }\n"
        #expect(try Story().verdict(policy).summary.outcome == .waiting)
    }

    /// Nobody can sign for a gate that does not apply: the way that somebody can go is told.
    @Test(arguments: [
        ("gate(\"other\") or security", "needs 1 more of security (carol or dave)"),
        ("security or gate(\"other\")", "needs 1 more of security (carol or dave)"),
        ("gate(\"piece\") or 2 of security", "needs 2 more of security (carol or dave)"),
        ("gate(\"other\")", "needs changes(\"x\") to hold"),
    ])
    func aGateThatDoesNotApplyIsNoWay(_ require: String, _ said: String) throws {
        let verdict = try Story().verdict(
            """
            version: 1
            block: none
            gates:
              it: { require: '\(require)' }
              other: { when: changes("x"), require: qa }
              both: { require: 'gate("piece") and qa' }
            parts:
              piece: { when: changes("y"), require: qa }
            """)
        #expect(verdict.gates[0].statusDescription(names: true).description == said)
    }
}
