import Foundation
import Testing

@testable import GatePolicy

/// What people and programs read of a verdict: the terminal's text and the JSON, verbatim.
@Suite struct VerdictGoldenTests {
    static let policy = """
        version: 1
        groups:
          humans: org_members - bots
        block: leads | qa
        gates:
          qa-review:
            description: Somebody from QA has looked at it
            when: not changes_only("docs/**")
            require: qa
            waive: { by: leads, reason: required }
          security-review:
            when: changes("infra/**") or label("tier:high" by leads)
            require: 2 of security or leads
          release:
            require: gate("two-people") and (leads or files < 20)
          slow:
            require: humans
            advisory: true
          frozen:
            when: base("release/*")
            require: never("frozen until the release")
        parts:
          two-people: { require: 2 of (qa | security) }
        """

    static let stories: [(name: String, story: Story)] = [
        ("waiting", waiting()), ("approved", approved()), ("rejected", rejected()), ("undecided", undecided()),
        ("waived", waived()), ("public", open()), ("fates", fates()), ("frozen", frozen()),
    ]

    private static func base(isPrivate: Bool = true) -> Story {
        var story = Story(isPrivate: isPrivate)
        story.team("bots", [])
        story.facts.organizationMembers = .known([Story.bob, Story.carol])
        return story
    }

    private static func waiting() -> Story {
        var story = base()
        story.facts.files = .known([ChangedFile(path: "infra/a", additions: 1)])
        story.review(Story.bob)
        return story
    }

    private static func approved() -> Story {
        var story = waiting()
        story.review(Story.carol)
        story.review(Story.dave)
        return story
    }

    private static func rejected() -> Story {
        var story = approved()
        story.review(Story.bob, .requestChanges)
        return story
    }

    private static func undecided() -> Story {
        var story = waiting()
        story.hide("qa")
        story.facts.statuses = nil
        return story
    }

    private static func waived() -> Story {
        var story = base()
        story.waive("qa-review", by: Story.erin, reason: "the fix for last night's outage")
        story.review(Story.dave)
        return story
    }

    private static func open() -> Story {
        var story = base(isPrivate: false)
        story.review(Story.bob)
        return story
    }

    private static func fates() -> Story {
        var story = base()
        story.commit(by: Story.dave)
        story.change(Story.old, is: "1")
        story.change(Story.head, is: "2")
        story.review(Story.alice)
        story.review(Story.bob, at: Story.old)
        story.review(Story.carol, isDismissed: true)
        story.review(Story.dave)
        story.review(Story.erin, .requestChanges, at: Story.old)
        story.review(nil)
        story.review(Story.erin, .pending)
        story.review(Story.carol, .comment)
        story.review(Story.bob, .other("APPROVE"))
        story.review(Story.erin, at: Story.old)
        return story
    }

    private static func frozen() -> Story {
        var story = approved()
        story.facts.pullRequest.baseBranch = "release/2"
        story.facts.pullRequest.title = "Hotfix\u{1B}[2J\nrelease"
        return story
    }

    static let checklist = """
        version: 1
        block: none
        gates:
          sop:
            description: Every item is answered and acknowledged
            checklist:
              - { item: testing, number: 1, ask: Comprehensive testing performed, by: qa or leads }
              - { item: root-cause, number: 2, ask: Root cause, by: leads }
              - { item: docs, number: 3, by: 2 of (qa | security), when: changes("src/**") }
              - { item: release, by: leads, when: base("release/*") }
        """

    /// Bob's word counts, the opener's and an outsider's do not, one is edited, one is for an older head.
    static func acknowledged() -> Story {
        var story = Story()
        story.facts.pullRequest.body = "- [x] **Comprehensive testing performed**: by hand\n- [x] Root cause\n"
        story.facts.templates = .known([])
        story.change(Story.old, is: "1")
        story.change(Story.head, is: "2")
        story.happens(.push(commits: [Story.old, Story.head], forced: false), by: Story.alice, second: 900)
        story.says("/ack 1, 3 looks right", by: Story.bob)
        story.says("/ack root-cause", by: Story.alice)
        story.says("/ack root-cause", by: Story.dave)
        story.says("/ack docs", by: Story.carol, isEdited: true)
        story.says("/ack docs @\(Story.old.text)", by: Story.dave)
        return story
    }

    @Test func whatIsReadOfAChecklist() throws {
        try Golden.expect(try Self.acknowledged().verdict(Self.checklist).text, matches: "../verdicts/checklist.txt")
    }

    /// A reader without a memory says what somebody with one could know; whoever has one does not.
    @Test func whatOnlyTheServiceKnows() throws {
        let policy = """
            version: 1
            block: { by: leads, comments: ["*:-1:*"] }
            gates:
              qa-review: { require: qa or @dave, waive: { by: leads } }
              release: { require: qa, approvals: { comments: ["*LGTM*"] } }
            """
        var story = Story()
        story.facts.comments = .known([
            Comment(
                id: 1, author: Story.erin, body: "/waive qa-review before the first push we know of",
                createdAt: Timestamp(seconds: 1), updatedAt: Timestamp(seconds: 1))
        ])
        story.says("/waive qa-review the fix for last night's outage", by: Story.erin)
        story.says("LGTM", by: Story.bob)
        try Golden.expect(try story.verdict(policy).text, matches: "../verdicts/without-a-memory.txt")
        story.facts.answersSeen = []
        #expect(try story.verdict(policy).unremembered == nil)
        #expect(try !story.verdict(policy).text.contains("only the service"))
    }

    @Test(arguments: stories.map(\.name))
    func whatIsRead(_ name: String) throws {
        let story = try #require(Self.stories.first { $0.name == name }?.story)
        let verdict = try story.verdict(Self.policy)
        try Golden.expect(verdict.text, matches: "../verdicts/\(name).txt")
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let json = String(decoding: try encoder.encode(verdict), as: UTF8.self) + "\n"
        try Golden.expect(json, matches: "../verdicts/\(name).json")
        #expect(try JSONDecoder().decode(Verdict.self, from: Data(json.utf8)) == verdict)
    }
}
