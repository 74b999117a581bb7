import Metrics
import Testing

@testable import PrometheusMetrics

struct PrometheusFactoryTests {
    let factory = PrometheusFactory(help: ["hook.deliveries": "Deliveries, a line\nand a \\."])

    @Test func everyKindReadsAsItsOwn() {
        Counter(label: "hook.deliveries", dimensions: [("event", "push"), ("a", "b")], factory: factory)
            .increment(by: 3)
        Counter(label: "hook.deliveries", dimensions: [], factory: factory).increment()
        FloatingPointCounter(label: "cost", factory: factory).increment(by: 0.5)
        Meter(label: "dirty", factory: factory).set(7)
        Recorder(label: "age", aggregate: false, factory: factory).record(1.25)
        #expect(
            factory.text() == """
                # TYPE age gauge
                age 1.25
                # TYPE cost_total counter
                cost_total 0.5
                # TYPE dirty gauge
                dirty 7
                # HELP hook_deliveries_total Deliveries, a line\\nand a \\\\.
                # TYPE hook_deliveries_total counter
                hook_deliveries_total 1
                hook_deliveries_total{a="b",event="push"} 3

                """)
    }

    @Test func aTimerIsAHistogramInSeconds() {
        let timer = Timer(label: "delivery", dimensions: [("kind", "event")], factory: factory)
        timer.recordMilliseconds(3)
        timer.recordMilliseconds(70)
        timer.recordSeconds(2000)
        let lines = factory.text().split(separator: "\n")
        #expect(lines.first == "# TYPE delivery_seconds histogram")
        #expect(lines[1] == "delivery_seconds_bucket{kind=\"event\",le=\"0.005\"} 1")
        #expect(lines[4] == "delivery_seconds_bucket{kind=\"event\",le=\"0.05\"} 1")
        #expect(lines[5] == "delivery_seconds_bucket{kind=\"event\",le=\"0.1\"} 2")
        #expect(
            lines.suffix(4) == [
                "delivery_seconds_bucket{kind=\"event\",le=\"900\"} 2",
                "delivery_seconds_bucket{kind=\"event\",le=\"+Inf\"} 3",
                "delivery_seconds_sum{kind=\"event\"} 2000.073", "delivery_seconds_count{kind=\"event\"} 3",
            ])
    }

    @Test func aRecorderThatAggregatesIsAHistogramInItsOwnUnit() {
        let recorder = Recorder(label: "calls", factory: factory)
        recorder.record(2)
        recorder.record(Double.nan)
        #expect(factory.text().contains("calls_bucket{le=\"1\"} 0\ncalls_bucket{le=\"2\"} 1\n"))
        #expect(factory.text().hasSuffix("calls_sum 2\ncalls_count 1\n"))
    }

    @Test func labelsAreEscapedAndNamesCleaned() {
        Meter(
            label: "m", dimensions: [("http.route", "a\"b\\c\r\nd"), ("le", "1"), ("__name__", "x"), ("a:b", "é")],
            factory: factory
        ).set(1)
        #expect(
            factory.text()
                == "# TYPE m gauge\nm{a_b=\"é\",http_route=\"a\\\"b\\\\c\r\\nd\",label___name__=\"x\",label_le=\"1\"} 1\n"
        )
    }

    @Test(arguments: [(Double.nan, "NaN"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (-0.5, "-0.5"), (1e21, "1e+21")])
    func valuesThatAreNoNumbers(_ value: Double, _ shown: String) {
        Meter(label: "m", factory: factory).set(value)
        #expect(factory.text().hasSuffix("m \(shown)\n"))
    }

    @Test func aCounterNeverFalls() {
        let counter = FloatingPointCounter(label: "c", factory: factory)
        counter.increment(by: 2.0)
        factory.makeFloatingPointCounter(label: "c", dimensions: []).increment(by: -1)
        factory.makeFloatingPointCounter(label: "c", dimensions: []).increment(by: .nan)
        factory.makeCounter(label: "c_total", dimensions: []).increment(by: 1)
        #expect(factory.text().hasSuffix("c_total 3\n"))
    }

    @Test func twoKindsOfOneNameStayApart() {
        Meter(label: "x", factory: factory).set(1)
        Recorder(label: "x", factory: factory).record(1)
        #expect(factory.text().contains("# TYPE x gauge\nx 1\n# TYPE x_histogram histogram\n"))
    }

    @Test func labelSetsAreBounded() {
        for number in 0..<(PrometheusFactory.maximumSeries + 50) {
            Counter(label: "c", dimensions: [("name", "\(number)")], factory: factory).increment()
        }
        let lines = factory.text().split(separator: "\n")
        #expect(lines.count == PrometheusFactory.maximumSeries + 2)
        #expect(lines.contains("c_total{overflow=\"true\"} 50"))
    }

    @Test func familiesAreBounded() {
        for number in 0..<(PrometheusFactory.maximumFamilies + 50) {
            Counter(label: "c\(number)", factory: factory).increment()
        }
        #expect(factory.text().split(separator: "\n").count == PrometheusFactory.maximumFamilies * 2)
    }

    @Test func whatManyCountAtOnceIsAllThere() async {
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask { [factory] in
                    for _ in 0..<1000 { Counter(label: "c", factory: factory).increment() }
                }
            }
        }
        #expect(factory.text() == "# TYPE c_total counter\nc_total 8000\n")
    }
}
