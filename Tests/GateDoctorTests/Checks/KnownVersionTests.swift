import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct KnownVersionTests {
    @Test(arguments: [
        ("1.22.0", true), ("1.22.6", true), ("1.27.1", true), ("2.0.0", true), ("1.21.11", false),
        ("1.22.0+dev", false),
        ("1.22.0-rc1", false), ("1.22.0+rc1-17-gabcdef0", false), ("1.20.0", false), ("7.0.4+gitea-1.22.0", true),
        ("1.21.11+gitea-1.21.11", false),
        ("1.23.0+dev-17", true),
    ])
    func versions(text: String, waits: Bool) {
        let found = Healthy.found { $0.greeting = .success(ServerGreeting(version: text, date: $0.now)) }
        #expect(found.keys.contains("reach.version") == !waits)
    }

    @Test(arguments: [
        ("1.22.0", ["renamed file", "tells nobody of statuses", "block_admin", "GHSA-w5pg", "GHSA-777r"]),
        ("1.22.2", ["renamed file", "tells nobody of statuses", "block_admin", "GHSA-w5pg", "GHSA-777r"]),
        ("1.22.3", ["tells nobody of statuses", "block_admin", "GHSA-w5pg", "GHSA-777r"]),
        ("1.22.6+7-gabcdef", ["tells nobody of statuses", "block_admin", "GHSA-w5pg", "GHSA-777r"]),
        ("1.23.8", ["GHSA-w5pg", "GHSA-777r"]), ("1.26.2", ["GHSA-w5pg", "GHSA-777r"]), ("1.26.3", ["GHSA-w5pg"]),
        ("1.27.0", []), ("1.28.0", ["newer than 1.27"]),
        ("7.0.4+gitea-1.22.0", ["were not looked up"]),
    ])
    func limits(text: String, told: [String]) throws {
        var examination = Healthy.examination
        examination.greeting = .success(ServerGreeting(version: text, date: examination.now))
        let entry = try #require(Diagnosis(examination).entries.first { $0.check.id == "reach.version" })
        #expect(entry.outcome.told.count == told.count, "\(entry.outcome.told)")
        for (line, words) in zip(entry.outcome.told, told) { #expect(line.contains(words), "\(line)") }
    }

    @Test func anUnknownFormIsNotSound() {
        var examination = Healthy.examination
        examination.greeting = .success(ServerGreeting(version: "main", date: examination.now))
        #expect(Diagnosis(examination).severity == .unverifiable)
    }
}
