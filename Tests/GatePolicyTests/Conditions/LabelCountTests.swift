import Testing

@testable import GatePolicy

@Suite struct LabelCountTests {
    @Test(arguments: [
        ("labels(\"area:*\") >= 2", Explanation.Mark.met), ("labels(\"area:*\") > 2", .unmet),
        ("labels(\"area:*\") = 2", .met), ("labels(\"area:*\") != 2", .unmet), ("labels(\"other\") = 0", .met),
        ("labels(\"other\", \"area:a\") <= 1", .met), ("labels(\"*\") < 3", .unmet),
    ])
    func counts(_ condition: String, _ mark: Explanation.Mark) throws {
        var story = Story()
        story.facts.pullRequest.labels = ["area:a", "AREA:b", "x"]
        let condition =
            condition.contains("= 0") || condition.contains("<")
            ? condition.replacing(")", with: " by anyone)") : condition
        for label in ["area:a", "AREA:b", "x"] { story.happens(.labelAdded(label), by: Story.erin, second: 900) }
        let text = condition.replacing("by anyone", with: "by leads")
        #expect(try story.mark(text) == mark)
    }

    /// One more label and one less can turn `= n` and `!= n` both ways: neither a label that does not count nor one that
    /// others took off does so where that helps.
    @Test(arguments: [
        ("= 1", ["risk:a"], [], Explanation.Mark.met, Explanation.Mark.met),
        ("= 1", ["risk:a", "risk:b"], ["risk:b"], .unmet, .met), ("= 2", ["risk:a", "risk:b"], [], .met, .met),
        ("= 2", ["risk:a", "risk:b"], ["risk:b"], .unmet, .met),
        ("!= 2", ["risk:a", "risk:b"], ["risk:b"], .unmet, .met),
        ("!= 1", ["risk:a", "risk:b"], ["risk:b"], .unmet, .met),
        ("!= 3", ["risk:a", "risk:b"], ["risk:b"], .met, .met),
        ("!= 1", ["risk:a"], [], .unmet, .unmet), ("= 0", ["risk:a"], ["risk:a"], .unmet, .met),
        ("!= 0", ["risk:a"], ["risk:a"], .unmet, .met),
    ])
    func whatBothWaysCanTurn(
        _ comparison: String, _ added: [String], _ takenOff: [String], _ helps: Explanation.Mark,
        _ hinders: Explanation.Mark
    ) throws {
        var story = Story()
        for label in added { story.happens(.labelAdded(label), by: Story.erin, second: 900) }
        for label in takenOff { story.happens(.labelRemoved(label), by: Story.bob, second: 910) }
        // The opener's own never counts.
        story.happens(.labelAdded("risk:own"), by: Story.alice, second: 920)
        story.facts.pullRequest.labels = added.filter { !takenOff.contains($0) } + ["risk:own"]
        #expect(try story.mark("labels(\"risk:*\" by leads) \(comparison)", helps: true) == helps)
        #expect(try story.mark("labels(\"risk:*\" by leads) \(comparison)") == hinders)
        story.facts.timeline = .unknown(Story.unknown("what happened"))
        #expect(try story.mark("labels(\"risk:*\" by leads) \(comparison)", helps: true) == .unknown)
    }

    @Test func onlyWhatIsCertainOrCannotMatter() throws {
        var story = Story()
        story.facts.pullRequest.labels = ["area:a", "area:b"]
        story.happens(.labelAdded("area:a"), by: Story.erin, second: 900)
        story.happens(.labelAdded("area:b"), by: Story.bob, second: 901)
        story.hide("qa")
        #expect(try story.mark("labels(\"area:*\" by leads | qa) >= 1", helps: true) == .met)
        #expect(try story.mark("labels(\"area:*\" by leads | qa) >= 2", helps: true) == .unknown)
        #expect(try story.mark("labels(\"area:*\" by leads | qa) >= 3", helps: true) == .unmet)
    }
}
