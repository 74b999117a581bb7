import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct TokenAcceptedTests {
    @Test func rejected() {
        let error = Healthy.error(.unauthorized(message: "user does not exist [uid: 0, name: , keyid: 0]"), .directory)
        let finding = Healthy.only("token.rejected", .blocking) { $0.credentials[1].identity = .failure(error) }
        #expect(finding?.cure.steps.count == 2)
    }

    /// What waited while nothing could be posted is not undecided: all of it is looked at again.
    @Test func rejectedOfTheService() {
        let error = Healthy.error(.unauthorized(message: "user does not exist [uid: 0, name: , keyid: 0]"))
        let finding = Healthy.only("token.rejected", .blocking) {
            $0.targets = ["acme", "other/one"]
            $0.credentials[0].identity = .failure(error)
        }
        #expect(finding?.cure.steps.last == .run("countersign refire acme other/one --all"))
    }

    /// A token that no answer shows to be known is not called accepted.
    @Test func unread() {
        var examination = Healthy.examination
        examination.credentials[0].identity = .failure(Healthy.error(.timeout))
        examination.credentials[0].excess = []
        for id in ["token.rejected", "token.deactivated", "token.fallback"] {
            let entry = Diagnosis(examination).entries.first { $0.check.id == id }
            #expect(entry?.outcome.examined == 1 && entry?.outcome.notMade.count == 1, "\(id)")
        }
    }
}
