import CountersignCLI
import Foundation
import GiteaSimulator
import NIOHTTP1
import Testing

/// Whose commits age what, and from which day a gate enforces.
@Suite struct CommitStories {
    private static let policy = """
        version: 1
        gates:
          qa-review: { require: qa, approvals: { ignore_commits_by: [bots] } }

        """

    private static func tell(_ body: (Story, StoryForge.Person) async throws -> Void) async throws {
        try await Story.tell(policy: policy) { story in
            let robot = try await story.forge.person("robot")
            try await story.forge.team("bots", of: "acme", owner: story.keeper, [robot])
            let number = try await story.pull()
            #expect(number == 1)
            try await story.approve(1, as: story.bob)
            try await body(story, robot)
        }
    }

    @Test func aRobotOnTop() async throws {
        try await Self.tell { story, robot in
            try await story.push("generated/one.swift", as: robot)
            try expectTold(await story.check(1), .passed, "success", "ignored-commit")
            try await story.push("generated/two.swift", as: story.alice)
            let checked = try await story.check(1)
            #expect(checked.summary == "pending", "\(checked.told)")
        }
    }

    /// Alice writes the robot's name and address into her commit, both as author and as committer.
    @Test func theRobotsAddressInAnothersCommit() async throws {
        try await Self.tell { story, robot in
            let person: JSON = ["name": .string(robot.login), "email": .string("\(robot.login)@example.com")]
            try await story.forge.must(
                .POST, "/repos/\(story.repository)/contents/src/two.swift", as: story.alice,
                [
                    "content": .string(Data("evil\n".utf8).base64EncodedString()), "branch": "feature/one",
                    "message": "chore: update", "author": person, "committer": person,
                ])
            try await story.forge.tick()
            try expectTold(await story.check(1), .held, "pending", "ignored-commit-forged")
        }
    }

    @Test(.simulatorOnly) func advisoryUntilADay() async throws {
        let policy = """
            version: 1
            gates:
              qa-review: { require: qa, mode: advisory, until: 2026-06-01 }
              frozen: { require: security, mode: off, until: 2026-06-02 }

            """
        try await Story.tell(policy: policy) { story in
            let number = try await story.pull()
            story.clock.set(Date(timeIntervalSince1970: 1_780_271_999))
            try expectTold(await story.check(number), .passed, "success", "until-before")
            story.clock.advance(by: 1)
            try expectTold(await story.check(number), .held, "pending", "until-after")
        }
    }
}
