import GiteaSimulator

extension Bench {
    /// How many deliveries are durable and answered, and how fast, while what they mark is worked off.
    func intake(_ table: inout ResultTable) async throws {
        try await serve { service in
            try await service.untilIdle()
            let load = try await reviews(of: forge.pulls.suffix(500), service)
            simulator.faults.latency = latency
            let rate = 2000
            let before = service.processorTime
            let paced = await load.send((0..<rate * 10).map { $0 % 500 }, rate: Double(rate), connections: 32)
            let times = Distribution(paced.times)
            let accepted = paced.statuses[202] ?? 0
            let achieved = Double(accepted) / paced.took.inSeconds
            table.add(
                "durable answers, \(rate)/s offered for 10 s", "\(achieved.short)/s, \(times.text)",
                aim: "2,000/s, p99 < 50 ms",
                isMet: achieved > Double(rate) * 0.98 && times.percentile(99) < .milliseconds(50)
                    && accepted == rate * 10)
            let spent = service.processorTime - before
            table.add(
                "processor time meanwhile", "\((spent.inSeconds / paced.took.inSeconds * 100).short) % of a core")
            let full = await load.send((0..<20_000).map { $0 % 500 }, rate: nil, connections: 32)
            table.add(
                "durable answers, as many as it gives (32 connections)",
                "\((Double(full.statuses[202] ?? 0) / full.took.inSeconds).short)/s, \(Distribution(full.times).text)")
            table.add("resident memory after them", "\(service.residentMegabytes.short) MB")
            simulator.faults.latency = .zero
        }
    }

    /// A delivery of a review that decides nothing, for each pull request.
    func reviews(of pulls: some Sequence<BenchForge.Pull>, _ service: ServiceProcess) async throws -> DeliveryLoad {
        _ = simulator.world.takeDeliveries()
        for pull in pulls {
            try await forge.story.review("COMMENT", pull.number, of: pull.repository, as: forge.bob)
        }
        return DeliveryLoad(simulator.world.takeDeliveries(), port: service.port)
    }
}
