import GateForge
import GatePolicy
import Testing

@testable import GateDoctor

@Suite struct HookHeardTests {
    @Test func nothingCameIn() {
        _ = Healthy.only("hook.silent", .blocking) { $0.deliveries = [4: .nothing] }
    }

    /// A pull request was opened, and nothing came in since.
    @Test func untold() {
        _ = Healthy.only("hook.silent", .blocking) { examination in
            var pull = Healthy.pull(4, by: Healthy.alice)
            pull.pullRequest.createdAt = Timestamp(seconds: examination.now.seconds - 60)
            examination.repositories[0].pulls = .success([pull])
            Healthy.service { $0.deliveries.last = [:] }(&examination)
        }
    }

    /// Clocks differ a little; and a service that has just begun could not hear what was before.
    @Test func noFinding() {
        for (opened, began) in [(-5, -3600), (-60, -30)] as [(Int64, Int64)] {
            let found = Healthy.found { examination in
                let now = examination.now.seconds
                var pull = Healthy.pull(4, by: Healthy.alice)
                pull.pullRequest.createdAt = Timestamp(seconds: now + opened)
                examination.repositories[0].pulls = .success([pull])
                Healthy.service { $0.deliveries.since = Timestamp(seconds: now + began) }(&examination)
            }
            #expect(found.isEmpty, "\(found)")
        }
    }

    @Test func theAgeIsTold() throws {
        let entry = try #require(Diagnosis(Healthy.examination).entries.first { $0.check.id == "hook.silent" })
        #expect(entry.outcome.told == ["the last delivery of acme/widget came in 12 s ago"])
    }
}
