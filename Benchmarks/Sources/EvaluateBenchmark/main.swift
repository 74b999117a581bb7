import GatePolicy

// evaluate-benchmark [small|big] [--count N]: without a case, both and their times; with one, N evaluations of it.

let arguments = CommandLine.arguments

func run(_ example: Case, _ count: Int) {
    for _ in 0..<count where example.policy.evaluate(example.facts).gates.isEmpty { print("no gates") }
}

func median(_ example: Case, _ count: Int, bar: Double) {
    run(example, count / 10)
    let clock = ContinuousClock()
    let times = (0..<count).map { _ in clock.measure { run(example, 1) } }.sorted()
    let middle = times[times.count / 2] / .microseconds(1)
    let hundredths = Int(middle * 100)
    let outcome = example.policy.evaluate(example.facts).summary.outcome
    print("\(example.name): \(Double(hundredths) / 100) µs median of \(count) (bar \(bar) µs), \(outcome)")
}

func medianOfReading(_ example: Case, _ count: Int, bar: Double) {
    let clock = ContinuousClock()
    let times = (0..<count).map { _ in
        clock.measure { _ = PolicyReader.read(example.text, file: "countersign.yml", digest: "d") }
    }.sorted()
    let middle = Int(times[times.count / 2] / .microseconds(1))
    print("\(example.name): \(middle) µs to read, median of \(count) (bar \(bar) µs)")
}

guard let small = Case.small(), let big = Case.big() else { fatalError("a benchmark's policy is invalid") }
if arguments.count >= 3, arguments[2] == "--count", let count = arguments.dropFirst(3).first.flatMap({ Int($0) }) {
    run(arguments[1] == "big" ? big : small, count)
} else {
    median(small, 20_000, bar: 6)
    median(big, 2_000, bar: 330)
    medianOfReading(small, 500, bar: 300)
    medianOfReading(big, 50, bar: 9_000)
}
