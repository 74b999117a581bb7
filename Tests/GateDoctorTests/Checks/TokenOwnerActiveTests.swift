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

    /// The account that posts is made active; a token of somebody else, taken by mistake, gives way to its own.
    @Test func deactivatedService() {
        let error = Healthy.error(.forbidden(message: "This account is not activated."))
        let finding = Healthy.only("token.deactivated", .blocking) { $0.credentials[0].identity = .failure(error) }
        let cure = finding?.cure.lines(address: "").filter { $0.hasPrefix("$") } ?? []
        #expect(cure.count == 3 && cure[0].contains("/admin/users/SERVICE"), "\(cure)")
        // Where the login is not known it stands in the path and in the body.
        let places = cure[0].ranges(of: "SERVICE").count
        let told = finding?.cure.lines(address: "").first
        #expect(places == 2 && told?.hasSuffix("in both places of SERVICE:") == true, "\(told ?? "")")
        #expect(cure[1].contains("/users/SERVICE/tokens") && cure[2] == "$ countersign refire --all", "\(cure)")
    }
}
