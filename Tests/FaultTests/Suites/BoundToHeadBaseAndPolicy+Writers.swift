import Testing

@testable import GiteaSimulator

/// Whoever may write posts in our contexts.
extension BoundToHeadBaseAndPolicy {
    /// As good as ours while ours was green, and left where it is: it must not outlive ours.
    @Test func aGreenThatWasLeftWhileOursWasGreen() async throws {
        try await siege { siege in
            let number = try await siege.green()
            siege.scene.simulator.beforeResponse = nil
            for _ in 1...5 {
                siege.post("success", "countersign: main", on: siege.head(number), as: "dave")
                siege.scene.clock.advance(by: 2)
                try await siege.service.lookAgain()
            }
            siege.review(number, "REQUEST_CHANGES", as: "bea")
            try await siege.service.lookAgain()
            #expect(siege.summary(number) == "failure")
            siege.merge()
        }
    }
}
