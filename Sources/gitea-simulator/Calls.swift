import ArgumentParser
import GiteaSimulator
import Synchronization

/// Counts the calls of one cold check of a two-gate policy over two teams, on a forge that takes its time.
struct Calls: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the calls of one check, in rounds, and what the waiting came to.")

    @Option(help: "The countersign program to run.")
    var countersign: String

    @Option(help: "Milliseconds that every call takes.")
    var latency = 30

    func run() async throws {
        let clock = SimulatorClock()
        var options = GiteaSimulator.Options()
        options.version = ServerVersion("1.22.0")
        options.now = { clock.now }
        try await GiteaSimulator.run(options) { simulator in
            let story = try await DemoStory(simulator, tick: { clock.advance(by: 1) })
            let check = CheckCommand(program: countersign, story: story)
            simulator.faults.latency = .milliseconds(latency)
            simulator.requests.reset()
            let arrivals = Mutex<[ContinuousClock.Instant]>([])
            simulator.beforeResponse = { _, _ in arrivals.withLock { $0.append(.now) } }
            let checked = try await check.run(story.pulls[0].number, directoryToken: nil)
            let records = simulator.requests.all
            let reads = records.filter { $0.method == "GET" }
            for record in records { print("\(record.method) \(record.path) as \(record.login ?? "nobody")") }
            let rounds = simulator.requests.rounds
            let times = arrivals.withLock { $0 }
            guard let first = times.first, let last = times.last, !reads.isEmpty else {
                throw ValidationError("no call was made; the check ended with \(checked.exitStatus)")
            }
            // The hook runs after the added time, so the first arrival is one latency late.
            let waited = first.duration(to: last) + .milliseconds(latency)
            let ideal = Duration.milliseconds(latency * rounds)
            let ratio =
                Double(waited.components.attoseconds / 1_000_000_000_000_000 + waited.components.seconds * 1000)
                / Double(latency * rounds)
            print(
                """
                \(reads.count) reads and \(records.count - reads.count) writes in \(rounds) rounds; \
                \(waited) for \(ideal) of waiting: \(ratio) times
                """)
        }
    }
}
