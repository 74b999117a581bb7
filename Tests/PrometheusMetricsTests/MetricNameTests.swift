import Testing

@testable import PrometheusMetrics

struct MetricNameTests {
    @Test(arguments: [("http.server.requests", "http_server_requests"), ("2xx", "_2xx"), ("é", "_"), ("", "_")])
    func onlyWhatPrometheusReads(_ label: String, _ name: String) {
        #expect(MetricName(label).text == name)
    }
}
