import Testing

@testable import GiteaSimulator

@Suite struct ContractTests {
    @Test func `the simulator answers as the recorded server did`() async throws {
        let recording = try Recording.load()
        let outcome = try await Player.play(recording)
        let listed = Set(KnownDifferences.exchanges.map(\.exchange))
        let differing = Set(outcome.differences.map(\.exchange.number))
        for difference in outcome.differences where !listed.contains(difference.exchange.number) {
            let exchange = difference.exchange
            Issue.record(
                "\(exchange.number) \(exchange.group) \(exchange.actor) \(exchange.method) \(exchange.path): \(difference.details.prefix(6).joined(separator: " | "))"
            )
        }
        let (sent, deliveries) = DeliveryComparison.compare(recording, outcome)
        let listedDeliveries = Set(KnownDifferences.deliveries.map(\.exchange))
        for difference in deliveries where !listedDeliveries.contains(difference.index) {
            Issue.record("delivery \(difference.index): \(difference.details.prefix(6).joined(separator: " | "))")
        }
        for entry in KnownDifferences.deliveries where !deliveries.contains(where: { $0.index == entry.exchange }) {
            Issue.record("delivery \(entry.exchange) no longer differs: \(entry.reason)")
        }
        for entry in KnownDifferences.exchanges where !differing.contains(entry.exchange) {
            Issue.record("exchange \(entry.exchange) no longer differs: \(entry.reason)")
        }
        #expect(outcome.played == recording.exchanges.count)
        #expect(listed.count * 20 <= recording.exchanges.count, "more than 5 % differ")
        print(
            "\(outcome.played) exchanges: \(outcome.played - differing.count) equal, \(listed.count) listed differences"
        )
        print("\(sent) deliveries: \(sent - deliveries.count) equal, \(listedDeliveries.count) listed differences")
    }
}
