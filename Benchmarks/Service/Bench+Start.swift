extension Bench {
    /// From the program's start to its first answers, and what it holds then.
    func start(_ table: inout ResultTable) async throws {
        var alive: [Duration] = []
        var ready: [Duration] = []
        var memory: [Double] = []
        for _ in 0..<7 {
            let service = try ServiceProcess(program, forge, [:])
            do {
                alive.append(try await service.until("/health/live"))
                ready.append(try await service.untilReady())
                try await Task.sleep(for: .seconds(1))
                memory.append(service.residentMegabytes)
                try await service.stop()
            } catch {
                service.kill()
                throw error
            }
        }
        let (alives, readies) = (Distribution(alive), Distribution(ready))
        table.add(
            "time until it answers",
            "least \(alives.minimum.milliseconds) ms, median \(alives.percentile(50).milliseconds) ms")
        table.add(
            "time until it is ready (forge and store asked)",
            "least \(readies.minimum.milliseconds) ms, median \(readies.percentile(50).milliseconds) ms",
            aim: "median < 300 ms", isMet: readies.percentile(50) < .milliseconds(300))
        table.add(
            "resident memory, idle", "at most \((memory.max() ?? 0).short) MB", aim: "< 60 MB",
            isMet: memory.max().map { $0 < 60 })
    }
}
