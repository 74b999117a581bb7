import Testing

@testable import GiteaSimulator

/// What went in by one pull request comes once more by another.
extension BoundToHeadBaseAndPolicy {
    /// Merged by squash, reverted, and opened once more: what was approved then is not approved now.
    @Test func aMergedHeadThatIsOpenedAgain() async throws {
        try await siege(merging: [1]) { siege in
            let number = try await siege.green()
            siege.scene.simulator.beforeResponse = nil
            let merge = siege.scene.here("POST", "/pulls/\(number)/merge", as: "alice", ["Do": "squash"])
            #expect(merge.status == 200)
            try await siege.service.pass(75, step: 15)
            _ = try siege.push("main", ["src/one.txt": nil], as: "keeper")
            let again = siege.open("feature/one")
            #expect(again > number)
            siege.merge()
            siege.begin()
            try await siege.wait()
            #expect(siege.summary(again) == "pending")
        }
    }
}
