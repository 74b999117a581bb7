import GiteaSimulator

extension Bench {
    /// One in so many of the crowd may go in.
    private static let signedEvery = 10

    /// Looks at a crowd of open pull requests, a tenth of them green: at the start, and again when all is known.
    func crowd(of count: Int, _ table: inout ResultTable) async throws {
        try await open(upTo: count)
        let open = forge.pulls.count
        try await serve { service in
            // A reconcile at full speed from nothing, then the same with everything known.
            simulator.requests.reset()
            let begin = ContinuousClock.now
            var (cold, end) = (-1, begin)
            // While it lists, the gauges say nothing.
            while simulator.requests.count != cold {
                (cold, end) = (simulator.requests.count, .now)
                try await service.untilIdle(within: .seconds(1200))
            }
            table.add(
                "first look at \(open) open pull requests, at full speed",
                "\(cold) calls in at most \(begin.duration(to: end).inSeconds.short) s, "
                    + "\((service.processorTime.inSeconds / Double(open) * 1000).short) ms of processor each")
            try await Task.sleep(for: .seconds(2))
            table.add(
                "resident memory with \(open) open pull requests",
                "\(service.residentMegabytes.short) MB (at most \(service.peakMegabytes.short) MB)", aim: "< 250 MB",
                isMet: service.residentMegabytes < 250)
            try await again(service, open, callsPerSecond: 50, seconds: 30, &table)
            try await again(service, open, callsPerSecond: 5, seconds: 60, &table)
        }
    }

    private func again(
        _ service: ServiceProcess, _ open: Int, callsPerSecond: Int, seconds: Int, _ table: inout ResultTable
    ) async throws {
        try service.reload(callsPerSecond: callsPerSecond)
        simulator.requests.reset()
        let begin = ContinuousClock.now
        try await Task.sleep(for: .seconds(seconds))
        let took = begin.duration(to: .now).inSeconds
        let records = simulator.requests.all
        var looked: Set<String> = []
        var ofPulls = 0
        for record in records {
            let parts = record.path.split(separator: "/")
            let isPull = parts.count > 4 && parts[0] == "repos" && ["pulls", "issues"].contains(parts[3])
            if isPull { looked.insert("\(parts[1])/\(parts[2])#\(parts[4])") }
            let isList = parts.count == 4 && parts.last == "pulls"
            if !isList { ofPulls += 1 }
        }
        let each = Double(ofPulls) / Double(max(looked.count, 1))
        let green = Set(forge.signedPulls.map { "\($0.repository)#\($0.number)" })
        let greens = looked.filter(green.contains).count
        table.add(
            "looking again, \(callsPerSecond) calls/s allowed",
            "\((Double(records.count) / took).short) calls/s, \(looked.count) pull requests in \(took.short) s, "
                + "\(greens) of them green, \(each.short) calls each")
        let whole = Double(open) / Double(max(looked.count, 1)) * took / 60
        let ofGreens = Double(green.count) / Double(max(greens, 1)) * took
        table.add(
            "its periods at this pace",
            "all \(open) in \(whole.short) min, the \(green.count) green ones every \(ofGreens.short) s",
            aim: "15 min and 60 s where the budget allows")
    }

    /// Several repositories at once: no forge has ten thousand in one.
    private func open(upTo count: Int) async throws {
        let missing = max(0, count - forge.pulls.count)
        let repositories = (missing + 499) / 500
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<repositories {
                if number >= 4 { try await group.next() }
                group.addTask {
                    try await forge.open(
                        min(500, missing - number * 500), in: "crowd-\(number)", signedEvery: Self.signedEvery)
                }
            }
            try await group.waitForAll()
        }
        _ = simulator.world.takeDeliveries()
    }
}
