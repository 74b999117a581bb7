import GiteaSimulator
import Synchronization

extension Bench {
    /// From sending a delivery to the forge having the last status that follows from it; one gate changes, all is warm.
    func latency(_ table: inout ResultTable) async throws {
        let (few, many) = (60, 500)
        try await forge.open(few + many, in: "latency")
        let pulls = Array(forge.pulls.suffix(few + many))
        try await serve { service in
            try await service.untilIdle()
            let quiet = try await time(Array(pulls.prefix(few)), rate: 4, service)
            // 3.5 calls' time and 20 ms.
            let aim = latency * 7 / 2 + .milliseconds(20)
            table.add(
                "delivery to last status, 4/s, calls of \(latency.milliseconds) ms", quiet.text,
                aim: "p50 < \(aim.milliseconds) ms", isMet: quiet.percentile(50) < aim)
            let busy = try await time(Array(pulls.suffix(many)), rate: 50, service)
            table.add(
                "delivery to last status, 50/s, calls of \(latency.milliseconds) ms", busy.text, aim: "p99 < 1000 ms",
                isMet: busy.percentile(99) < .seconds(1))
        }
    }

    private func time(_ pulls: [BenchForge.Pull], rate: Double, _ service: ServiceProcess) async throws -> Distribution
    {
        _ = simulator.world.takeDeliveries()
        for pull in pulls { try await forge.approve(pull, as: forge.bob) }
        let load = DeliveryLoad(simulator.world.takeDeliveries(), port: service.port)
        let posted = Mutex<[String: ContinuousClock.Instant]>([:])
        simulator.faults.latency = latency
        simulator.beforeResponse = { record, _ in
            guard record.method == "POST", let head = record.path.split(separator: "/").last else { return }
            posted.withLock { $0[String(head)] = .now }
        }
        let outcome = await load.send(Array(pulls.indices), rate: rate, connections: 16)
        try await service.untilIdle()
        simulator.beforeResponse = nil
        simulator.faults.latency = .zero
        let last = posted.withLock { $0 }
        let times = pulls.indices.compactMap { index in
            last[pulls[index].head].flatMap { end in outcome.sentAt[index]?.duration(to: end) }
        }
        guard times.count == pulls.count else {
            throw ServiceProcess.Failure(description: "only \(times.count) of \(pulls.count) got a status")
        }
        return Distribution(times)
    }
}
