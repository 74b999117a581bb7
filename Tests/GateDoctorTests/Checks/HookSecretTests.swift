import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct HookSecretTests {
    @Test(arguments: [DeliveryEvidence.badSignature, .nothing])
    func wrong(delivery: DeliveryEvidence) {
        _ = Healthy.only("hook.secret", .blocking) { $0.deliveries = [4: delivery] }
    }

    @Test func notTold() {
        var examination = Healthy.examination
        examination.deliveries = [:]
        #expect(Diagnosis(examination).severity == .unverifiable)
    }
}
