/// Prometheus's text format 0.0.4.
public enum Exposition {
    /// What the format is served as.
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    static func text(of families: [MetricFamily]) -> String {
        families.sorted { $0.name < $1.name }.map(text).joined()
    }

    private static func text(of family: MetricFamily) -> String {
        var text = ""
        if let help = family.help { text += "# HELP \(family.name) \(escaped(help, quotes: false))\n" }
        text += "# TYPE \(family.name) \(family.kind.rawValue)\n"
        for (labels, series) in family.series.sorted(by: { $0.key < $1.key }) {
            switch series {
            case .counter(let counter): text += line(family.name, labels, counter.value)
            case .gauge(let gauge): text += line(family.name, labels, gauge.value)
            case .histogram(let histogram): text += lines(family.name, labels, histogram)
            }
        }
        return text
    }

    private static func lines(_ name: String, _ labels: LabelSet, _ histogram: HistogramSeries) -> String {
        let counts = histogram.counts
        var text = ""
        for (bound, count) in zip(histogram.bounds + [.infinity], counts.cumulative) {
            text += line(name + "_bucket", labels, Double(count), bound: number(bound))
        }
        text += line(name + "_sum", labels, counts.sum)
        return text + line(name + "_count", labels, Double(counts.cumulative.last ?? 0))
    }

    private static func line(_ name: String, _ labels: LabelSet, _ value: Double, bound: String? = nil) -> String {
        var pairs = labels.labels.map { "\($0.name)=\"\(escaped($0.value, quotes: true))\"" }
        if let bound { pairs.append("le=\"\(bound)\"") }
        return name + (pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}") + " \(number(value))\n"
    }

    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        let text = "\(value)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// By scalars: a carriage return and a line feed are one character.
    static func escaped(_ text: String, quotes: Bool) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\"" where quotes: result += "\\\""
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
