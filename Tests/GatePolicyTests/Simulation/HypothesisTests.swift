import Testing

@testable import GatePolicy

@Suite struct HypothesisTests {
    /// Labels are one whatever their case.
    @Test func labelsAreComparedWithoutCase() {
        var story = Story()
        story.facts.pullRequest.labels = ["Trivial"]
        #expect(story.facts.supposing([.unlabel("trivial", by: nil)]).pullRequest.labels.isEmpty)
        #expect(story.facts.supposing([.label("TRIVIAL", by: nil)]).pullRequest.labels == ["Trivial"])
    }
}
