import GatePolicy
import Testing

@testable import GateService

struct RepositorySelectionTests {
    private func contains(_ patterns: [String], _ name: String) throws -> Bool {
        try RepositorySelection(patterns).contains(#require(RepositoryName(name)))
    }

    @Test(arguments: [
        (["acme/*"], "acme/widget", true), (["acme/*"], "ACME/Widget", true), (["acme/*"], "other/widget", false),
        (["acme/*", "!acme/sandbox"], "acme/sandbox", false), (["!acme/sandbox", "acme/*"], "acme/Sandbox", false),
        (["acme/*", "!acme/sandbox"], "acme/sandbox2", true), (["acme/widget"], "acme/widget", true),
        (["acme/widget"], "acme/gadget", false), (["acme/*", "!acme/*"], "acme/widget", false),
        (["acme/.profile"], "acme/.profile", true),
    ])
    func patterns(_ patterns: [String], _ name: String, _ expected: Bool) throws {
        #expect(try contains(patterns, name) == expected)
    }

    @Test(arguments: [["acme"], ["*"], ["*/*"], ["acme/wid*"], ["/widget"], ["acme/"], ["acme/a/b"], ["!acme/*"], [""]])
    func mistakes(_ patterns: [String]) {
        #expect(throws: RepositorySelection.Mistake.self) { try RepositorySelection(patterns) }
    }

    @Test func whatIsLookedFor() throws {
        let selection = try RepositorySelection(["acme/*", "!acme/sandbox", "other/one"])
        #expect(selection.owners == ["acme"])
        #expect(selection.named == [RepositoryName(owner: "other", name: "one")])
        #expect(RepositorySelection.all.contains(RepositoryName(owner: "any", name: "thing")))
    }
}
