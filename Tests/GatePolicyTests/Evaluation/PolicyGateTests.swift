import Testing

@testable import GatePolicy

/// The gate that guards the policy itself.
@Suite struct PolicyGateTests {
    private static let own: ExactText = ".countersign.yml"
    private static let base = Story.commit("d")

    private static let mistake = Diagnostic(
        span: SourceSpan(file: ".countersign.yml", line: 3, column: 5), message: "a gate has no key `requires`")

    /// A pull request of alice's that changes these files.
    private func story(
        _ files: [ExactText: PolicyFile], also: [String] = [], atBase: [ExactText: PolicyFile] = [:]
    ) -> Story {
        var story = Story()
        story.facts.pullRequest.base = Self.base
        let changed = Set(files.keys)
        story.facts.watchedFiles = .known(
            WatchedFiles(same: Set(PolicyPath.inOrder).subtracting(changed), different: changed))
        let paths = changed.map(\.description) + also
        story.facts.effectiveChanges[.init(commit: Story.head, baseBranch: "main")] = .known(
            EffectiveChange(entries: Set(paths.map { .init(path: $0, before: "100644 a", after: "100644 b") })))
        for (path, file) in files {
            story.facts.policyFiles[.init(path: path, commit: Story.head)] = .known(file)
        }
        for path in PolicyPath.inOrder {
            story.facts.policyFiles[.init(path: path, commit: Self.base)] = .known(atBase[path] ?? .absent)
        }
        story.facts.writers = Story.holders([Story.alice, Story.bob, Story.dave])
        return story
    }

    /// What the gate came to under a rule; nil where it is not there.
    private func gate(_ story: Story, _ rule: String = "", _ more: String = "block: none\n") throws -> GateVerdict? {
        let policy = rule.isEmpty ? "" : "policy: { require: '\(rule)' }\n"
        return try story.verdict("version: 1\n\(policy)\(more)gates: { a: { when: fork, require: qa } }\n")
            .gates.first { $0.name == "policy" }
    }

    @Test func whereNothingOfItChangesTheGateIsNotThere() throws {
        #expect(try gate(Story()) == nil)
        var behind = story([Self.own: .valid(includes: [])])
        behind.facts.effectiveChanges[.init(commit: Story.head, baseBranch: "main")] = .known(
            EffectiveChange(entries: [.init(path: "src/a", before: nil, after: "100644 b")]))
        #expect(try gate(behind) == nil, "the base has moved on, and the pull request is only behind")
    }

    @Test func whereNobodyKnowsWhetherItChanges() throws {
        var story = story([Self.own: .valid(includes: [])])
        #expect(try gate(story)?.summary == "The pull request changes the policy")
        story.facts.watchedFiles = .unknown(Story.unknown("what the policy's files are"))
        story.facts.effectiveChanges[.init(commit: Story.head, baseBranch: "main")] = .unknown(
            Story.unknown("what it changes"))
        let gate = try gate(story)
        #expect(gate?.outcome == .undecided)
        #expect(gate?.summary == "Whether the pull request changes the policy is not known")
    }

    @Test func itHoldsTheSummary() throws {
        let waiting = story([Self.own: .valid(includes: [])])
        let verdict = try waiting.verdict("version: 1\ngates: { a: { when: fork, require: qa } }\n")
        #expect(verdict.summary.outcome == .waiting)
        #expect(verdict.gates.last?.context == "countersign/policy: main")
        #expect(verdict.statusDescription.description == "waiting: policy needs 1 more of writers (bob or dave)")
    }

    @Test(arguments: PolicyPath.inOrder) func anyPolicyPathIsOne(_ path: ExactText) throws {
        var story = story([path: .valid(includes: [])])
        #expect(try gate(story)?.outcome == .waiting)
        story.review(Story.bob)
        #expect(try gate(story)?.outcome == .approved)
    }

    /// Whose signature counts, and for which head, is not the file's to say.
    @Test(arguments: ["", "approvals: { author: true, committers: true, stale: keep }\n"])
    func onlyForTheVeryHeadAndNeverOfWhoWroteIt(_ more: String) throws {
        let more = "block: none\n" + more
        var older = story([Self.own: .valid(includes: [])])
        older.review(Story.bob, at: Story.old)
        older.facts.effectiveChanges[.init(commit: Story.old, baseBranch: "main")] =
            older.facts.effectiveChanges[.init(commit: Story.head, baseBranch: "main")]
        #expect(try gate(older, "", more)?.outcome == .waiting)
        var opener = story([Self.own: .valid(includes: [])])
        opener.review(Story.alice)
        #expect(try gate(opener, "", more)?.outcome == .waiting)
        var committer = story([Self.own: .valid(includes: [])])
        committer.commit(by: Story.bob)
        committer.review(Story.bob)
        #expect(try gate(committer, "", more)?.outcome == .waiting)
        var pusher = story([Self.own: .valid(includes: [])])
        pusher.happens(.push(commits: [Story.head], forced: false), by: Story.bob, second: 900)
        pusher.review(Story.bob)
        #expect(try gate(pusher, "", more)?.outcome == .waiting)
        var outsider = story([Self.own: .valid(includes: [])])
        outsider.review(Story.erin)
        #expect(try gate(outsider, "", more)?.outcome == .waiting)
    }

    @Test func whoeverMayBlockBlocksIt() throws {
        var story = story([Self.own: .valid(includes: [])])
        story.review(Story.bob)
        story.review(Story.dave, .requestChanges)
        #expect(try gate(story, "", "")?.outcome == .rejected)
        #expect(try gate(story, "", "block: none\n")?.outcome == .approved)
    }

    @Test(arguments: [
        (PolicyFile.broken([mistake]), "the new policy is not valid: .countersign.yml:3: a gate has no key `requires`"),
        (.notAFile("symlink"), "the new policy is not valid: `.countersign.yml` is a symlink"),
        (.notAFile("directory"), "the new policy is not valid: `.countersign.yml` is a directory"),
        (.notAFile("submodule"), "the new policy is not valid: `.countersign.yml` is a submodule"),
    ]) func whatIsNoPolicyNeverPasses(_ file: PolicyFile, _ text: String) throws {
        for rule in ["", "nobody", "leads"] {
            var story = story([Self.own: file])
            story.review(Story.bob)
            story.review(Story.erin)
            let gate = try #require(try gate(story, rule))
            #expect(gate.outcome == .rejected)
            #expect(gate.statusDescription(names: true).description == text)
        }
    }

    @Test func nobodyAsksForValidityAndSaysSo() throws {
        let gate = try #require(try gate(story([Self.own: .valid(includes: [])]), "nobody"))
        #expect(gate.outcome == .approved)
        #expect(
            gate.statusDescription(names: true).description
                == "the new policy is valid, and `policy: { require: nobody }` asks for no more")
        #expect(gate.lines(names: true).contains { $0.contains("nobody has to sign") })
    }

    // MARK: Deletions

    @Test func aDeletionNeedsSomebodyWhateverThePolicySays() throws {
        for rule in ["", "nobody"] {
            var story = story([Self.own: .absent])
            let waiting = try #require(try gate(story, rule))
            #expect(waiting.outcome == .waiting, "\(rule)")
            #expect(waiting.lines(names: true).contains { $0.contains("countersign forget") })
            story.review(Story.bob)
            #expect(try gate(story, rule)?.outcome == .approved, "\(rule)")
        }
    }

    @Test func aDeletionShowsTheNextFileWhichMustBeAPolicy() throws {
        let next: ExactText = ".gitea/countersign.yml"
        #expect(
            try gate(story([Self.own: .absent], atBase: [next: .valid(includes: [])]), "nobody")?.outcome == .approved)
        let broken = try gate(story([Self.own: .absent], atBase: [next: .broken([Self.mistake])]), "nobody")
        #expect(broken?.outcome == .rejected)
        // A rename into another path is a deletion there and an addition here.
        #expect(try gate(story([Self.own: .absent, next: .valid(includes: [])]), "nobody")?.outcome == .approved)
    }

    private static let included: [ExactText] = ["ci/gates.yml", "ci/more.yml"]

    /// A policy of the base that includes two files of its own.
    private func including() throws -> Policy {
        var change = ChangeRule.standard
        change.require = nil
        return Policy(
            file: "p", digest: "d", gates: [], parts: [], block: Block(by: nil), change: change,
            included: Self.included, warnings: [])
    }

    /// A pull request that changes files of that policy.
    private func changing(
        _ changed: [ExactText: PolicyFile], also: [String] = [], atBase: [ExactText: PolicyFile] = [:]
    ) -> Story {
        var story = story(changed, also: also, atBase: atBase)
        let paths = Set(PolicyPath.inOrder + Self.included)
        story.facts.watchedFiles = .known(
            WatchedFiles(same: paths.subtracting(changed.keys), different: Set(changed.keys)))
        for path in Self.included {
            story.facts.policyFiles[.init(path: path, commit: Self.base)] = .known(atBase[path] ?? .valid(includes: []))
        }
        return story
    }

    /// What the policy after the merge still includes cannot be deleted, whatever else is changed.
    @Test func whatIsStillIncludedIsNobodysToDelete() throws {
        let gates: ExactText = "ci/gates.yml"
        let more: ExactText = "ci/more.yml"
        let own = Self.own
        let still: [([ExactText: PolicyFile], [ExactText: PolicyFile])] = [
            ([gates: .absent], [:]),
            ([gates: .absent, more: .absent], [:]),
            ([gates: .absent, own: .valid(includes: [gates])], [:]),
            ([gates: .absent, own: .valid(includes: [more])], [more: .valid(includes: [gates])]),
            ([gates: .absent, own: .valid(includes: [more]), more: .valid(includes: [gates])], [:]),
            ([gates: .absent, more: .valid(includes: [])], [own: .valid(includes: [gates, more])]),
            ([gates: .absent, ".gitea/countersign.yml": .valid(includes: [])], [own: .valid(includes: [gates])]),
            ([gates: .absent, own: .absent], [".gitea/countersign.yml": .valid(includes: [gates])]),
        ]
        for (changed, atBase) in still {
            let verdict = try including().evaluate(changing(changed, atBase: atBase).facts)
            let gate = try #require(verdict.gates.first)
            #expect(gate.outcome == .rejected, "\(changed) \(atBase)")
            #expect(gate.lines(names: true).contains { $0.contains("the policy includes the file, and it is deleted") })
        }
        let gone: [([ExactText: PolicyFile], [ExactText: PolicyFile])] = [
            ([gates: .absent, own: .valid(includes: [])], [:]),
            ([gates: .absent, own: .valid(includes: [more])], [:]),
            ([gates: .absent, own: .valid(includes: [more])], [".gitea/countersign.yml": .valid(includes: [gates])]),
            ([gates: .absent, more: .valid(includes: [])], [own: .valid(includes: [more])]),
            ([gates: .absent, own: .absent], [".gitea/countersign.yml": .valid(includes: [])]),
        ]
        for (changed, atBase) in gone {
            let verdict = try including().evaluate(changing(changed, atBase: atBase).facts)
            #expect(verdict.gates.first?.outcome == .approved, "\(changed) \(atBase)")
        }
    }

    /// A file that nobody watches yet is read as the pull request brings it.
    @Test func whatIncludesItMustBeRead() throws {
        var story = changing([Self.own: .valid(includes: ["new.yml"]), "ci/gates.yml": .absent], also: ["new.yml"])
        let key = PolicyFile.Key(path: "new.yml", commit: Story.head)
        #expect(try including().needs(story.facts, asksWhoCanSign: false) == [.policyFile(key)])
        func outcome(_ file: Known<PolicyFile>) throws -> Outcome? {
            story.facts.policyFiles[key] = file
            return try including().evaluate(story.facts).gates.first?.outcome
        }
        #expect(try outcome(.known(.valid(includes: ["ci/gates.yml"]))) == .rejected)
        #expect(try outcome(.known(.valid(includes: []))) == .approved)
        #expect(try outcome(.unknown(Story.unknown("what it says"))) == .undecided)
        let many = (0..<30).map { ExactText("\($0).yml") }
        #expect(try outcome(.known(.valid(includes: many))) == .undecided)
    }

    @Test func theOrganisationsFileIsNobodysToDelete() throws {
        var story = story([PolicyPath.organizationFile: .absent])
        story.facts.repository.name = RepositoryName(owner: "acme", name: ".countersign")
        #expect(try gate(story, "nobody")?.outcome == .waiting)
        var other = self.story([PolicyPath.organizationFile: .absent])
        other.facts.watchedFiles = .known(WatchedFiles(same: Set(PolicyPath.inOrder)))
        #expect(try gate(other) == nil, "elsewhere it is a file like any other")
    }

    // MARK: One person

    @Test func whoIsTheOnlyWriterMayChangeHisLaw() throws {
        var story = story([Self.own: .valid(includes: [])])
        story.facts.writers = Story.holders([Story.alice, Story.service])
        let alone = try #require(try gate(story))
        #expect(alone.outcome == .approved)
        #expect(
            alone.statusDescription(names: true).description
                == "the new policy is valid, and alice is the only one who may write")
        #expect(try gate(story, "leads")?.outcome == .waiting, "who asks for others gets others")
        #expect(try gate(story, "2 of writers")?.outcome == .waiting)
        story.facts.pullRequest.author = Story.bob
        #expect(try gate(story)?.outcome == .waiting)
    }

    @Test func thatOthersMayNotWriteMustBeProven() throws {
        var story = story([Self.own: .valid(includes: [])])
        story.facts.writers = RightHolders(
            proven: [Story.alice], possible: nil, unknown: Story.unknown("who may write"))
        #expect(try gate(story)?.outcome != .approved)
        story.facts.writers = RightHolders(
            proven: [Story.alice], possible: [Story.alice, Story.bob], unknown: Story.unknown("who may write"))
        #expect(try gate(story)?.outcome != .approved)
        story.facts.writers = RightHolders(
            proven: [], possible: [Story.alice], unknown: Story.unknown("who may write"))
        #expect(try gate(story)?.outcome != .approved)
    }

    // MARK: What is not known

    @Test func whatCannotBeReadIsNoPass() throws {
        let unknown = Story.unknown("what it says")
        var files = story([Self.own: .valid(includes: [])])
        files.facts.watchedFiles = .unknown(unknown)
        #expect(try gate(files)?.outcome == .undecided)
        var change = story([Self.own: .valid(includes: [])])
        change.facts.effectiveChanges[.init(commit: Story.head, baseBranch: "main")] = .unknown(unknown)
        #expect(try gate(change)?.outcome == .undecided)
        var text = story([Self.own: .valid(includes: [])])
        text.review(Story.bob)
        text.facts.policyFiles[.init(path: Self.own, commit: Story.head)] = .unknown(unknown)
        #expect(try gate(text)?.outcome == .undecided)
        // Signed and valid, it does not matter whether the gate would be needed.
        change.review(Story.bob)
        #expect(try gate(change)?.outcome == .approved)
    }

    @Test func itAsksForNothingMoreBeforeItIsNeeded() throws {
        var story = Story()
        story.facts.watchedFiles = nil
        story.facts.writers = nil
        let policy = try Story.policy("version: 1\nblock: none\ngates: { a: { when: fork, require: qa } }")
        #expect(policy.needs(story.facts) == [.watchedFiles(Set(PolicyPath.inOrder))])
    }

    /// A file that decides what gates mean is part of the policy; nothing is asked of what it says.
    @Test func theOwnersOfTheCodeArePartOfIt() throws {
        var story = story([:])
        let path: ExactText = "docs/CODEOWNERS"
        let paths = PolicyPath.inOrder + CodeOwnersFile.paths.map { ExactText($0) }
        story.facts.watchedFiles = .known(WatchedFiles(same: Set(paths).subtracting([path]), different: [path]))
        story.facts.effectiveChanges[.init(commit: Story.head, baseBranch: "main")] = .known(
            EffectiveChange(entries: [.init(path: path.description, before: nil, after: "100644 b")]))
        func outcome(_ require: String) throws -> Outcome? {
            try story.verdict("version: 1\nblock: none\ngates: { a: { when: fork, require: \(require) } }\n")
                .gates.first { $0.name == "policy" }?.outcome
        }
        #expect(try outcome("codeowners") == .waiting)
        #expect(try outcome("qa") == nil)
        story.review(Story.bob)
        #expect(try outcome("codeowners") == .approved)
    }

    // MARK: Repair

    @Test func aRepairTakesAnAdministratorAndNothingElse() throws {
        var story = story([Self.own: .valid(includes: [])])
        story.facts.admins = Story.holders([Story.alice, Story.erin])
        #expect(Policy.repair(of: []).evaluate(story.facts).summary.outcome == .waiting)
        story.review(Story.bob)
        #expect(Policy.repair(of: []).evaluate(story.facts).summary.outcome == .waiting)
        story.review(Story.erin, at: Story.old)
        #expect(Policy.repair(of: []).evaluate(story.facts).summary.outcome == .waiting)
        story.review(Story.erin)
        #expect(Policy.repair(of: []).evaluate(story.facts).summary.outcome == .approved)
        story.review(Story.dave, .requestChanges)
        #expect(Policy.repair(of: []).evaluate(story.facts).summary.outcome == .rejected)
    }

    /// Of files that are included those with the mistakes are policy, too.
    @Test func whatIsIncludedIsRepairedToo() throws {
        let gates: ExactText = "ci/gates.yml"
        func outcome(_ files: [ExactText], _ changed: [ExactText: PolicyFile]) throws -> Outcome? {
            var story = story(changed)
            story.facts.watchedFiles = .known(
                WatchedFiles(
                    same: Set(PolicyPath.inOrder + [gates]).subtracting(changed.keys), different: Set(changed.keys)))
            story.facts.admins = Story.holders([Story.erin])
            story.review(Story.erin)
            return Policy.repair(of: files).evaluate(story.facts).gates.first?.outcome
        }
        let mended = PolicyFile.valid(includes: [])
        #expect(try outcome([gates], [gates: mended]) == .approved)
        #expect(try outcome([gates], [gates: mended, Self.own: mended]) == .approved)
        #expect(try outcome([gates], [gates: .absent, Self.own: mended]) == .approved)
        #expect(try outcome([gates], [gates: .absent]) == nil, "it is still included")
        #expect(try outcome([gates], [gates: .broken([Self.mistake])]) == nil)
        #expect(try outcome([], [gates: mended, Self.own: mended]) == nil, "elsewhere it is a file like any other")
    }

    /// What is no repair is no gate: the caller says why the policy cannot be used.
    @Test func whatIsNoRepairIsNone() throws {
        let unknown = Story.unknown("what it says")
        var unread = story([Self.own: .valid(includes: [])])
        unread.facts.watchedFiles = .unknown(unknown)
        var change = story([Self.own: .valid(includes: [])])
        change.facts.effectiveChanges[.init(commit: Story.head, baseBranch: "main")] = .unknown(unknown)
        var text = story([Self.own: .valid(includes: [])])
        text.facts.policyFiles[.init(path: Self.own, commit: Story.head)] = .unknown(unknown)
        let others = [
            Story(), story([Self.own: .broken([Self.mistake])]),
            story([Self.own: .valid(includes: [])], also: ["src/a"]),
            story([Self.own: .absent]), unread, change, text,
        ]
        for var story in others {
            story.facts.admins = Story.holders([Story.erin])
            story.review(Story.erin)
            let verdict = Policy.repair(of: []).evaluate(story.facts)
            #expect(verdict.gates.isEmpty)
            #expect(verdict.summary.outcome == .undecided)
        }
    }

    // MARK: What is touched

    @Test(arguments: [
        (".countersign.yml", true), (".countersign.yml/x", true), (".gitea", true), (".gitea/countersign.yml", true),
        (".gitea/workflows/ci.yml", false), (".Countersign.yml", false), (".countersign.yml2", false),
        ("x/.countersign.yml", false), (".giteax", false), (".forgejo/countersign.yml", true),
    ]) func pathsAboveAndBelowAreThePath(_ path: String, _ touches: Bool) {
        let change = EffectiveChange(entries: [.init(path: path, before: nil, after: "100644 a")])
        #expect(PolicyPath.inOrder.contains { change.touches($0) } == touches)
    }
}
