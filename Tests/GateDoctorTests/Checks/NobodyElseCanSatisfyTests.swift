import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct NobodyElseCanSatisfyTests {
    @Test(arguments: ["countersign*", "*", "countersign: ma*", "{countersign: main,x}*"])
    func open(pattern: String) {
        let found = Healthy.found { $0.repositories[0].branch = .success(Healthy.branch([pattern])) }
        #expect(found["protection.author-can-post"]?.first?.severity == .blocking, "\(found)")
    }

    @Test func literal() {
        let found = Healthy.found { $0.repositories[0].branch = .success(Healthy.branch(["countersign: main"])) }
        #expect(found.isEmpty, "\(found)")
    }
}
