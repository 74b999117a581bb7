import CoreMetrics
import Synchronization

/// Keeps what swift-metrics counts, and shows it in Prometheus's text format 0.0.4.
///
/// Series stay for the life of the process: one that is destroyed and made again would be read as a restart.
public final class PrometheusFactory: MetricsFactory {
    /// Upper bounds of timers, in seconds.
    public static let secondsBounds: [Double] = [
        0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900,
    ]
    /// Upper bounds of aggregating recorders, in their own unit.
    public static let recorderBounds: [Double] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000]
    /// Series that one name may have; further label sets are counted together as `overflow="true"`.
    public static let maximumSeries = 500
    /// Names there may be; what would be one too many is not shown.
    public static let maximumFamilies = 300

    private let help: [String: String]
    private let families = Mutex<[String: MetricFamily]>([:])

    /// A factory without a series.
    /// - Parameter help: a sentence about each metric, by the name that swift-metrics knows it by.
    public init(help: [String: String] = [:]) {
        self.help = help
    }

    /// Everything in text format 0.0.4, in the order of names and labels.
    public func text() -> String { Exposition.text(of: families.withLock { Array($0.values) }) }

    /// The series of a name, kind and label set; made where there is none yet.
    private func series(
        _ label: String, _ kind: MetricFamily.Kind, suffix: String, _ dimensions: [(String, String)],
        make: () -> MetricFamily.Series
    ) -> MetricFamily.Series {
        families.withLock { families in
            var name = MetricName(label).text
            if !name.hasSuffix(suffix) { name += suffix }
            // Two kinds cannot share a name: the later one tells its kind.
            if let other = families[name], other.kind != kind { name += "_\(kind.rawValue)" }
            var family = families[name] ?? MetricFamily(name: name, kind: kind, help: help[label])
            var labels = LabelSet(dimensions)
            if let known = family.series[labels] { return known }
            if family.series.count >= Self.maximumSeries { labels = .overflow }
            if let known = family.series[labels] { return known }
            let made = make()
            family.series[labels] = made
            if families[name] != nil || families.count < Self.maximumFamilies { families[name] = family }
            return made
        }
    }

    private func counter(_ label: String, _ dimensions: [(String, String)]) -> CounterSeries {
        let found = series(label, .counter, suffix: "_total", dimensions) { .counter(CounterSeries()) }
        if case .counter(let series) = found { return series }
        return CounterSeries()
    }

    private func gauge(_ label: String, _ dimensions: [(String, String)]) -> GaugeSeries {
        let found = series(label, .gauge, suffix: "", dimensions) { .gauge(GaugeSeries()) }
        if case .gauge(let series) = found { return series }
        return GaugeSeries()
    }

    private func histogram(
        _ label: String, suffix: String, _ dimensions: [(String, String)], _ bounds: [Double]
    ) -> HistogramSeries {
        let found = series(label, .histogram, suffix: suffix, dimensions) {
            .histogram(HistogramSeries(bounds: bounds))
        }
        if case .histogram(let series) = found { return series }
        return HistogramSeries(bounds: bounds)
    }
}

extension PrometheusFactory {
    /// A counter; its name ends in `_total`.
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        counter(label, dimensions)
    }

    /// A counter of fractions; its name ends in `_total`.
    public func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        counter(label, dimensions)
    }

    /// A gauge.
    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        gauge(label, dimensions)
    }

    /// A histogram where values are aggregated, else a gauge of the last one.
    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        aggregate ? histogram(label, suffix: "", dimensions, Self.recorderBounds) : gauge(label, dimensions)
    }

    /// A histogram in seconds; its name ends in `_seconds`.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        histogram(label, suffix: "_seconds", dimensions, Self.secondsBounds)
    }

    /// The series stays.
    public func destroyCounter(_ handler: any CounterHandler) {}
    /// The series stays.
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    /// The series stays.
    public func destroyMeter(_ handler: any MeterHandler) {}
    /// The series stays.
    public func destroyRecorder(_ handler: any RecorderHandler) {}
    /// The series stays.
    public func destroyTimer(_ handler: any TimerHandler) {}
}
