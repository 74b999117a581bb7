import CoreMetrics
import GatePolicy
import GateService
import GateStore
import GiteaSimulator
import PrometheusMetrics
import Testing

extension OperationStories {
    /// Both ages are those of the oldest, in seconds, and end when it was looked at.
    @Test func agesAreThoseOfTheOldest() async throws {
        let metrics = PrometheusFactory(help: GateInstruments.help)
        try await withMetricsFactory(metrics) {
            try await Service.tell { story, service in
                func age(_ name: String) async -> Double? {
                    await service.gate.reconcile()
                    return metrics.text().split(separator: "\n").first { $0.hasPrefix("\(name) ") }
                        .flatMap { Double($0.split(separator: " ")[1]) }
                }
                func since(_ moment: Moment) -> Double {
                    Double(service.gate.now().milliseconds - moment.milliseconds) / 1000
                }
                let name = try #require(RepositoryName(story.repository))
                let first = try await story.pull()
                try await service.settle()
                let seen = try #require(try await service.record(first).checkedAt)
                story.clock.advance(by: 30)
                let second = try await story.pull(file: "src/two.swift", branch: "feature/two")
                try await service.settle()
                story.clock.advance(by: 12)
                // What waited a second for its other delivery.
                try await service.work()
                #expect(since(seen) >= 42)
                #expect(await age("countersign_reconcile_age_seconds") == since(seen))
                #expect(await age("countersign_dirty_age_seconds") == 0)
                try await service.work()
                #expect(await age("countersign_reconcile_age_seconds") == 0)
                let marked = service.gate.now()
                try await service.gate.refire(name, .pull(Int64(first)))
                story.clock.advance(by: 7)
                try await service.gate.refire(name, .pull(Int64(second)))
                story.clock.advance(by: 5)
                #expect(await age("countersign_dirty_age_seconds") == since(marked) && since(marked) == 12)
                #expect(try await service.gate.processNext(only: .event)?.target == .pull(Int64(first)))
                #expect(await age("countersign_dirty_age_seconds") == 5, "of the one that is left")
                try await service.work()
                #expect(await age("countersign_dirty_age_seconds") == 0)
            }
        }
    }

    /// Which version runs, from the first reading on.
    @Test func whatRuns() {
        let metrics = PrometheusFactory(help: GateInstruments.help)
        withMetricsFactory(metrics) { GateInstruments.begin(version: "1.2.3") }
        #expect(metrics.text().contains("\ncountersign_build_info{version=\"1.2.3\"} 1\n"), "\(metrics.text())")
    }
}
