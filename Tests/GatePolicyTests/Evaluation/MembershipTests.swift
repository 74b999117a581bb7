import Testing

@testable import GatePolicy

@Suite struct MembershipTests {
    /// bob is in `qa`; carol in `qa` and `security`; dave in `security`; erin in `leads`.
    @Test(arguments: [
        ("qa", Outcome.approved), ("security", .waiting), ("qa | security", .approved), ("qa & security", .waiting),
        ("qa - security", .approved), ("qa - (qa & security)", .approved), ("security - qa", .waiting),
        ("@bob", .approved), ("@BOB", .approved), ("@acme/qa", .approved), ("@bob - qa", .waiting),
        ("writers", .waiting),
        ("QA", .approved),
    ])
    func bobSigns(_ people: String, _ outcome: Outcome) throws {
        var story = Story()
        story.review(Story.bob)
        #expect(try story.outcome(people) == outcome)
    }

    /// Sets over the same unknown are exact: `qa` cannot be read, bob has signed.
    @Test(arguments: [
        ("qa", Outcome.undecided), ("(qa | security) - qa", .waiting), ("qa - (qa & leads)", .undecided),
        ("qa & (security - qa)", .waiting), ("(qa - leads) | (@bob - qa)", .approved), ("@bob | qa", .approved),
        ("qa & leads", .waiting), ("security - qa", .waiting), ("(qa | @bob) - (qa - leads)", .undecided),
        ("(qa & @bob) | (@bob - qa)", .approved),
    ])
    func theSameUnknownIsTheSame(_ people: String, _ outcome: Outcome) throws {
        var story = Story()
        story.hide("qa")
        story.review(Story.bob)
        #expect(try story.outcome(people) == outcome)
    }

    @Test func twoUnknownsAreTriedTogether() throws {
        var story = Story()
        story.hide("qa")
        story.hide("security")
        story.review(Story.bob)
        #expect(try story.outcome("(qa - security) & (security - qa)") == .waiting)
        #expect(try story.outcome("(qa | security) - (qa & security)") == .undecided)
        #expect(try story.outcome("(@bob - (qa & security)) | (qa & security & @bob)") == .approved)
    }

    /// A name that is gone never makes anybody eligible, and never lets a blocker off.
    @Test func goneNames() throws {
        var story = Story()
        story.facts.organizationMembers = .known([Story.bob])
        story.review(Story.bob)
        #expect(try story.outcome("gone") == .waiting)
        #expect(try story.outcome("gone | qa") == .approved)
        #expect(try story.outcome("org_members - gone") == .undecided)
        story.facts.users["vanished"] = .known(nil)
        #expect(try story.outcome("org_members - @vanished") == .undecided)
        #expect(try story.outcome("all of (@bob | gone)") == .undecided)
        #expect(try story.outcome("all of (@bob | @vanished)") == .undecided)
        #expect(try story.verdict("version: 1\ngates: { it: { require: qa | gone } }").problems.count == 1)
    }

    @Test func goneNamesInConditions() throws {
        let story = Story()
        // As written, more people could only ask for more: not nobody, but unknown.
        #expect(try story.mark("author(gone)") == .unknown)
        #expect(try story.gate(["when: 'not author(gone)'", "require: qa", "block: none"]).when?.mark == .met)
        var blocked = Story()
        blocked.review(Story.bob, .requestChanges)
        #expect(try blocked.gate(["require: qa", "block: gone"]).outcome == .undecided)
    }

    /// A login that is another name of the account takes it out, too.
    @Test func renamedUser() throws {
        var story = Story()
        story.facts.organizationMembers = .known([Story.bob])
        story.facts.users["robert"] = .known(Story.bob)
        story.review(Story.bob)
        #expect(try story.outcome("org_members - @robert") == .waiting)
    }

    /// Who may write reads, too; of nobody else is it known.
    @Test func readersOfAPrivateRepository() throws {
        var story = Story()
        story.review(Story.bob)
        func outcome() throws -> Outcome? {
            try story.gate(["require: readers", "open: true", "block: none"]).outcome
        }
        let unknown = Unknown(cause: .notTold, subject: "who may write the code", reason: "", cure: "")
        story.facts.writers = RightHolders(proven: [Story.bob], possible: nil, unknown: unknown)
        #expect(try outcome() == .approved)
        story.facts.writers = RightHolders(proven: [Story.carol], possible: [Story.carol], unknown: unknown)
        #expect(try outcome() == .undecided)
        story.facts.admins = RightHolders(proven: [Story.bob], possible: nil, unknown: unknown)
        #expect(try outcome() == .approved)
        story.facts.admins = nil
        story.facts.repository.isPrivate = false
        #expect(try outcome() == .approved)
    }

    @Test func inactiveAndPlaceholders() throws {
        var story = Story()
        story.team("qa", [Account(id: 2, login: "bob", isActive: false), Story.ghost])
        story.review(Story.bob)
        story.review(Story.ghost)
        #expect(try story.outcome("qa") == .waiting)
    }

    @Test func rightHolders() throws {
        var story = Story()
        story.review(Story.bob)
        let unknown = Story.unknown("who may write the code")
        story.facts.writers = RightHolders(proven: [Story.carol], possible: nil, unknown: unknown)
        #expect(try story.outcome("writers") == .undecided)
        story.facts.writers = RightHolders(proven: [Story.carol], possible: [Story.dave], unknown: unknown)
        #expect(try story.outcome("writers") == .waiting)
        story.facts.writers = RightHolders(proven: [Story.bob], possible: nil, unknown: unknown)
        #expect(try story.outcome("writers") == .approved)
    }

    @Test func incompleteTeam() throws {
        var story = Story()
        story.facts.teamMembers[101] = .known(
            TeamMembers(listed: [Story.carol], incomplete: Story.unknown("who else is in team `qa`")))
        story.review(Story.bob)
        #expect(try story.outcome("qa") == .undecided)
        story.review(Story.carol)
        #expect(try story.outcome("qa") == .approved)
        #expect(try story.outcome("2 of qa") == .undecided)
        #expect(try story.outcome("3 of qa") == .waiting)
    }

    @Test func aUsersRepositoryHasNoTeams() throws {
        var story = Story()
        story.facts.repository.ownerIsOrganization = .known(false)
        story.facts.directories = [:]
        let policy = try Story.policy("version: 1\ngates: { it: { require: qa, block: none } }")
        #expect(policy.evaluate(story.facts).problems.count == 1)
        #expect(policy.needs(story.facts).isEmpty)
    }

    /// Of those who signed nobody knows whether they are asked for: it is not said that they are not.
    @Test func everybodyOfASetThatCannotBeListed() throws {
        var story = Story()
        story.facts.writers = RightHolders(
            proven: [], possible: nil, unknown: Story.unknown("who may write the code"))
        story.review(Story.bob)
        let gate = try story.gate(require: "all of writers")
        #expect(gate.outcome == .undecided)
        #expect(gate.reviews.map { $0.fate.mark } == ["unknown"])
    }

    /// No name is wrong there, and nobody is asked.
    @Test func membersOfAUser() throws {
        var story = Story()
        story.facts.repository.ownerIsOrganization = .known(false)
        story.facts.organizationMembers = nil
        story.review(Story.bob)
        let gate = try story.gate(require: "org_members")
        #expect(gate.outcome == .undecided)
        #expect(gate.unknowns.map(\.reason) == ["`acme` is a user, and no organisation"])
        #expect(gate.unknowns.map(\.cure) == ["take `org_members` out of the policy: name accounts, or `writers`"])
        let policy = try Story.policy("version: 1\nblock: none\ngates: { a: { require: org_members } }\n")
        #expect(!policy.needs(story.facts).contains(.organizationMembers))
    }
}
