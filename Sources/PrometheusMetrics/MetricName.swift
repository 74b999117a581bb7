/// A metric's name in the alphabet that Prometheus reads.
struct MetricName: Hashable, Sendable {
    let text: String

    /// - Parameter label: a name of swift-metrics, such as `http.server.requests`.
    init(_ label: String) {
        var text = String(
            label.unicodeScalars.map { scalar in
                switch scalar {
                case "a"..."z", "A"..."Z", "0"..."9", "_", ":": Character(scalar)
                default: "_"
                }
            })
        if text.isEmpty || text.first?.isNumber == true { text = "_" + text }
        self.text = text
    }
}
