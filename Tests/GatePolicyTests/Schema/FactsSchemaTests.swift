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
        #expect(
            try read(.object(object)).violations
                == ["`files.known`: expected a list, and found null: leave out what is not there"])
        for key in ["files", "codeOwners", "teamMembers", "remembered", "rememberedIdentities"] {
            var object = object
            object["files"] = nil
            object[key] = .null
            let violations = try read(.object(object)).violations
            #expect(violations.count == 1 && violations[0].hasPrefix("`\(key)`: expected "), "\(violations)")
        }
    }

    private func violations(_ name: String, _ value: JSONValue) throws -> [String] {
        guard case .object(var object) = try written(Story().facts) else { return [] }
        object[name] = value
        return try read(.object(object)).violations
    }

    private func rows(_ count: Int, _ row: (Int64) -> JSONValue) -> JSONValue {
        ["known": .list((1...Int64(count)).map(row))]
    }

    @Test func moreThanTheLimits() throws {
        func file(_ number: Int64) -> JSONValue { ["path": .text("f\(number)")] }
        #expect(try violations("files", rows(10_000, file)).isEmpty)
        #expect(
            try violations("files", rows(10_001, file)) == ["`files.known`: it holds 10001, and the limit is 10000"])
        func commit(_ number: Int64) -> JSONValue {
            let digits = String(number, radix: 16)
            return ["id": .text(String(repeating: "0", count: 40 - digits.count) + digits)]
        }
        #expect(try violations("commits", rows(5_000, commit)).isEmpty)
        #expect(
            try violations("commits", rows(5_001, commit)) == ["`commits.known`: it holds 5001, and the limit is 5000"])
    }

    @Test(arguments: ["reviews", "comments", "timeline", "statuses"]) func anIdTwice(_ name: String) throws {
        let row: JSONValue = [
            "id": 7, "state": name == "statuses" ? "success" : "APPROVED", "body": "", "context": "ci",
            "event": ["kind": "closed"],
        ]
        let found = try violations(name, ["known": [row, row]])
        #expect(found.contains("`\(name).known[1]`: `id` is 7, as of `\(name).known[0]`"), "\(found)")
    }

    @Test func numbersThatAreNone() throws {
        let file: JSONValue = ["path": "f", "additions": -1, "deletions": .number(1e19)]
        #expect(
            try violations("files", ["known": [file]]) == [
                "`files.known[0].additions`: `-1` is less than 0",
                "`files.known[0].deletions`: the number is too large",
            ])
        #expect(try violations("now", .number(1.5)) == ["`now`: expected a whole number, and found a fraction"])
        #expect(try violations("now", .number(-1e300)) == ["`now`: the number is too large"])
    }
}
