import Testing

@testable import GiteaSimulator

/// Whoever may not write points a fork at what was approved for somebody else.
extension BoundToHeadBaseAndPolicy {
    @Test func aForkThatPointsAtSomebodysHead() async throws {
        try await siege(isPrivate: false) { siege in
            let number = try await siege.green()
            siege.scene.simulator.beforeResponse = nil
            let approved = siege.head(number)
            // The approved one is closed; the outsider opens its successor under the same commit and pushes on.
            siege.scene.here("PATCH", "/pulls/\(number)", as: "alice", ["state": "closed"])
            let fork = siege.scene.call(
                "POST", "/repos/\(Scene.repository)/forks", as: "erin", ["name": "widget"]
            ).json["id"]?.int
            let forked = try #require(fork)
            try siege.point("feature/evil", of: forked, at: approved, as: "erin")
            let successor = siege.open("erin:feature/evil", as: "erin")
            #expect(siege.head(successor) == approved && successor != number, "it does not point there")
            siege.scene.simulator.beforeResponse = { record, _ in
                // What was approved may go in for as long as nobody has looked: nothing else may.
                guard record.method == "GET" else { return }
                siege.mergeAnythingBut(approved)
            }
            try await siege.service.pass(75, step: 15)
            #expect(siege.summary(successor) == "pending", "its approval was another pull request's")
            try siege.scene.world.push(
                to: "feature/evil", of: "erin/widget", as: "erin", files: ["src/evil.txt": "evil\n"])
            #expect(siege.head(successor) != approved)
            siege.build(successor)
            siege.begin()
            siege.merge()
            try await siege.wait()
            #expect(siege.summary(successor) == "pending")
        }
    }

    /// Somebody's head, approved and open: an outsider's pull request of the same commit neither holds it nor lends
    /// its green to what is pushed next.
    @Test func aForkThatPointsAtAnOpenHead() async throws {
        try await siege(isPrivate: false) { siege in
            let number = try await siege.green()
            siege.scene.simulator.beforeResponse = nil
            let approved = siege.head(number)
            let fork = siege.scene.call(
                "POST", "/repos/\(Scene.repository)/forks", as: "erin", ["name": "widget"]
            ).json["id"]?.int
            let forked = try #require(fork)
            try siege.point("feature/evil", of: forked, at: approved, as: "erin")
            let other = siege.open("erin:feature/evil", as: "erin")
            #expect(siege.head(other) == approved)
            try await siege.service.pass(135, step: 15)
            #expect(siege.summary(number) == "success", "an outsider holds nobody")
            try siege.scene.world.push(
                to: "feature/evil", of: "erin/widget", as: "erin", files: ["src/evil.txt": "evil\n"])
            siege.build(other)
            siege.mergeAnythingBut(approved)
            siege.scene.simulator.beforeResponse = { _, _ in siege.mergeAnythingBut(approved) }
            _ = siege.scene.world.takeDeliveries()
            try await siege.service.pass(135, step: 15)
            #expect(siege.summary(other) == "pending")
            #expect(siege.summary(number) == "success")
        }
    }
}
