/// Times, in order.
struct Distribution {
    private let sorted: [Duration]

    init(_ times: [Duration]) { sorted = times.sorted() }

    var count: Int { sorted.count }
    var minimum: Duration { sorted.first ?? .zero }
    var maximum: Duration { sorted.last ?? .zero }

    /// The time that so many percent stay below.
    func percentile(_ percent: Double) -> Duration {
        guard !sorted.isEmpty else { return .zero }
        return sorted[min(sorted.count - 1, Int(Double(sorted.count) * percent / 100))]
    }

    /// The usual four.
    var text: String {
        "p50 \(percentile(50).milliseconds) ms, p99 \(percentile(99).milliseconds) ms, "
            + "least \(minimum.milliseconds) ms, most \(maximum.milliseconds) ms"
    }
}

extension Duration {
    /// Seconds, with their fraction.
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
    /// Milliseconds to one decimal.
    var milliseconds: String { (inSeconds * 1000).short }
}

extension Double {
    /// To one decimal.
    var short: String { "\((self * 10).rounded() / 10)" }
}
