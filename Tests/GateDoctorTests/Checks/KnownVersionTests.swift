import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct KnownVersionTests {
    @Test(arguments: [
        ("1.22.0", true), ("1.22.6", true), ("1.27.1", true), ("2.0.0", true), ("1.21.11", false),
        ("1.22.0+dev", false),
        ("1.22.0-rc1", false), ("1.20.0", false), ("7.0.4+gitea-1.22.0", true), ("1.21.11+gitea-1.21.11", false),
        ("1.23.0+dev-17", true),
    ])
    func versions(text: String, waits: Bool) {
        let found = Healthy.found { $0.greeting = .success(ServerGreeting(version: text, date: $0.now)) }
        #expect(found.keys.contains("reach.version") == !waits)
    }

    @Test func anUnknownFormIsNotSound() {
        var examination = Healthy.examination
        examination.greeting = .success(ServerGreeting(version: "main", date: examination.now))
        #expect(Diagnosis(examination).severity == .unverifiable)
    }
}
