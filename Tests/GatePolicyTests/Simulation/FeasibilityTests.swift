import Testing

@testable import GatePolicy

@Suite struct FeasibilityTests {
    /// Conditions that only a pull request decides, and ways around the requirement, hide no obstacle.
    @Test(arguments: [
        "", "when: not changes_only(\"docs/**\"),", "waive: { by: security },", "approvals: { reviews: [ok] },",
    ])
    func tooFewPeople(_ more: String) throws {
        var story = Story()
        story.team("qa", [Story.bob])
        let facts = Facts.ofPeople(in: story.facts.repository, now: story.facts.now)
        var known = facts
        (known.directories, known.teamMembers) = (story.facts.directories, story.facts.teamMembers)
        let policy = try Story.policy("version: 1\ngates: { it: { \(more) require: 2 of qa } }")
        #expect(policy.obstacles(known).map(\.gate) == ["it"])
    }
}
