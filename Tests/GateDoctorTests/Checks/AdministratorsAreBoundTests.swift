import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct AdministratorsAreBoundTests {
    @Test(arguments: [(false, .warning), (nil, .sound)] as [(Bool?, Severity)])
    func unbound(binds: Bool?, severity: Severity) {
        _ = Healthy.only("protection.administrators", severity) {
            $0.repositories[0].rules = .success([
                ProtectionRule(
                    name: "m*", isStatusCheckEnabled: true, contexts: ["countersign: main"], bindsAdministrators: binds,
                    settings: ["enable_push": false])
            ])
        }
    }
}
