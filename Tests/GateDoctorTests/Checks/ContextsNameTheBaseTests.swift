import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct ContextsNameTheBaseTests {
    @Test func baseless() {
        let text = "version: 1\ngates:\n  a: { require: qa, context: legacy }\n"
        let finding = Healthy.only("protection.any-base", .warning) {
            $0.repositories[0].policy = Healthy.policyAnswer(text)
            $0.repositories[0].branch = .success(Healthy.branch(["legacy", "countersign: main"]))
        }
        #expect(finding?.answer == "required: `legacy`")
    }

    /// What a pattern asks for besides stays required; beside the summary itself it opens nothing.
    @Test func baselessByAPattern() {
        func found(_ contexts: [String]) -> [String: [Finding]] {
            Healthy.found {
                $0.repositories[0].policy = Healthy.policyAnswer(
                    "version: 1\ngates:\n  a: { require: qa, context: ci/review }\n")
                $0.repositories[0].branch = .success(Healthy.branch(contexts))
                $0.repositories[0].statuses = .success([
                    Healthy.row("ci/build"), Healthy.row("ci/review"), Healthy.row("countersign: main"),
                ])
            }
        }
        let alone = found(["ci/*"])
        #expect(Set(alone.keys) == ["protection.any-base", "protection.not-required"], "\(alone)")
        let finding = alone["protection.any-base"]?.first
        #expect(finding?.answer == "required: `ci/review` (by `ci/*`)")
        let cure = finding?.cure.lines(address: "https://git.example.org") ?? []
        #expect(cure.last?.contains(#""status_check_contexts":["ci/*","countersign: main"]"#) == true, "\(cure)")
        let beside = found(["ci/*", "countersign: main"])
        #expect(beside.isEmpty, "\(beside)")
    }
}
