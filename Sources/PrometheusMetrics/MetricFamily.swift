/// All series of one name.
struct MetricFamily: Sendable {
    /// What kind of number it is.
    enum Kind: String, Sendable {
        case counter, gauge, histogram
    }

    /// One series of the family's kind.
    enum Series: Sendable {
        case counter(CounterSeries)
        case gauge(GaugeSeries)
        case histogram(HistogramSeries)
    }

    let name: String
    let kind: Kind
    let help: String?
    var series: [LabelSet: Series] = [:]
}
