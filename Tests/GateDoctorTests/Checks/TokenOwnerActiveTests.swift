import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct TokenOwnerActiveTests {
    @Test(arguments: [
        "This account is prohibited from signing in, please contact your site administrator.",
        "This account is not activated.",
    ])
    func deactivated(message: String) {
        let error = Healthy.error(.forbidden(message: message), .directory)
        _ = Healthy.only("token.deactivated", .blocking) { $0.credentials[1].identity = .failure(error) }
    }
}
