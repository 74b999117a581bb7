import ArgumentParser
import Foundation
import GiteaSimulator

/// Measures `countersign serve` against a simulated forge and prints one table; asks nothing of anything but loopback.
@main
struct ServiceBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure the service: deliveries, latency, calls, memory, looking at everything again.")

    /// What can be measured.
    enum Part: String, CaseIterable, ExpressibleByArgument {
        case start, intake, burst, latency, calls, crowd
    }

    @Option(help: "The countersign program to measure.")
    var countersign: String

    @Option(help: "Milliseconds that every call to the forge takes, where that matters.")
    var latency = 30

    @Option(help: "Seconds of the burst.")
    var burstSeconds = 60

    @Option(help: "Open pull requests of the crowd.")
    var crowd = 10_000

    @Option(help: "Evaluations side by side, `work.concurrency`; the service's own default without it.")
    var concurrency: Int?

    @Argument(help: "What to measure: start, intake, burst, latency, calls, crowd; everything without a name.")
    var parts: [Part] = []

    func run() async throws {
        var options = GiteaSimulator.Options()
        options.version = ServerVersion("1.22.0")
        let wanted = parts.isEmpty ? Set(Part.allCases) : Set(parts)
        var table = ResultTable()
        table.note(Machine.description)
        try await GiteaSimulator.run(options) { simulator in
            let bench = Bench(
                simulator: simulator, forge: try await BenchForge(simulator), program: countersign,
                latency: .milliseconds(latency), concurrency: concurrency)
            try await bench.forge.open(1, in: "first")
            if wanted.contains(.start) { try await bench.start(&table) }
            try await bench.forge.open(500, in: "widget")
            if wanted.contains(.intake) { try await bench.intake(&table) }
            if wanted.contains(.burst) { try await bench.burst(seconds: burstSeconds, &table) }
            if wanted.contains(.latency) { try await bench.latency(&table) }
            if wanted.contains(.calls) { try await bench.calls(&table) }
            if wanted.contains(.crowd) { try await bench.crowd(of: crowd, &table) }
        }
        table.note(Machine.description)
        print("\n" + table.text)
    }
}

/// What every measurement needs.
struct Bench: Sendable {
    let simulator: GiteaSimulator
    let forge: BenchForge
    let program: String
    /// What a call takes where the forge is to take its time.
    let latency: Duration
    let concurrency: Int?

    /// Starts the service on a store of its own; nothing looks by schedule unless the settings say so.
    func serve<Result: Sendable>(
        _ settings: [String: String] = [:], _ body: (ServiceProcess) async throws -> Result
    ) async throws -> Result {
        var settings = settings
        if let concurrency, settings["COUNTERSIGN_WORK_CONCURRENCY"] == nil {
            settings["COUNTERSIGN_WORK_CONCURRENCY"] = "\(concurrency)"
        }
        let service = try ServiceProcess(program, forge, settings)
        do {
            try await service.untilReady()
            try await forge.hook(to: service.hookAddress)
            let result = try await body(service)
            try await service.stop()
            return result
        } catch {
            service.kill()
            throw error
        }
    }
}
