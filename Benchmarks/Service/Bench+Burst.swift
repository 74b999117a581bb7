import GiteaSimulator

extension Bench {
    /// A thousand deliveries a second: each pull request is approved at some moment, told of once more, and never again.
    func burst(seconds: Int, _ table: inout ResultTable) async throws {
        let rate = 1000
        try await forge.open(500, in: "burst")
        let pulls = Array(forge.pulls.suffix(500))
        try await serve { service in
            try await service.untilIdle()
            let load = try await reviews(of: pulls, service)
            simulator.faults.latency = latency
            let begin = ContinuousClock.now
            async let approvals: Void = approve(pulls, over: seconds, from: begin)
            let outcome = await load.send(
                Self.order(pulls.count, rate: rate, seconds: seconds), rate: Double(rate), connections: 32)
            try await approvals
            let ended = ContinuousClock.now
            try await service.untilIdle()
            let drained = ended.duration(to: .now)
            simulator.faults.latency = .zero
            let lost = try await missing(pulls, "success", "countersign/qa-review: main")
            let refused = outcome.statuses.filter { $0.key != 202 }.values.reduce(0, +)
            table.add(
                "burst of \(rate)/s for \(seconds) s over \(pulls.count) pull requests",
                "\(lost) lost, \(refused) not accepted, p99 \(Distribution(outcome.times).percentile(99).milliseconds) ms, "
                    + "all decided \(drained.inSeconds.short) s after the last",
                aim: "nothing lost", isMet: lost == 0 && refused == 0)
            table.add("resident memory, its most in the burst", "\(service.peakMegabytes.short) MB")
            let verdicts = try await service.metric("countersign_verdicts_total")
            table.add("evaluations for all of it", "\(Int(verdicts)) for \(outcome.times.count) deliveries")
        }
    }

    /// Second by second: those that are not approved yet by turns, and at its end, once, those approved in it.
    static func order(_ count: Int, rate: Int, seconds: Int) -> [Int] {
        var order: [Int] = []
        for second in 0..<seconds {
            let approved = count * second / seconds..<count * (second + 1) / seconds
            let rest = Array(approved.upperBound..<count)
            let fillers = rate - approved.count
            order += (0..<fillers).map { rest.isEmpty ? approved.lowerBound : rest[($0 + second * 7) % rest.count] }
            order += approved
        }
        return order
    }

    /// Approves each group at the beginning of its second, long before the last delivery that tells of it.
    private func approve(
        _ pulls: [BenchForge.Pull], over seconds: Int, from begin: ContinuousClock.Instant
    ) async throws {
        for second in 0..<seconds {
            try await Task.sleep(until: begin + .seconds(second))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for pull in pulls[pulls.count * second / seconds..<pulls.count * (second + 1) / seconds] {
                    group.addTask { try await forge.approve(pull, as: forge.bob) }
                }
                try await group.waitForAll()
            }
        }
    }

    private func missing(_ pulls: [BenchForge.Pull], _ state: String, _ context: String) async throws -> Int {
        var count = 0
        for pull in pulls where try await !forge.shows(state, context, on: pull) { count += 1 }
        return count
    }
}
