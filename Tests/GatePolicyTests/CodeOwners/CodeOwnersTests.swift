import Testing

@testable import GatePolicy

/// `codeowners` and `owners_of_each_file` over what CODEOWNERS says.
@Suite struct CodeOwnersTests {
    static func story(_ text: String?, _ files: [String] = ["src/a.swift"]) -> Story {
        var story = Story()
        story.facts.codeOwners = .known(text.map { CodeOwnersFile(path: "CODEOWNERS", text: $0) })
        story.facts.files = .known(files.map { ChangedFile(path: $0) })
        return story
    }

    @Test func eachRuleNeedsAnOwnerOfItsOwn() throws {
        var story = Self.story(".* @erin\nsrc/.* @acme/qa\nlib/.* @dave")
        #expect(try story.outcome("owners_of_each_file") == .waiting)
        story.review(Story.bob)
        let gate = try story.gate(require: "owners_of_each_file")
        #expect(gate.outcome == .waiting)
        #expect(gate.steps.map { $0.wording(names: true) } == ["1 more of the owners of .* (erin)"])
        story.review(Story.erin)
        #expect(try story.outcome("owners_of_each_file") == .approved)
    }

    @Test func codeownersIsAnyOfThem() throws {
        var story = Self.story(".* @erin\nsrc/.* @acme/qa\nlib/.* @dave")
        story.review(Story.dave)
        #expect(try story.outcome("codeowners") == .waiting)
        story.review(Story.bob)
        #expect(try story.outcome("codeowners") == .approved)
        #expect(try story.outcome("2 of codeowners") == .waiting)
        #expect(try story.outcome("codeowners & leads") == .waiting)
        #expect(try story.outcome("2 of (codeowners | security)") == .approved)
        #expect(try story.outcome("security - codeowners") == .approved)
    }

    /// A word that names nobody can only name somebody besides; a pattern that cannot be read may speak of any files.
    @Test(arguments: [
        (".* @dave nobody@example.com", Story.dave, Outcome.rejected),
        (".* @dave nobody@example.com", Story.bob, .undecided), (".* nobody@example.com", Story.dave, .undecided),
        ("(?!x).* @dave", Story.dave, .undecided), ("lib/.* @dave nobody@example.com", Story.dave, .waiting),
        (".* @dave", Story.bob, .waiting),
    ])
    func ownersWhoBlock(_ line: String, _ blocker: Account, _ outcome: Outcome) throws {
        var story = Self.story(line)
        story.review(blocker, .requestChanges)
        #expect(try story.gate(["require: leads", "block: codeowners"]).outcome == outcome)
    }

    @Test func bothNamesOfARename() throws {
        var story = Self.story("old/.* @dave\nnew/.* @bob")
        story.facts.files = .known([ChangedFile(path: "new/a", previousPath: "old/a")])
        story.review(Story.bob)
        #expect(try story.outcome("owners_of_each_file") == .waiting)
        story.review(Story.dave)
        #expect(try story.outcome("owners_of_each_file") == .approved)
    }

    @Test func filesWithoutARuleNeedNobodyAndAreListed() throws {
        let story = Self.story("lib/.* @dave", ["README.md", "a", "b", "c", "d"])
        let gate = try story.gate(require: "owners_of_each_file")
        #expect(gate.outcome == .approved)
        #expect(gate.requirement?.detail == "no rule for `README.md`, `a`, `b` and 2 more")
        // The set is empty: nobody of it can sign.
        #expect(try story.outcome("codeowners") == .waiting)
    }

    @Test func withoutAFileItCannotBeMet() throws {
        var story = Self.story(nil)
        for person in [Story.bob, Story.carol, Story.dave, Story.erin] { story.review(person) }
        let gate = try story.gate(require: "owners_of_each_file")
        #expect(gate.outcome == .waiting)
        #expect(
            gate.statusDescription(names: true).description
                == "needs owners_of_each_file (there is no CODEOWNERS file) to hold")
        #expect(try story.outcome("codeowners") == .waiting)
        #expect(try story.outcome("qa - codeowners") == .approved)
    }

    @Test func theOpenerOwnsAndDoesNotCount() throws {
        var story = Self.story("src/.* @alice")
        story.review(Story.alice)
        #expect(try story.outcome("owners_of_each_file") == .waiting)
        #expect(try story.outcome("codeowners") == .waiting)
    }

    // MARK: What is not known

    /// A pattern outside RE2 may own any file: only a signature of its own owner outweighs that.
    @Test func aPatternOutsideRE2() throws {
        var story = Self.story("src/.* @bob\n(?!x).* @dave")
        story.review(Story.bob)
        let gate = try story.gate(require: "owners_of_each_file")
        #expect(gate.outcome == .undecided)
        #expect(gate.unknowns.first?.reason.hasPrefix("line 2 of `CODEOWNERS`") == true)
        #expect(gate.unknowns.first?.cure.contains("RE2") == true)
        #expect(try story.outcome("codeowners") == .approved)
        story.review(Story.dave)
        #expect(try story.outcome("owners_of_each_file") == .approved)
    }

    @Test func aPatternOutsideRE2MakesTheSetUnknown() throws {
        var story = Self.story("lib/.* @bob\n(?!x).* @dave")
        #expect(try story.outcome("codeowners") == .waiting)
        story.review(Story.carol)
        #expect(try story.outcome("codeowners") == .undecided)
        // Whoever it is, he must not be taken for nobody where that would help.
        #expect(try story.outcome("security - codeowners") == .undecided)
    }

    @Test(arguments: ["src/.*", "src/.* bob@example.com", "src/.* @acme/gone", "src/.* @vanished", "src/.* @a/b/c"])
    func anOwnerThatNobodyKnows(_ line: String) throws {
        var story = Self.story(".* @erin\n\(line)", ["src/a", "README.md"])
        story.facts.users["vanished"] = .known(nil)
        story.review(Story.erin)
        #expect(try story.outcome("owners_of_each_file") == .undecided)
        // The files of other rules are not touched by it.
        story.facts.files = .known([ChangedFile(path: "README.md")])
        #expect(try story.outcome("owners_of_each_file") == .approved)
    }

    /// `.` is every character but a line break: no rule would own such a file, and files without a rule need nobody.
    @Test(arguments: [".* @erin", "!src/.* @erin", "\\\\.gitea/[^/]*/.*yml @erin", "src/.* @dave\n.* @erin"])
    func aFileWithALineBreakInItsNameMayBeAnybodys(_ rules: String) throws {
        var story = Self.story(rules, [".gitea/workflows/x\n.yml"])
        let gate = try story.gate(require: "owners_of_each_file")
        #expect(gate.outcome == .undecided)
        #expect(gate.unknowns.first?.reason.contains("line break") == true)
        story.review(Story.bob)
        #expect(try story.outcome("owners_of_each_file") == .undecided)
        #expect(try story.outcome("codeowners") == .undecided)
        #expect(try story.outcome("qa - codeowners") == .undecided)
        story.review(Story.erin)
        story.review(Story.dave)
        #expect(try story.outcome("owners_of_each_file") == .approved)
    }

    /// What a rule owns besides is certain, and asks for its owner.
    @Test func aLineBreakBesideAnotherFile() throws {
        var story = Self.story("src/.* @erin", ["src/a", "src/b\n"])
        #expect(try story.outcome("owners_of_each_file") == .waiting)
        story.review(Story.erin)
        #expect(try story.outcome("owners_of_each_file") == .approved)
        #expect(try story.outcome("codeowners") == .approved)
    }

    /// One owner that is known and has signed is enough, whoever the other one was.
    @Test func aKnownOwnerBesideOneWhoIsGone() throws {
        var story = Self.story("src/.* @vanished @bob")
        story.facts.users["vanished"] = .known(nil)
        #expect(try story.outcome("owners_of_each_file") == .undecided)
        story.review(Story.bob)
        #expect(try story.outcome("owners_of_each_file") == .approved)
    }

    @Test func aTeamThatCannotBeRead() throws {
        var story = Self.story("src/.* @acme/qa")
        story.hide("qa")
        #expect(try story.outcome("owners_of_each_file") == .waiting)
        story.review(Story.bob)
        #expect(try story.outcome("owners_of_each_file") == .undecided)
        #expect(try story.outcome("codeowners") == .undecided)
        // The same team is the same question.
        #expect(try story.outcome("2 of (codeowners | qa)") == .waiting)
        #expect(try story.outcome("codeowners - qa") == .waiting)
    }

    @Test func factsThatCannotBeHad() throws {
        var story = Self.story("src/.* @bob")
        story.review(Story.bob)
        story.facts.files = .unknown(Story.unknown("which files changed"))
        #expect(try story.outcome("owners_of_each_file") == .undecided)
        #expect(try story.outcome("codeowners") == .undecided)
        story = Self.story("src/.* @bob")
        story.review(Story.bob)
        story.facts.codeOwners = .unknown(Story.unknown("what CODEOWNERS says"))
        #expect(try story.outcome("owners_of_each_file") == .undecided)
        #expect(try story.outcome("codeowners or qa") == .approved)
        story.facts.codeOwners = .known(
            CodeOwnersFile(path: "CODEOWNERS", text: String(repeating: "src/.* @bob\n", count: 2_001)))
        #expect(try story.gate(require: "owners_of_each_file").unknowns.first?.cause == .overLimit)
    }

    @Test func whatIsReadForIt() throws {
        var story = Story()
        story.facts.codeOwners = nil
        story.facts.files = nil
        let policy = try Story.policy("version: 1\ngates:\n  it: { require: owners_of_each_file, block: none }\n")
        #expect(policy.needs(story.facts).isSuperset(of: [.codeOwners, .files]))
        #expect(policy.codeOwnersPaths.first == "CODEOWNERS")
        let other = try Story.policy("version: 1\ngates:\n  it: { require: qa, block: none }\n")
        #expect(!other.needs(story.facts).contains(.codeOwners))
        #expect(other.codeOwnersPaths.isEmpty)
        let grouped = "version: 1\ngroups: { owners: leads | codeowners }\ngates:\n  it: { require: owners }\n"
        #expect(try Story.policy(grouped).speaksOfCodeOwners)
        let guarded =
            "version: 1\ngates:\n  it: { require: qa }\npolicy: { require: owners_of_each_file and leads }\n"
        #expect(try Story.policy(guarded).codeOwnersPaths == CodeOwnersFile.paths)
    }

    @Test(arguments: [
        "require: 2 of owners_of_each_file", "require: not owners_of_each_file", "when: owners_of_each_file",
        "waive: { by: owners_of_each_file }", "block: owners_of_each_file",
    ]) func whereItCannotStand(_ key: String) {
        let require = key.hasPrefix("require") ? "" : "    require: qa\n"
        let text = "version: 1\ngates:\n  it:\n\(require)    \(key)\n"
        #expect(PolicyReader.read(text, file: "countersign.yml", digest: "d").policy == nil)
    }
}
