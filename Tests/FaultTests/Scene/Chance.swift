import Foundation

/// A seeded generator (SplitMix64): the same seed gives the same case.
struct Chance: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    /// What a seed says of one thing, the so-manieth time.
    init(_ seed: UInt64, _ thing: String, _ time: Int) {
        // FNV-1a: Swift's own hashes differ from process to process.
        let hash = thing.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
        state = (seed ^ hash) &+ UInt64(time)
        state = next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number below a bound.
    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

    /// True in so many of a hundred cases.
    mutating func percent(_ percent: Int) -> Bool { below(100) < percent }

    /// One of some values; nil where there is none.
    mutating func pick<Value>(_ values: [Value]) -> Value? { values.isEmpty ? nil : values[below(values.count)] }
}

/// What the suites of faults are told from outside.
enum FaultSettings {
    private static let environment = ProcessInfo.processInfo.environment

    /// `FAULT_SEED`: what every random choice follows from.
    static let seed = environment["FAULT_SEED"].flatMap { UInt64($0) } ?? 20_261_121
    /// `FAULT_RUNS`: random runs of people on a repository; `make faults` asks for 2,000.
    static let runs = environment["FAULT_RUNS"].flatMap { Int($0) } ?? 60
    /// `FAULT_RUN`: only this one of them, told step by step.
    static let onlyRun = environment["FAULT_RUN"].flatMap { Int($0) }
    /// `FAULT_LIES`: how many lies are told about answers; `all` for every one, which takes an hour.
    static let lies = environment["FAULT_LIES"] == "all" ? nil : environment["FAULT_LIES"].flatMap { Int($0) } ?? 1_000
    /// `FAULT_PLOT`: only scenes of a name with this in it.
    static let onlyPlot = environment["FAULT_PLOT"]
    /// `FAULT_KILLS`: how often the process is killed; `make kills` asks for 100.
    static let kills = environment["FAULT_KILLS"].flatMap { Int($0) } ?? 3

    /// Numbers that a run is judged by: they go to the log of the test run.
    static func tell(_ text: String) { print("== \(text)") }
}
