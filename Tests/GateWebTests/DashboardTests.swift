import Foundation
import GateService
import PrometheusMetrics
import Testing

@testable import GateWeb

/// The example dashboard and the documents name metrics that exist.
struct DashboardTests {
    @Test(arguments: ["Deployment/grafana-dashboard.json", "Documentation/pages.md", "Documentation/operations.md"])
    func everyMetricExists(_ path: String) throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: path), encoding: .utf8)
        let known = Set(
            GateInstruments.Name.allCases.map { $0.rawValue.replacing(".", with: "_") }
                + WebInstruments.help.keys.map { $0.replacing(".", with: "_") } + ProcessFigures.help.keys)
        let named = Set(text.matches(of: /(countersign|process)_[a-z_]+/).map { String($0.output.0) })
        #expect(named.count >= 5)
        for name in named {
            let stem =
                ["_total", "_bucket"].first { name.hasSuffix($0) }.map { String(name.dropLast($0.count)) } ?? name
            let isKnown = known.contains(stem) || stem.hasSuffix("_seconds") && known.contains(String(stem.dropLast(8)))
            #expect(isKnown, "\(path) names `\(name)`")
        }
    }
}
