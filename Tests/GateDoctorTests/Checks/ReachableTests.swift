import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct ReachableTests {
    @Test(arguments: [ForgeError.Kind.timeout, .unreachable("refused"), .malformed("x"), .redirectRefused(to: "y")])
    func nothingAnswers(kind: ForgeError.Kind) {
        let found = Healthy.found { $0.greeting = .failure(Healthy.error(kind)) }
        #expect(Array(found.keys) == ["reach.unreachable"])
        #expect(found["reach.unreachable"]?.first?.blocks == [Blocked(nil)])
    }
}
