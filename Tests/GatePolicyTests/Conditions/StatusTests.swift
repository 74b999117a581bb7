import Testing

@testable import GatePolicy

@Suite struct StatusTests {
    @Test(arguments: [
        (StatusState.success as StatusState?, "status(\"ci\" from @bob)", Explanation.Mark.met),
        (.pending, "status(\"ci\" from @bob)", .unmet), (nil, "status(\"ci\" from @bob)", .unmet),
        (.warning, "status(\"ci\" from @bob)", .unmet),
        (.failure, "status(\"ci\" from @bob) in (failure, error)", .met),
        (.success, "status(\"ci\", \"lint\" from @bob)", .unmet), (.success, "status(\"CI\" from @bob)", .unmet),
        (.success, "status(\"ci\" from @carol)", .unmet), (.success, "status(\"ci\" from actions)", .unmet),
    ])
    func rows(_ state: StatusState?, _ condition: String, _ mark: Explanation.Mark) throws {
        var story = Story()
        story.status("ci", .success, by: Story.carol)
        story.status("ci", state, by: Story.bob)
        #expect(try story.mark(condition, helps: true) == mark)
    }

    @Test func theOpenersAndACommittersRows() throws {
        for creator in [Story.alice, Story.bob] {
            var story = Story()
            story.commit(by: Story.bob)
            story.status("ci", .success, by: creator)
            #expect(try story.mark("status(\"ci\" from @alice | @bob)", helps: true) == .unmet)
            #expect(try story.mark("status(\"ci\")") == .met)
        }
    }

    /// A deleted account's row is nobody's, and not Actions'.
    @Test func actions() throws {
        for (creator, mark) in [
            (Story.actions, Explanation.Mark.met), (nil, .met), (Story.ghost, .unmet), (Story.bob, .unmet),
        ] {
            var story = Story()
            story.status("ci", .success, by: creator)
            #expect(try story.mark("status(\"ci\" from actions)", helps: true) == mark)
        }
    }

    @Test(arguments: [
        ("countersign: main", Explanation.Mark.unmet), ("countersign/it: dev", .unmet), ("own / context", .unmet),
        ("countersign-ci", .met),
    ])
    func whatThePolicyPostsNeverMatches(_ context: String, _ mark: Explanation.Mark) throws {
        var story = Story()
        story.status(context, .success, by: Story.bob)
        let gate = try story.gate([
            "context: own / context", "when: 'status(\"\(context)\" from @bob)'", "require: qa",
        ])
        #expect(gate.when?.mark == mark)
    }

    /// Before it is posted, and after anybody else has posted it, what its absence opens stands open: the reader says so.
    @Test(arguments: [
        ("require: qa and not status(\"scan\" from @bob) in (failure)", true),
        ("when: status(\"scan\")\n    require: qa", true), ("require: qa and status(\"scan\" from @bob)", false),
        ("when: not status(\"scan\" from @bob)\n    require: qa", false),
    ])
    func whatItsAbsenceOpens(_ keys: String, _ isDoubtful: Bool) {
        let read = PolicyReader.read(
            "version: 1\ngates:\n  it:\n    \(keys)\n", file: "countersign.yml", digest: "d")
        #expect(read.policy != nil)
        #expect(read.diagnostics.contains { $0.message.contains("not posted") } == isDoubtful)
    }

    @Test func unknown() throws {
        var story = Story()
        story.facts.statuses = .unknown(Story.unknown("which statuses the head has"))
        #expect(try story.mark("status(\"ci\" from @bob)", helps: true) == .unknown)
    }
}
