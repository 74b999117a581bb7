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
