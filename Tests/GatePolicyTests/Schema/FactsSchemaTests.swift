import Foundation
import Testing

@testable import GatePolicy

/// Facts are taken by their schema as they are written.
@Suite struct FactsSchemaTests {
    private func read(_ document: JSONValue) throws -> (facts: Facts?, violations: [String]) {
        let (filled, violations) = Schema.facts.check(document)
        if !violations.isEmpty { return (nil, violations.map(\.description)) }
        return (try JSONDecoder().decode(Facts.self, from: JSONEncoder().encode(filled)), [])
    }

    private func written(_ facts: Facts) throws -> JSONValue {
        guard case .object(var object) = try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(facts))
        else { return .null }
        object["version"] = 1
        return .object(object)
    }

    /// Nobody has the name, there is no CODEOWNERS, the commit is gone: that is known, and written as null.
    @Test func whatIsKnownNotToBe() throws {
        var story = Story()
        story.facts.users["nobody"] = .known(nil)
        story.facts.codeOwners = .known(nil)
        story.change(Story.old, is: nil)
        story.review(nil)
        story.says("/waive it because", by: Story.bob)
        story.status("ci", nil, by: nil)
        story.hide("qa")
        let (facts, violations) = try read(written(story.facts))
        #expect(violations.isEmpty)
        #expect(facts == story.facts)
    }

    @Test func aNullThatMeansNothing() throws {
        guard case .object(var object) = try written(Story().facts) else { return }
        object["files"] = .object(["known": .null])
        #expect(try read(.object(object)).violations == ["`files`: the key `known` is missing"])
        object["files"] = .null
        #expect(try read(.object(object)).facts?.files == nil)
    }
}
