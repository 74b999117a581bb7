import Testing

@testable import GatePolicy

/// `ignore_commits_by`: commits that exclude nobody and age nothing.
@Suite struct IgnoredCommitTests {
    static let robot = Account(id: 20, login: "robot")

    /// Bob wrote and approved nothing yet; the robot put one commit on top of alice's.
    static func story(robot: Account? = robot, pusher: Account? = robot) -> Story {
        var story = Story()
        story.team("bots", [Self.robot])
        story.facts.users["robot"] = .known(Self.robot)
        story.facts.commits = .known([
            Commit(id: Story.head, author: robot, committer: robot, parents: [Story.old]),
            Commit(id: Story.old, author: Story.alice, committer: Story.alice, parents: [Story.older]),
        ])
        story.happens(.push(commits: [Story.old], forced: false), by: Story.alice, second: 500)
        story.happens(.push(commits: [Story.head], forced: false), by: pusher, second: 1500)
        story.change(Story.head, is: "new")
        story.change(Story.old, is: "old")
        return story
    }

    static func outcome(_ story: Story, _ require: String, stale: String = "same-diff") throws -> Outcome {
        try story.gate(
            require: require, "    approvals: { stale: \(stale), ignore_commits_by: [bots] }\n"
        ).outcome
    }

    @Test(arguments: ["same-diff", "exact-head"]) func anApprovalStandsOverThem(_ stale: String) throws {
        var story = Self.story()
        story.review(Story.bob, at: Story.old)
        #expect(try Self.outcome(story, "qa", stale: stale) == .approved)
        #expect(try story.gate(require: "qa", "    approvals: { stale: \(stale) }\n").outcome == .waiting)
    }

    /// Anybody may write the robot's address into a commit; only the robot can push as the robot.
    @Test(
        arguments: [
            (robot, Story.alice), (robot, nil), (Story.alice, robot), (nil, robot), (robot, Story.ghost),
        ] as [(Account?, Account?)]) func aForgedAddress(_ author: Account?, _ pusher: Account?) throws
    {
        var story = Self.story(robot: author, pusher: pusher)
        story.review(Story.bob, at: Story.old)
        #expect(try Self.outcome(story, "qa") == .waiting)
    }

    /// What somebody else put beneath the robot's commit is not the robot's.
    @Test func everyCommitSinceMustBeTheirs() throws {
        var story = Self.story()
        let middle = Story.commit("d")
        story.facts.commits = .known([
            Commit(id: Story.head, author: Self.robot, committer: Self.robot, parents: [middle, Story.old]),
            Commit(id: middle, author: Story.dave, committer: Story.dave, parents: [Story.older]),
            Commit(id: Story.old, author: Story.alice, committer: Story.alice, parents: [Story.older]),
        ])
        story.review(Story.bob, at: Story.old)
        #expect(try Self.outcome(story, "qa") == .waiting)
        // A head that is no ancestor of this one is another change.
        var forced = Self.story()
        forced.facts.commits = .known([
            Commit(id: Story.head, author: Self.robot, committer: Self.robot, parents: [Story.older])
        ])
        forced.review(Story.bob, at: Story.old)
        #expect(try Self.outcome(forced, "qa") == .waiting)
    }

    @Test func theyMakeNobodyACommitter() throws {
        var story = Self.story()
        story.team("qa", [Self.robot])
        story.review(Self.robot)
        #expect(try Self.outcome(story, "qa") == .approved)
        #expect(try story.outcome("qa") == .waiting)
        // The word `committers` means the same in every policy.
        #expect(try Self.outcome(story, "qa - committers") == .waiting)
        #expect(try Self.outcome(Self.story(pusher: Story.alice), "qa") == .waiting)
    }

    @Test func aRetargetIsAPushAllTheSame() throws {
        var story = Self.story()
        story.review(Story.bob, at: Story.old, second: 1200)
        story.happens(.retarget(from: "release", to: "main"), by: Story.alice, second: 1300)
        story.facts.protectedBranches["release"] = .known(true)
        story.change(Story.old, against: "release", is: "old")
        #expect(try Self.outcome(story, "qa") == .waiting)
        #expect(try Self.outcome(story, "qa", stale: "exact-head") == .waiting)
    }

    @Test func whatIsNotKnown() throws {
        var story = Self.story()
        story.review(Story.bob, at: Story.old)
        story.hide("bots")
        #expect(try Self.outcome(story, "qa") == .undecided)
        var commits = Self.story()
        commits.review(Story.bob, at: Story.old)
        commits.facts.commits = .unknown(Story.unknown("which commits it has"))
        #expect(try Self.outcome(commits, "qa") == .undecided)
        var timeline = Self.story()
        timeline.review(Story.bob, at: Story.old)
        timeline.facts.timeline = .unknown(Story.unknown("what happened"))
        #expect(try Self.outcome(timeline, "qa") == .undecided)
    }

    @Test(arguments: ["anyone", "readers", "[anyone]", "nobody", "2 of qa", "author", "[qa, committers]"])
    func whatItCannotBe(_ value: String) {
        let text = "version: 1\ngates:\n  it: { require: qa, approvals: { ignore_commits_by: \(value) } }\n"
        #expect(PolicyReader.read(text, file: "countersign.yml", digest: "d").policy == nil)
    }
}
