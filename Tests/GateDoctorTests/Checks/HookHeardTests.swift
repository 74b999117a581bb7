import GateForge
import GatePolicy
import Testing

@testable import GateDoctor

@Suite struct HookHeardTests {
    @Test func nothingCameIn() {
        let finding = Healthy.only("hook.silent", .blocking) { $0.deliveries = [4: .nothing] }
        #expect(finding?.cure.lines(address: "").last == "$ countersign refire acme --all")
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

    /// Of every repository, also where one is silent; that one first.
    @Test func theAgesAreTold() throws {
        var examination = Healthy.examination
        for name in ["silent", "quiet"] {
            var repository = Healthy.repository
            repository.name = RepositoryName(owner: "acme", name: name)
            examination.repositories.append(repository)
        }
        Healthy.service { evidence in
            evidence.deliveries.last["acme/quiet"] = Timestamp(seconds: evidence.now.seconds - 900)
        }(&examination)
        for deliveries in [[:], [4: .nothing]] as [[Int64: DeliveryEvidence]] {
            examination.deliveries = deliveries
            let entry = try #require(Diagnosis(examination).entries.first { $0.check.id == "hook.silent" })
            #expect(entry.outcome.findings.isEmpty == deliveries.isEmpty)
            #expect(
                entry.outcome.told == [
                    "no delivery of acme/silent came in since the service began 3600 s ago",
                    "the last delivery of acme/quiet came in 900 s ago",
                    "the last delivery of acme/widget came in 12 s ago",
                ])
        }
    }
}
