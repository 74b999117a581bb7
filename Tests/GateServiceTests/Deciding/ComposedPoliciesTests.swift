import GateForge
import GatePolicy
import Synchronization
import Testing

@testable import GateService

/// A policy is read once for all that it is made of, and anew for whatever is another.
@Suite struct ComposedPoliciesTests {
    private static let name = RepositoryName(owner: "acme", name: "widget")
    private static let place = PolicyFilePlace(path: ".countersign.yml")
    private static let base = PolicyFilePlace(path: "ci/gates.yml")

    private static func text(_ digest: String = "d", commit: String = "1", doubt: String? = nil) -> PolicyText {
        var text = PolicyText([0x20], file: ".countersign.yml", identity: "acme/widget@\(commit):x", digest: digest)
        text.doubt = doubt
        return text
    }

    private static func ingredients(
        _ text: PolicyText = text(), role: PolicyFileRole = .repository, of repository: RepositoryName = name,
        beside organization: PolicyText? = nil, including answers: [PolicyFilePlace: PolicyFileAnswer] = [:]
    ) -> ComposedPolicies.Ingredients? {
        ComposedPolicies.Ingredients(
            text, at: place, role: role, of: repository, beside: organization.map { ($0, base) }, answers)
    }

    private static let nothing = PolicyReader.compose(
        text(), at: place, role: .repository, organization: nil, repository: name, hash: { $0 }, file: { _ in nil })

    /// How many of them were put together.
    private static func composed(_ all: [ComposedPolicies.Ingredients?]) async -> Int {
        let kept = ComposedPolicies()
        let count = Mutex(0)
        for one in all {
            _ = await kept.composition(of: one) {
                count.withLock { $0 += 1 }
                return nothing
            }
        }
        return count.withLock { $0 }
    }

    @Test func theSameOnceWhateverTheCommit() async {
        #expect(
            await Self.composed([Self.ingredients(), Self.ingredients(), Self.ingredients(Self.text(commit: "2"))]) == 1
        )
    }

    @Test func anotherOneAnew() async {
        let included = [Self.base: PolicyFileAnswer.text(Self.text("i"))]
        let all = [
            Self.ingredients(), Self.ingredients(Self.text("e")), Self.ingredients(Self.text(doubt: "moves")),
            Self.ingredients(role: .organization),
            Self.ingredients(of: RepositoryName(owner: "acme", name: "gadget")),
            Self.ingredients(beside: Self.text("o")), Self.ingredients(beside: Self.text("p")),
            // Two places may be one file: that is told by their commits.
            Self.ingredients(Self.text(commit: "2"), beside: Self.text("o")),
            Self.ingredients(including: included), Self.ingredients(including: [Self.base: .text(Self.text("j"))]),
            Self.ingredients(including: [Self.base: .text(Self.text("i", commit: "2"))]),
            Self.ingredients(including: [PolicyFilePlace(path: "ci/gates.yml", ref: "main"): .text(Self.text("i"))]),
        ]
        #expect(await Self.composed(all) == all.count)
    }

    @Test func whatIsNotAtHandIsNotKept() async {
        for answer in [PolicyFileAnswer.refused("no", hint: nil), .unchecked] {
            let one = Self.ingredients(including: [Self.base: answer])
            #expect(await Self.composed([one, one]) == 2)
        }
    }

    @Test func thereIsAnEndOfWhatIsKept() async {
        let large = PolicyText(
            Array(repeating: 0x20, count: ComposedPolicies.maximumBytes), file: "x", identity: "", digest: "large")
        #expect(await Self.composed([Self.ingredients(), Self.ingredients(large), Self.ingredients()]) == 3)
    }

    /// The same digest of another text: whoever read that one would find another gate.
    @Test func aPolicyIsReadOnceAndNotForEveryEvent() async throws {
        let settings = try ForgeSettings(
            address: "http://127.0.0.1:1", token: Token("service-0123456789abcdef-secret"), version: "1")
        let commit = try #require(CommitID(String(repeating: "a", count: 40)))
        let repository = Repository(
            id: 1, name: Self.name, owner: Account(id: 5, login: "acme"), ownerIsOrganization: .known(true),
            isPrivate: true, defaultBranch: "main")
        let gates = try await ForgeClient.withClient(settings) { forge in
            let files = IncludedFiles(
                forge: forge, settings: DecidingSettings(), memory: PolicyMemory(), repository: repository,
                commit: commit, root: (Self.name, commit), before: nil)
            var gates: [[String]] = []
            for (gate, digest) in [("a", "d"), ("b", "d"), ("b", "e")] {
                let bytes = [UInt8]("version: 1\ngates: { \(gate): { require: qa } }\n".utf8)
                let text = PolicyText(bytes, file: ".countersign.yml", identity: gate, digest: digest)
                let composition = await files.compose(text, at: Self.place, role: .repository, beside: nil)
                gates.append(composition.gates.map(\.name))
            }
            return gates
        }
        #expect(gates == [["a"], ["a"], ["b"]])
    }
}
