import Foundation
import Testing

@testable import GiteaSimulator

/// Killed at any moment, before or after a step takes effect, and run again: it ends as if nothing had been.
extension ProvisionStories {
    @Test(arguments: ["countersign", "gate"], [false, true]) func aFirstRunThatIsCut(
        _ account: String, isAfter: Bool
    ) async throws {
        try await Story.tell { story in
            let simulator = try #require(story.simulator)
            // With the summary posted before, the same run protects the branch, too.
            let number = try await story.pull()
            try await story.post("pending", "countersign: main", on: number, as: story.gate)
            let before = try inventory(story)
            let uncut = MortalProvisioner(story, simulator, account: account)
            #expect(try await !uncut.run())
            let whole = try inventory(story)
            #expect(whole.contains { $0.hasPrefix("protection") } == (account == "gate"))
            #expect(uncut.discords() == [])
            let steps = uncut.steps
            try await uncut.undo()
            #expect(try inventory(story) == before)
            for (index, changes) in steps.enumerated() where changes {
                let cut = MortalProvisioner(story, simulator, account: account)
                _ = try await cut.run(death: .init(step: index + 1, isAfter: isAfter))
                _ = try await cut.run()
                #expect(try inventory(story) == whole, "step \(index + 1)")
                #expect(cut.discords() == [], "step \(index + 1)")
                #expect(try await cut.rest() == [], "step \(index + 1)")
                try await cut.undo()
                #expect(try inventory(story) == before, "step \(index + 1)")
                #expect(cut.files.isEmpty, "step \(index + 1): \(cut.files.keys)")
            }
        }
    }

    /// At every moment the tokens that a running service and CI hold are ones that the forge takes.
    @Test(arguments: [false, true]) func aRotationThatIsCut(isAfter: Bool) async throws {
        try await Story.tell { story in
            let simulator = try #require(story.simulator)
            let before = try inventory(story)
            let provisioner = MortalProvisioner(story, simulator)
            _ = try await provisioner.run()
            // Tokens are numbered on and on.
            func unnumbered() throws -> [String] {
                try inventory(story).map { $0.replacing(/(countersign(-directory)?)-[0-9]+/, with: { "\($0.1)" }) }
            }
            let whole = try unnumbered()
            #expect(try await !provisioner.run(rotates: true))
            let steps = provisioner.steps
            #expect(try unnumbered() == whole)
            #expect(provisioner.discords() == [])
            for (index, changes) in steps.enumerated() where changes {
                let old = provisioner.files
                _ = try await provisioner.run(rotates: true, death: .init(step: index + 1, isAfter: isAfter))
                let isBegun = provisioner.files["/secrets/provision.json"] != old["/secrets/provision.json"]
                _ = try await provisioner.run()
                #expect(try unnumbered() == whole, "step \(index + 1)")
                #expect(provisioner.discords() == [], "step \(index + 1)")
                #expect(try await provisioner.rest() == [], "step \(index + 1)")
                // What was begun is finished: nothing of what was is used any more.
                for file in ["forge-token", "forge-directory-token", "hook-secret"] where isBegun {
                    let path = "/secrets/\(file)"
                    #expect(provisioner.files[path] != old[path], "step \(index + 1): \(file)")
                }
            }
            #expect(provisioner.gaps == [])
            try await provisioner.undo()
            #expect(try inventory(story) == before)
        }
    }
}
