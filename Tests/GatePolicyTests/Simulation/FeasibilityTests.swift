import Testing

@testable import GatePolicy

@Suite struct FeasibilityTests {
    /// Gates that nobody can meet in `acme/site`, where the teams have these members.
    private func obstacles(
        _ policy: String, qa: [Account] = [Story.bob], security: [Account]? = [Story.bob], openedBy: [Account]? = []
    ) throws -> [Feasibility] {
        var story = Story()
        story.team("qa", qa)
        story.team("security", security)
        story.team("leads", [])
        var known = Facts.ofPeople(in: story.facts.repository, now: story.facts.now)
        (known.directories, known.teamMembers) = (story.facts.directories, story.facts.teamMembers)
        return try Story.policy("version: 1\n\(policy)").obstacles(known, openedBy: openedBy)
    }

    /// Conditions that only a pull request decides, and ways around the requirement, hide no obstacle.
    @Test(arguments: [
        "", "when: not changes_only(\"docs/**\"),", "waive: { by: security },", "approvals: { reviews: [ok] },",
    ])
    func tooFewPeople(_ more: String) throws {
        #expect(try obstacles("gates: { it: { \(more) require: 2 of qa } }").map(\.gate) == ["it"])
    }

    /// A name that names nothing is a mistake of its own: gates without it are judged all the same, and no other.
    @Test func besideNamesThatNameNothing() throws {
        var story = Story()
        story.team("qa", [Story.bob])
        var known = Facts.ofPeople(in: story.facts.repository, now: story.facts.now)
        (known.directories, known.teamMembers) = (story.facts.directories, story.facts.teamMembers)
        known.users["zoe"] = .known(nil)
        let policy = try Story.policy(
            """
            version: 1
            gates:
              many: { require: 2 of qa }
              misspelt: { require: qq or 2 of qa }
              without: { require: qa - qq and 2 of (qa | @zoe) }

            """)
        #expect(policy.evaluate(known).problems.count == 2)
        #expect(policy.obstacles(known.supposing(namesOf: policy), openedBy: []).map(\.gate) == ["many"])
    }

    /// Who is known to be inactive signs nothing; where the forge does not tell that, it is no obstacle.
    @Test(arguments: [(false, ["it"]), (nil, []), (true, [])] as [(Bool?, [String])])
    func membersWhoLeft(_ isActive: Bool?, _ found: [String]) throws {
        let bob = Account(id: Story.bob.id, login: "bob", isActive: isActive)
        #expect(try obstacles("gates: { it: { require: qa } }", qa: [bob]).map(\.gate) == found)
    }

    /// One person for two places of one gate.
    @Test(arguments: [
        "qa and security", "qa and security and base(\"x\")", "(qa and security) or leads",
        "qa and (security or leads)",
    ])
    func onePersonForTwoPlaces(_ require: String) throws {
        let gate = "gates: { it: { require: '\(require)', distinct: true } }"
        #expect(try obstacles(gate).map(\.gate) == ["it"])
        #expect(try obstacles(gate, security: [Story.bob, Story.carol]).isEmpty)
        // Where it is not known who is in the team it may be somebody else.
        #expect(try obstacles(gate, security: nil).isEmpty)
    }

    /// Another pull request may take another way.
    @Test(arguments: ["qa and base(\"x\")", "gate(\"p\")"])
    func anotherWayIsLeft(_ way: String) throws {
        let found = try obstacles(
            """
            gates:
              it: { require: '(qa and security) or (\(way))', distinct: true }
              other: { require: gate("p") }
            parts: { p: { when: base("x"), require: qa } }
            """)
        #expect(found.isEmpty)
    }

    @Test func whoeverOpensFillsNoPlace() throws {
        let found = try obstacles(
            "gates: { it: { require: qa and security, distinct: true } }", security: [Story.bob, Story.carol],
            openedBy: [Story.carol, Story.dave])
        #expect(found.map(\.obstacle) == [.whenOpenedBy([Story.carol])])
    }

    @Test func onePersonForTwoGates() throws {
        let list = "distinct: [one, two]"
        #expect(
            try obstacles("gates: { one: { require: qa }, two: { require: security } }\n\(list)").map(\.gate) == ["two"]
        )
    }

    /// Where a condition decides whether both apply, it is told what must come together for it.
    @Test(arguments: ["base(\"a\")", "not changes_only(\"docs/**\")", "label(\"x\")"])
    func onePersonForTwoGatesThatMayMeet(_ when: String) throws {
        let policy = """
            gates: { one: { when: '\(when)', require: qa }, two: { require: security } }
            distinct: [one, two]
            """
        let found = try obstacles(policy)
        #expect(found.map(\.gate) == ["two"])
        #expect(
            found.first?.wording
                == "nobody can meet the gate `two` when `one` applies too: `distinct` asks for different people")
        #expect(try obstacles(policy, security: [Story.bob, Story.carol]).isEmpty)
        let opened = try obstacles(policy, security: [Story.bob, Story.carol], openedBy: [Story.carol, Story.dave])
        #expect(opened.map(\.obstacle) == [.beside(gates: ["one"], openedBy: [Story.carol])])
        #expect(opened.first?.wording.contains("when `one` applies too and carol opens the pull request: ") == true)
    }

    /// Gates of two branches never meet on one pull request.
    @Test func onePersonForTwoBranches() throws {
        let list = "distinct: [one, two]"
        let apart = "gates: { one: { when: base(\"a\"), require: qa }, two: { when: base(\"b\"), require: security } }"
        #expect(try obstacles("\(apart)\n\(list)").isEmpty)
        let three = """
            gates:
              one: { when: base("a"), require: qa }
              two: { when: base("b"), require: security }
              three: { require: qa }
              four: { require: security }
            distinct: [one, two, three, four]
            """
        let found = try obstacles(three)
        #expect(found.map(\.gate) == ["three", "four"])
        #expect(found.map(\.obstacle.isForAll) == [false, true])
    }

    /// An item whose people are nobody.
    @Test(arguments: [
        "", "ask: Why?,", "when: changes(\"src/**\"),", "when: label(\"x\"),",
    ])
    func itemOfNobody(_ more: String) throws {
        func policy(_ by: String) -> String {
            "gates: { it: { require: qa, checklist: [{ item: a, \(more) by: \(by) }, { item: b, by: qa }] } }"
        }
        #expect(try obstacles(policy("leads")).map(\.gate) == ["it"])
        #expect(try obstacles(policy("leads")).first?.wording.contains("`/ack a`") == true)
        #expect(try obstacles(policy("2 of qa or 2 of security"), security: [Story.bob, Story.carol]).isEmpty)
        #expect(try obstacles(policy("security"), security: nil).isEmpty)
    }

    /// Whom a pull request alone tells may be anybody, where their signatures count.
    @Test(arguments: [
        ("require: committers, approvals: { committers: true }", true),
        ("require: committers and qa, distinct: true, approvals: { committers: true }", true),
        ("require: 2 of (qa | committers), approvals: { committers: true }", true),
        ("require: 2 of (qa & committers), approvals: { committers: true }", false),
        ("require: 2 of (qa | committers)", false), ("require: qa - committers", true),
        ("require: 'gate(\"own\")', approvals: { committers: false }", true),
        ("require: author, approvals: { author: true }", true),
        ("require: 2 of (qa | author), approvals: { author: true, comments: [ok] }", true),
        ("require: author & qa, approvals: { author: true }", true), ("require: 2 of (qa | author)", false),
        ("checklist: [{ item: a, by: author }], approvals: { author: true }", true),
    ])
    func whomAPullRequestTells(_ gate: String, _ isOpen: Bool) throws {
        let part =
            gate.contains("own") ? "parts: { own: { require: committers, approvals: { committers: true } } }" : ""
        #expect(try obstacles("gates: { it: { \(gate) } }\n\(part)").isEmpty == isOpen)
    }

    /// Who opens it is known then: somebody else is no author.
    @Test func whoeverOpensIsTheAuthor() throws {
        let gate = "gates: { it: { require: author & qa, approvals: { author: true } } }"
        #expect(
            try obstacles(gate, openedBy: [Story.bob, Story.carol]).map(\.obstacle) == [.whenOpenedBy([Story.carol])])
    }

    /// The account that posts the statuses signs nothing, whichever team it is in.
    @Test func theServiceAccountSignsNothing() throws {
        var story = Story()
        story.team("bots", [Story.service])
        story.team("qa", [Story.service, Story.bob])
        var known = Facts.ofPeople(in: story.facts.repository, now: story.facts.now)
        (known.directories, known.teamMembers) = (story.facts.directories, story.facts.teamMembers)
        known.serviceAccount = Story.service
        let policy = try Story.policy("version: 1\ngates: { one: { require: bots }, two: { require: 2 of qa } }")
        let found = policy.obstacles(known)
        #expect(found.map(\.gate) == ["one", "two"])
        #expect(found.map(\.obstacle.isForAll) == [true, true])
    }

    /// Who may waive, and who signs a change of the policy, are people like any others.
    @Test func waiversAndChanges() throws {
        var story = Story()
        story.team("qa", [Story.bob])
        story.team("leads", [])
        var known = Facts.ofPeople(in: story.facts.repository, now: story.facts.now)
        (known.directories, known.teamMembers) = (story.facts.directories, story.facts.teamMembers)
        func policy(_ waive: String, _ change: String) throws -> Policy {
            try Story.policy(
                "version: 1\ngates: { it: { require: qa, waive: { by: '\(waive)' } } }\npolicy: { require: '\(change)' }"
            )
        }
        let sound = try policy("2 of (qa | leads) or qa", "writers")
        #expect(sound.obstaclesToWaivers(known).isEmpty && sound.obstaclesToChanges(known).isEmpty)
        let empty = try policy("leads", "leads")
        #expect(
            empty.obstaclesToWaivers(known).first?.wording
                == "nobody can waive the gate `it`, even if everybody tried: 1 more of leads (nobody can sign at present)"
        )
        #expect(empty.obstaclesToWaivers(known).first?.span.line == 2)
        #expect(empty.obstaclesToChanges(known).map(\.gate) == ["policy"])
        #expect(empty.obstaclesToChanges(known).first?.span.line == 3)
        let lone = try policy("qa", "qa").obstaclesToChanges(known)
        #expect(lone.map(\.obstacle) == [.whenOpenedBy([Story.bob])])
        #expect(try policy("qa", "nobody").obstaclesToChanges(known).isEmpty)
    }

    /// The teams of a gate are read even where only a pull request decides whether it applies.
    @Test(arguments: [
        "require: qa", "when: changes(\"src/**\"), require: qa",
        "checklist: [{ item: a, ask: Why?, when: changes(\"src/**\"), by: qa }]",
    ])
    func teamsAreAskedFor(_ gate: String) throws {
        let story = Story()
        var facts = Facts.ofPeople(in: story.facts.repository, now: story.facts.now)
        facts.directories = story.facts.directories
        let needs = try Story.policy("version: 1\ngates: { it: { \(gate) } }").asAskedOfPeople.needs(facts)
        #expect(needs.contains(.teamMembers(id: 101, reference: .init(organization: "acme", name: "qa"))))
    }
}

extension Feasibility.Obstacle {
    fileprivate var isForAll: Bool { if case .nobody = self { true } else { false } }
}
