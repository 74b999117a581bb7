import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct NobodyElseCanSatisfyTests {
    @Test(arguments: ["countersign*", "*", "countersign: ma*", "{countersign: main,x}*"])
    func open(pattern: String) {
        let found = Healthy.found { $0.repositories[0].branch = .success(Healthy.branch([pattern])) }
        let finding = found["protection.author-can-post"]?.first
        #expect(finding?.severity == .blocking, "\(found)")
        // What else it asks for stays asked for.
        let cure = finding?.cure.lines(address: "https://git.example.org") ?? []
        let contexts = JSONText.of([pattern, "countersign: main"])
        #expect(cure.last?.contains(#""status_check_contexts":\#(contexts)"#) == true, "\(cure)")
    }

    /// The forge wants all that is required: beside the summary itself such a pattern only asks for more.
    @Test(arguments: ["countersign*", "*", "c*", "countersign: ma*"])
    func besideTheSummary(pattern: String) {
        let found = Healthy.found {
            $0.repositories[0].branch = .success(Healthy.branch([pattern, "countersign: main"]))
        }
        #expect(found.isEmpty, "\(found)")
    }

    /// A gate's own context in the form of those that workflows post: anybody's workflow can have that name.
    @Test(arguments: [("qa / review (pull_request)", true), ("qa / review", false), ("qa (review)", false)])
    func contextOfAWorkflowsForm(context: String, isOpen: Bool) {
        let policy = "version: 1\ngates:\n  qa-review: { require: qa, context: \"\(context)\" }\n"
        let found = Healthy.found {
            $0.repositories[0].policy = Healthy.policyAnswer(policy)
            $0.repositories[0].branch = .success(Healthy.branch(["countersign: main", context]))
        }
        #expect(found["protection.author-can-post"]?.map(\.severity) == (isOpen ? [.warning] : nil), "\(found)")
    }

    @Test func literal() {
        let found = Healthy.found { $0.repositories[0].branch = .success(Healthy.branch(["countersign: main"])) }
        #expect(found.isEmpty, "\(found)")
    }
}
