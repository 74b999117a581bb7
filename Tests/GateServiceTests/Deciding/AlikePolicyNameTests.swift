import GatePolicy
import Testing

@testable import GateService

/// Names that compare alike in Unicode and are two names to git and to the forge.
@Suite struct AlikePolicyNameTests {
    static let composed = "caf\u{e9}"
    static let decomposed = "cafe\u{301}"

    @Test func aContextThatLooksLikeAnAllowedOne() throws {
        let text = "version: 1\ngates: { a: { require: qa, context: \"\(Self.composed)\" } }\n"
        let policy = try #require(PolicyReader.read(text, file: "countersign.yml", digest: "d").policy)
        #expect(policy.gates.refusedContexts([.init(context: Self.decomposed, branch: nil)]).count == 1)
        #expect(policy.gates.refusedContexts([.init(context: Self.composed, branch: nil)]).isEmpty)
    }

    @Test func filesThatLookAlikeAreRememberedEach() throws {
        let commit = try #require(CommitID(String(repeating: "a", count: 40)))
        let files = [Self.composed, Self.decomposed].map {
            PolicyMemory.File(repository: RepositoryName(owner: "acme", name: "site"), commit: commit, path: $0)
        }
        let memory = PolicyMemory()
        memory[files[0]] = [1]
        #expect(memory[files[1]] == nil)
        memory[files[1]] = [2]
        #expect(memory[files[0]] == [1])
    }
}
