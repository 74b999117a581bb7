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

    /// A gate's own context in the form of those that workflows post: anybody's workflow can have that name.
    @Test(arguments: [("qa / review (pull_request)", true), ("qa / review", false), ("qa (review)", false)])
    func contextOfAWorkflowsForm(context: String, isOpen: Bool) {
        let policy = "version: 1\ngates:\n  qa-review: { require: qa, context: \"\(context)\" }\n"
        let found = Healthy.found {
            $0.repositories[0].policy = Healthy.policyAnswer(policy)
            $0.repositories[0].branch = .success(Healthy.branch(["countersign: main", context]))
        }
        #expect(found.keys.contains("protection.author-can-post") == isOpen, "\(found)")
    }

    @Test func literal() {
        let found = Healthy.found { $0.repositories[0].branch = .success(Healthy.branch(["countersign: main"])) }
        #expect(found.isEmpty, "\(found)")
    }
}
