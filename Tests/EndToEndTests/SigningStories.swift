import CountersignCLI
import GiteaSimulator
import NIOHTTP1
import Testing

/// Who signed, and what that came to.
@Suite struct SigningStories {
    @Test func bothSigned() async throws {
        try await Story.tell { story in
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            try await story.approve(number, as: story.carol)
            try expectTold(await story.check(number), .passed, "success", "both-signed")
        }
    }

    @Test func onlyOneSigned() async throws {
        try await Story.tell { story in
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            try expectTold(await story.check(number), .held, "pending", "only-one-signed")
        }
    }

    @Test func nobodySigned() async throws {
        try await Story.tell { story in
            let number = try await story.pull()
            try expectTold(await story.check(number), .held, "pending", "nobody-signed")
        }
    }

    /// Bob of qa opened it himself, and the forge does not let him approve; somebody else of qa must.
    @Test func openedByTheOnlyOneWhoCouldSign() async throws {
        try await Story.tell { story in
            let number = try await story.pull(by: story.bob)
            let own = try await story.forge.call(
                .POST, "/repos/\(story.repository)/pulls/\(number)/reviews", as: story.bob,
                ["event": "APPROVED", "body": "mine"])
            #expect(own.status == 422)
            try await story.approve(number, as: story.carol)
            try expectTold(await story.check(number), .held, "pending", "opened-by-the-only-one-who-could-sign")
        }
    }

    /// Bob of qa pushes a commit to alice's branch and approves: he signs his own work.
    @Test func committerApproves() async throws {
        try await Story.tell { story in
            let number = try await story.pull()
            try await story.push("src/two.swift", as: story.bob)
            try await story.approve(number, as: story.bob)
            try await story.approve(number, as: story.carol)
            try expectTold(await story.check(number), .held, "pending", "committer-approves")
        }
    }

    /// Bob pushes alice's commit under her name and address: what the timeline says of the pusher counts.
    @Test func pusherOfACommitInAnothersName() async throws {
        try await Story.tell { story in
            let number = try await story.pull()
            try await story.forge.must(
                .POST, "/repos/\(story.repository)/contents", as: story.bob,
                [
                    "files": [["operation": "create", "path": "src/two.swift", "content": "dHdvCg=="]],
                    "branch": "feature/one", "message": "by alice, believe me",
                    "author": ["name": "alice", "email": .string("\(story.alice.login)@example.com")],
                    "committer": ["name": "alice", "email": .string("\(story.alice.login)@example.com")],
                ])
            try await story.forge.tick()
            try await story.approve(number, as: story.bob)
            try await story.approve(number, as: story.carol)
            try expectTold(await story.check(number), .held, "pending", "pusher-in-anothers-name")
        }
    }

    @Test func dismissed() async throws {
        try await Story.tell { story in
            let number = try await story.pull()
            let review = try await story.forge.review("APPROVED", number, of: story.repository, as: story.bob)
            try await story.approve(number, as: story.carol)
            try await story.forge.dismiss(review, of: number, story.repository, as: story.keeper)
            try expectTold(await story.check(number), .held, "pending", "dismissed")
        }
    }

    @Test func approvedAnOlderHead() async throws {
        try await Story.tell { story in
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            try await story.approve(number, as: story.carol)
            try await story.push("src/two.swift", as: story.alice)
            try expectTold(await story.check(number), .held, "pending", "approved-an-older-head")
        }
    }

    /// `main` moves on and is merged into the branch: what alice proposes is the same.
    @Test func updatedAndStillTheSame() async throws {
        try await Story.tell { story in
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            try await story.approve(number, as: story.carol)
            try await story.push("src/other.swift", to: "main", as: story.keeper)
            try await story.update(number, as: story.alice)
            try expectTold(await story.check(number), .passed, "success", "updated-and-still-the-same")
        }
    }

    /// A merge of the base that slips something in is work: who made it is a committer.
    @Test(.simulatorOnly) func updatedByTheReviewerWithSomethingMore() async throws {
        try await Story.tell { story in
            guard let simulator = story.simulator else { return }
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            try await story.approve(number, as: story.carol)
            try await story.push("src/other.swift", to: "main", as: story.keeper)
            try await story.update(number, as: story.bob)
            _ = try simulator.world.push(
                to: "feature/one", of: story.repository, as: story.bob.login, files: ["src/one.swift": "surprise\n"])
            try await story.forge.tick()
            try await story.approve(number, as: story.bob)
            try await story.approve(number, as: story.carol)
            try expectTold(await story.check(number), .held, "pending", "updated-and-changed-by-the-reviewer")
        }
    }

    /// Somebody of qa presses "update branch": the merge is no work of his, so his approval stands.
    @Test func updatedByTheReviewer() async throws {
        try await Story.tell { story in
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            try await story.approve(number, as: story.carol)
            try await story.push("src/other.swift", to: "main", as: story.keeper)
            try await story.update(number, as: story.bob)
            try expectTold(await story.check(number), .passed, "success", "updated-by-the-reviewer")
        }
    }
}
