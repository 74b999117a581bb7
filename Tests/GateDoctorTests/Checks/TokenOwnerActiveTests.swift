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
        let finding = Healthy.only("token.deactivated", .blocking) { $0.credentials[1].identity = .failure(error) }
        // Whoever left is not let in again: another owner makes a token.
        let cure = finding?.cure.lines(address: "").filter { $0.hasPrefix("$") } ?? []
        #expect(cure.count == 1 && cure[0].contains("/users/OWNER/tokens"), "\(cure)")
    }
}
