/// The labels of one series, in the alphabet that Prometheus reads and in one order.
struct LabelSet: Hashable, Comparable, Sendable {
    /// Where series that are one too many for their family are counted together.
    static let overflow = LabelSet([("overflow", "true")])
    /// Unicode scalars of a value that are kept.
    static let maximumValueScalars = 200

    struct Label: Hashable, Sendable {
        var name: String
        var value: String
    }

    let labels: [Label]

    /// - Parameter dimensions: what swift-metrics gives; of two with one name the later one stands.
    init(_ dimensions: [(String, String)]) {
        var values: [String: String] = [:]
        for (name, value) in dimensions {
            values[Self.name(name)] = String(value.unicodeScalars.prefix(Self.maximumValueScalars))
        }
        labels = values.map { Label(name: $0.key, value: $0.value) }.sorted { $0.name < $1.name }
    }

    static func < (left: LabelSet, right: LabelSet) -> Bool {
        left.labels.lexicographicallyPrecedes(right.labels) { ($0.name, $0.value) < ($1.name, $1.value) }
    }

    /// Colons are for metrics only; `le` is the histograms' own, and two underscores begin Prometheus's own.
    private static func name(_ text: String) -> String {
        let name = MetricName(text).text.replacing(":", with: "_")
        return name == "le" || name.hasPrefix("__") ? "label_" + name : name
    }
}
