import Foundation
import Synchronization
import Testing

@testable import GiteaSimulator

/// A green is for one head, one base and one policy: with all webhooks lost nothing else goes in, however fast.
@Suite struct BoundToHeadBaseAndPolicy {
    /// A server that says nothing of statuses, and one that does.
    static let versions = ["1.22.0", "1.24.0"]
    static let strict = Law(
        isExact: true, blockers: "qa",
        gates: [
            Law.Gate(
                name: "first", when: .always, require: [Law.Quota(count: 1, team: "qa")], waivedBy: "security")
        ])
    static let weak = Law(
        isExact: true, blockers: nil,
        gates: [
            Law.Gate(
                name: "first", when: .changes("never"), require: [Law.Quota(count: 1, team: "qa")], waivedBy: nil)
        ])

    /// - Parameter allowed: what may go in.
    func siege(
        _ name: String = #function, version: String = "1.22.0", isPrivate: Bool = true, merging allowed: [Int] = [],
        _ body: (Siege) async throws -> Void
    ) async throws {
        try await Scene.run(version: ServerVersion(version), isPrivate: isPrivate) { scene in
            try await SteppedService.with(scene) { service in
                for base in ["main", "release"] {
                    try scene.world.push(
                        to: base, of: Scene.repository, as: "keeper", files: [".countersign.yml": Self.strict.text])
                }
                let siege = Siege(scene, service)
                try await body(siege)
                scene.simulator.beforeResponse = nil
                #expect(siege.merged == allowed)
                let tries = siege.tries.withLock { $0 }
                FaultSettings.tell("\(name): \(tries) tries to merge, \(siege.merged.count) merges")
                #expect(tries > 0)
            }
        }
    }

    @Test(arguments: versions) func pushThenMergeAtOnce(_ version: String) async throws {
        try await siege("pushThenMergeAtOnce(\(version))", version: version) { siege in
            let number = try await siege.green()
            _ = try siege.push("feature/one", ["src/two.txt": "two\n"])
            siege.build(number)
            siege.merge()
            try await siege.wait()
            siege.build(number)
            siege.merge()
        }
    }

    /// A server before 1.22.0 takes an absent required context for a pass as soon as another status is green: the
    /// service answers by posting `pending` before anything else, and from then on nothing goes in.
    @Test func onAnOlderServerThePendingHolds() async throws {
        try await siege(version: "1.21.0") { siege in
            let number = try await siege.green()
            siege.scene.simulator.beforeResponse = nil
            _ = try siege.push("feature/one", ["src/two.txt": "two\n"])
            siege.build(number)
            let isPosted = Mutex(false)
            siege.scene.simulator.beforeResponse = { _, _ in
                // As soon as the first post has happened: other calls are under way beside it.
                guard siege.summary(number) != nil else { return }
                isPosted.withLock { $0 = true }
                siege.merge()
            }
            try await siege.service.hear(siege.scene.world.takeDeliveries())
            try await siege.service.events()
            #expect(isPosted.withLock { $0 })
            try await siege.wait()
        }
    }

    @Test func retargetAndMergeInOneInstant() async throws {
        try await siege { siege in
            _ = try siege.push("release", [".countersign.yml": Self.weak.text], as: "keeper")
            _ = try siege.push("feature/one", ["src/one.txt": "one\n"])
            let number = siege.open("feature/one", into: "release")
            try await siege.service.pass(135, step: 15)
            #expect(siege.summary(number, "release") == "success")
            siege.scene.here("PATCH", "/pulls/\(number)", as: "alice", ["base": "main"])
            siege.merge()
            siege.begin()
            try await siege.wait()
        }
    }

    @Test(arguments: versions) func aSecondPullRequestWithTheSameHead(_ version: String) async throws {
        try await siege("aSecondPullRequestWithTheSameHead(\(version))", version: version) { siege in
            _ = try siege.push("release", [".countersign.yml": Self.weak.text], as: "keeper")
            _ = try siege.push("feature/one", ["src/one.txt": "one\n"])
            let first = siege.open("feature/one", into: "release")
            try await siege.service.pass(135, step: 15)
            #expect(siege.summary(first, "release") == "success")
            // Nobody may merge the first one: it is there to lend its green.
            siege.scene.here("PATCH", "/pulls/\(first)", as: "alice", ["title": "WIP: lends its green"])
            try siege.scene.world.move(
                "feature/two", of: Scene.repository, to: siege.head(first), as: "dave")
            _ = siege.open("feature/two", as: "dave")
            siege.merge()
            siege.begin()
            try await siege.wait()
        }
    }

    @Test func closeThenPushThenOpenAgain() async throws {
        try await siege { siege in
            let number = try await siege.green()
            siege.scene.here("PATCH", "/pulls/\(number)", as: "alice", ["state": "closed"])
            _ = try siege.push("feature/one", ["src/two.txt": "two\n"])
            siege.scene.here("PATCH", "/pulls/\(number)", as: "alice", ["state": "open"])
            siege.build(number)
            siege.merge()
            try await siege.wait()
        }
    }

    @Test func aScheduledMerge() async throws {
        try await siege { siege in
            _ = try siege.push("feature/one", ["src/one.txt": "one\n"])
            let number = siege.open("feature/one")
            try await siege.service.pass(75, step: 15)
            let plan = siege.scene.here(
                "POST", "/pulls/\(number)/merge", as: "alice",
                ["Do": "merge", "merge_when_checks_succeed": true])
            #expect(plan.status == 201)
            siege.review(number, "APPROVED", as: "bob")
            _ = try siege.push("feature/one", ["src/two.txt": "two\n"])
            siege.build(number)
            siege.begin()
            try await siege.wait()
            // The approved commit comes back for a moment: its green must not be there.
            #expect(siege.summary(number) == "pending")
        }
    }

    @Test(arguments: [
        ".countersign.yml", ".gitea/countersign.yml", ".forgejo/countersign.yml", ".github/countersign.yml",
    ])
    func aPullRequestThatBringsItsOwnPolicy(_ path: String) async throws {
        try await siege("aPullRequestThatBringsItsOwnPolicy(\(path))") { siege in
            _ = try siege.push("feature/one", [path: Self.weak.text, "src/one.txt": "one\n"])
            let number = siege.open("feature/one")
            siege.begin()
            try await siege.wait()
            #expect(siege.summary(number) == "pending")
        }
    }

    @Test func aPullRequestThatTouchesOnlyThePolicy() async throws {
        try await siege { siege in
            _ = try siege.push("feature/one", [".countersign.yml": Self.weak.text])
            let number = siege.open("feature/one")
            siege.begin()
            try await siege.wait()
            // Nor does the law's own gate open it: its opener approves nothing, and qa alone is asked for by the law.
            siege.scene.here(
                "POST", "/pulls/\(number)/reviews", as: "dave", ["event": "APPROVED", "body": "fine"])
            try await siege.wait()
        }
    }

    @Test func aPolicyOnABranchThatTheAuthorMade() async throws {
        try await siege { siege in
            _ = try siege.push("weak", [".countersign.yml": Self.weak.text])
            _ = try siege.push("feature/one", ["src/one.txt": "one\n"])
            let number = siege.open("feature/one", into: "weak")
            try await siege.service.pass(135, step: 15)
            siege.scene.here("PATCH", "/pulls/\(number)", as: "alice", ["base": "main"])
            siege.merge()
            siege.begin()
            try await siege.wait()
        }
    }

    /// An approved commit is the head for a moment, before any of the reads, and is not any more before a later one.
    @Test(arguments: versions) func pushAndPushBackBetweenAnyTwoReads(_ version: String) async throws {
        try await siege("pushAndPushBackBetweenAnyTwoReads(\(version))", version: version) { siege in
            let scene = siege.scene
            let approved = try siege.push("feature/one", ["src/one.txt": "one\n"])
            let number = siege.open("feature/one")
            siege.review(number, "APPROVED", as: "bob")
            let evil = try siege.push("feature/one", ["src/evil.txt": "evil\n"])
            try await siege.service.pass(75, step: 15)
            let reads = Mutex(0)
            func look(_ away: Int, _ back: Int?) async throws -> Int {
                reads.withLock { $0 = 0 }
                scene.simulator.beforeResponse = { record, world in
                    guard record.method == "GET" else { return }
                    let read = reads.withLock { count in
                        count += 1
                        return count
                    }
                    if read == away {
                        try? world.move("feature/one", of: Scene.repository, to: approved, as: "alice")
                    }
                    if read == back { try? world.move("feature/one", of: Scene.repository, to: evil, as: "alice") }
                }
                try await siege.service.lookAgain()
                scene.simulator.beforeResponse = nil
                try? scene.world.move("feature/one", of: Scene.repository, to: evil, as: "alice")
                // The commit that is the head now must not be green, and nothing goes in.
                let moment = back.map { "before read \($0)" } ?? "when all was read"
                #expect(siege.summary(number) != "success", "away before read \(away), back \(moment)")
                siege.merge()
                scene.clock.advance(by: 5)
                return reads.withLock { $0 }
            }
            let quiet = try await look(0, nil)
            #expect(quiet > 3)
            for away in 1...quiet {
                _ = try await look(away, nil)
                for back in away...min(quiet + 1, away + 2) { _ = try await look(away, back) }
            }
            _ = scene.world.takeDeliveries()
        }
    }

    /// What is pushed to a closed pull request leaves no row: a word from then is for what its author saw, or for nothing.
    @Test func aWaiverForWhatCameWhileItWasClosed() async throws {
        try await siege { siege in
            let scene = siege.scene
            let evil = try siege.push("feature/one", ["src/evil.txt": "evil\n"])
            let number = siege.open("feature/one")
            try await siege.service.pass(75, step: 15)
            scene.here("PATCH", "/pulls/\(number)", as: "alice", ["state": "closed"])
            let good = try siege.push("scratch", ["src/one.txt": "one\n"])
            try scene.world.move("feature/one", of: Scene.repository, to: good, as: "alice")
            scene.here("PATCH", "/pulls/\(number)", as: "alice", ["state": "open"])
            try await siege.service.pass(75, step: 15)
            scene.clock.advance(by: 1)
            scene.here("POST", "/issues/\(number)/comments", as: "carol", ["body": "/waive first it is harmless"])
            try await siege.service.pass(75, step: 15)
            try scene.world.move("feature/one", of: Scene.repository, to: evil, as: "alice")
            siege.begin()
            try await siege.wait()
            #expect(siege.summary(number) == "pending")
        }
    }

    /// Nor does it say who pushed: whoever it was, nobody is proven not to be him.
    @Test(arguments: [false, true]) func whoPushedWhileItWasClosedApproves(_ buriesIt: Bool) async throws {
        try await siege("whoPushedWhileItWasClosedApproves(\(buriesIt))") { siege in
            let scene = siege.scene
            _ = try siege.push("feature/one", ["src/one.txt": "one\n"])
            let number = siege.open("feature/one")
            // Alice's name is on it.
            try scene.world.move("scratch", of: Scene.repository, to: siege.head(number), as: "bob")
            let forged = try siege.push("scratch", ["src/evil.txt": "evil\n"])
            scene.here("PATCH", "/pulls/\(number)", as: "alice", ["state": "closed"])
            try scene.world.move("feature/one", of: Scene.repository, to: forged, as: "bob")
            scene.here("PATCH", "/pulls/\(number)", as: "alice", ["state": "open"])
            if buriesIt { _ = try siege.push("feature/one", ["src/two.txt": "two\n"]) }
            siege.review(number, "APPROVED", as: "bob")
            siege.begin()
            try await siege.wait()
            #expect(siege.summary(number) != "success")
            // The cure that is told.
            scene.simulator.beforeResponse = nil
            try scene.world.forcePush(
                to: "feature/one", of: Scene.repository, as: "alice", files: ["src/three.txt": "three\n"])
            siege.review(number, "APPROVED", as: "bob")
            try await siege.service.pass(75, step: 15)
            #expect(siege.summary(number) == "success")
        }
    }

    /// A review of the first page is deleted and another one written: what was to be first of the second page moves.
    @Test func aReviewThatMovesBetweenTwoPages() async throws {
        try await siege { siege in
            let scene = siege.scene
            _ = try siege.push("feature/one", ["src/one.txt": "one\n"])
            let number = siege.open("feature/one")
            siege.review(number, "APPROVED", as: "bob")
            var own: [Int] = []
            @Sendable func comment() -> Int {
                scene.here(
                    "POST", "/pulls/\(number)/reviews", as: "alice", ["event": "COMMENT", "body": "x"]
                ).json["id"]?.int ?? 0
            }
            for _ in 1...49 { own.append(comment()) }
            siege.review(number, "REQUEST_CHANGES", as: "bea")
            for _ in 1...9 { own.append(comment()) }
            let open = Mutex(own)
            scene.simulator.beforeResponse = { record, _ in
                guard record.method == "GET", record.path.hasSuffix("/reviews"), record.query.contains("page=2"),
                    let first = open.withLock({ $0.isEmpty ? nil : $0.removeFirst() })
                else { return }
                scene.here("DELETE", "/pulls/\(number)/reviews/\(first)", as: "alice")
                _ = comment()
            }
            try await siege.service.lookAgain()
            scene.simulator.beforeResponse = nil
            #expect(siege.summary(number) != "success")
            siege.merge()
        }
    }

    /// Decided for another base than it was found with, it has other pull requests of its head beside it.
    @Test func aRetargetWhileItIsDecidedToWhereItsCommitIsHeld() async throws {
        for read in 1...20 {
            try await siege("aRetargetWhileItIsDecidedToWhereItsCommitIsHeld(\(read))") { siege in
                let scene = siege.scene
                let commit = try siege.push("feature/one", ["src/one.txt": "one\n"])
                try scene.world.move("feature/two", of: Scene.repository, to: commit, as: "dave")
                let held = siege.open("feature/two", into: "release", as: "dave")
                siege.review(held, "REQUEST_CHANGES", as: "bea")
                let number = siege.open("feature/one")
                siege.review(number, "APPROVED", as: "bob")
                try await siege.service.pass(75, step: 15)
                #expect(siege.summary(held, "release") == "failure")
                let reads = Mutex(0)
                scene.simulator.beforeResponse = { record, world in
                    let isNow = reads.withLock { count in
                        count += record.method == "GET" ? 1 : 0
                        return count == read && record.method == "GET"
                    }
                    if isNow { try? world.retarget(number, of: Scene.repository, to: "release", as: "alice") }
                }
                try await siege.service.lookAgain()
                #expect(siege.summary(held, "release") != "success", "retargeted before read \(read)")
                scene.simulator.beforeResponse = nil
                siege.merge()
            }
        }
    }

    @Test(arguments: versions) func backToACommitThatWasApprovedAndIsRejectedNow(_ version: String) async throws {
        try await siege("backToACommitThatWasApprovedAndIsRejectedNow(\(version))", version: version) { siege in
            let number = try await siege.green()
            let approved = siege.head(number)
            _ = try siege.push("feature/one", ["src/two.txt": "two\n"])
            try await siege.wait()
            siege.review(number, "REQUEST_CHANGES", as: "bea")
            try siege.scene.world.move("feature/one", of: Scene.repository, to: approved, as: "alice")
            siege.merge()
            try await siege.wait()
            #expect(siege.summary(number) == "failure")
        }
    }

    @Test func aRevokeWhoseCommentIsDeleted() async throws {
        try await siege { siege in
            _ = try siege.push("feature/one", ["src/one.txt": "one\n"])
            let number = siege.open("feature/one")
            let comments = "/issues/\(number)/comments"
            siege.scene.clock.advance(by: 1)
            siege.scene.here("POST", comments, as: "carol", ["body": "/waive first nobody is there"])
            try await siege.service.pass(75, step: 15)
            #expect(siege.summary(number) == "success")
            siege.scene.clock.advance(by: 1)
            let revoke = siege.scene.here("POST", comments, as: "carol", ["body": "/revoke first"]).json["id"]?.int
            try await siege.service.pass(75, step: 15)
            #expect(siege.summary(number) == "pending")
            siege.begin()
            siege.scene.here("DELETE", "/issues/comments/\(revoke ?? 0)", as: "carol")
            try await siege.wait(330)
            #expect(siege.summary(number) == "pending")
        }
    }
}
