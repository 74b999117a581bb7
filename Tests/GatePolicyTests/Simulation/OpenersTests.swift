import Testing

@testable import GatePolicy

private let policies: [String] = [
    "gates: { a: { require: qa } }", "gates: { a: { require: 2 of qa }, b: { require: security } }",
    "gates: { a: { require: qa - @carol }, b: { require: '@dave or security' } }",
    "gates: { a: { require: all of qa }, b: { require: author(security) or 2 of qa } }",
    "gates: { a: { require: qa }, b: { require: security } }\ndistinct: [a, b]",
    "gates: { a: { require: writers }, b: { require: qa & writers, waive: { by: security } } }",
    "gates: { a: { require: anyone, open: true }, b: { require: 2 of anyone, open: true } }",
    "gates: { a: { require: qa | author }, b: { require: qa } }",
    "gates: { a: { when: 'author(qa)', require: qa }, b: { require: security, block: { by: qa } } }",
    "gates: { a: { require: qa - writers } }", "gates: { a: { require: 2 of admins } }",
    "gates: { a: { require: security - writers }, b: { require: 'admins - @dave' } }",
]

/// Openers who make no difference are judged together, and it is told of each of them what it was told before.
@Suite struct OpenersTests {
    private static let strangers = (20..<40).map { Account(id: $0, login: "p\($0)") }
    private static let insiders = [Story.alice, Story.bob, Story.carol, Story.dave]

    private func known() -> Facts {
        var story = Story()
        story.team("qa", [Story.alice, Story.bob, Story.carol])
        story.team("security", [Story.carol])
        var known = Facts.ofPeople(in: story.facts.repository, now: story.facts.now)
        (known.directories, known.teamMembers) = (story.facts.directories, story.facts.teamMembers)
        let open = Unknown(cause: .notTold, subject: "s", reason: "r", cure: "c")
        known.writers = RightHolders(proven: [Story.dave], possible: [Story.dave, Story.bob], unknown: open)
        // Of whom a list says that they are not active, no list of openers does.
        let gone = Account(id: Story.alice.id, login: Story.alice.login, isActive: false)
        known.admins = RightHolders(proven: [gone, Story.bob, Story.carol], possible: nil, unknown: open)
        for account in [Story.carol, Story.dave] { known.users[account.login] = .known(account) }
        return known
    }

    @Test(arguments: policies) func together(text: String) throws {
        let policy = try Story.policy("version: 1\n" + text)
        let facts = known()
        let openers = Self.insiders + Self.strangers
        var alone: [String: [Account]] = [:]
        for opener in openers {
            for found in policy.obstacles(facts, openedBy: [opener]) {
                switch found.obstacle {
                case .whenOpenedBy(let people), .beside(_, let people): alone[found.gate, default: []] += people
                case .nobody: break
                }
            }
        }
        var together: [String: [Account]] = [:]
        for found in policy.obstacles(facts, openedBy: openers) {
            switch found.obstacle {
            case .whenOpenedBy(let people), .beside(_, let people): together[found.gate, default: []] += people
            case .nobody: break
            }
        }
        #expect(together == alone)
    }

    /// However many there are whom no set asks, it is one question.
    @Test func strangersAreOne() throws {
        let policy = try Story.policy("version: 1\ngates: { a: { require: qa }, b: { require: security } }")
        let groups = policy.alike(Self.insiders + Self.strangers, known(), among: known().everybody)
        // Of qa alone, of qa and maybe a writer, who may change the policy, of both teams, a writer, and of nothing.
        #expect(groups.map { $0.map(\.id) } == [[1], [2], [3], [4], Self.strangers.map(\.id)])
    }
}
