import Testing

@testable import GatePolicy

@Suite struct LabelTests {
    private func story(_ labels: [String], _ rows: [(TimelineEntry.Event, Account?)]) -> Story {
        var story = Story()
        story.facts.pullRequest.labels = labels
        for (index, row) in rows.enumerated() { story.happens(row.0, by: row.1, second: Int64(900 + index)) }
        return story
    }

    @Test func withoutPeople() throws {
        #expect(try story(["Tier:High"], []).mark("label(\"tier:high\")") == .met)
        #expect(try story([], []).mark("label(\"tier:high\")") == .unmet)
        #expect(try story(["area:x"], []).mark("label(\"area:*\")") == .met)
        #expect(try story(["a"], []).mark("label(\"a\", \"b\")") == .unmet)
    }

    /// Where it helps: present, and the newest row that added it is by one of them.
    @Test(arguments: [
        (["x"], [Story.erin], Explanation.Mark.met), ([], [Story.erin], .unmet), (["x"], [Story.bob], .unmet),
        (["x"], [Story.erin, Story.bob], .unmet), (["x"], [Story.bob, Story.erin], .met),
        (["x"], [Story.alice], .unmet),
        (["x"], [], .unmet),
    ])
    func whereItHelps(_ labels: [String], _ added: [Account], _ mark: Explanation.Mark) throws {
        var story = story(labels, added.map { (.labelAdded("X"), $0) })
        story.team("leads", [Story.erin, Story.alice])
        #expect(try story.mark("label(\"x\" by leads)", helps: true) == mark)
    }

    @Test func aCommittersLabelHelpsNobody() throws {
        var story = story(["x"], [(.labelAdded("x"), Story.erin)])
        story.commit(by: Story.erin)
        #expect(try story.mark("label(\"x\" by leads)", helps: true) == .unmet)
    }

    /// A label that asks for more stays when the account that put it on is deactivated, and one that helps does not.
    @Test func aDeactivatedAccountsLabel() throws {
        let erin = Account(id: Story.erin.id, login: "erin", isActive: false)
        var story = story(["x"], [(.labelAdded("x"), erin)])
        story.team("leads", [erin])
        #expect(try story.mark("label(\"x\" by leads)") == .met)
        #expect(try story.mark("label(\"x\" by leads)", helps: true) == .unmet)
    }

    /// With `*`, every label is judged by its own rows.
    @Test func patternsAreJudgedLabelByLabel() throws {
        let rows: [(TimelineEntry.Event, Account?)] = [
            (.labelAdded("area:a"), Story.bob), (.labelAdded("area:b"), Story.erin),
            (.labelRemoved("area:b"), Story.bob),
        ]
        #expect(try story(["area:a"], rows).mark("label(\"area:*\" by leads)", helps: true) == .unmet)
        #expect(
            try story(["area:a", "area:b"], Array(rows.prefix(2)).reversed()).mark(
                "label(\"area:*\" by leads)", helps: true) == .met)
    }

    /// Where its absence helps: the newest row by one of them, whoever else took it off.
    @Test(arguments: [
        ([(true, Story.erin)], Explanation.Mark.met), ([(true, Story.erin), (false, Story.bob)], .met),
        ([(true, Story.erin), (false, Story.erin)], .unmet), ([(true, Story.bob)], .unmet),
        ([(true, Story.erin), (false, Story.erin), (true, Story.erin)], .met),
        ([(true, Story.bob), (false, Story.erin)], .unmet), ([], .unmet),
    ])
    func whereItsAbsenceHelps(_ rows: [(Bool, Account)], _ mark: Explanation.Mark) throws {
        let story = story([], rows.map { ($0.0 ? .labelAdded("x") : .labelRemoved("x"), $0.1) })
        #expect(try story.mark("label(\"x\" by leads)") == mark)
    }

    @Test func unknowns() throws {
        var story = story(["x"], [(.labelAdded("x"), Story.erin), (.labelRemoved("x"), Story.erin)])
        story.hide("leads")
        // She put it on and took it off: whether she is one of them changes nothing.
        #expect(try story.mark("label(\"x\" by leads)") == .unmet)
        #expect(try story.mark("label(\"x\" by leads)", helps: true) == .unknown)
        story.facts.timeline = .unknown(Story.unknown("what happened"))
        #expect(try story.mark("label(\"x\" by leads)") == .unknown)
        #expect(try story.mark("label(\"y\" by leads)", helps: true) == .unmet)
    }
}
