import Testing

@testable import GatePolicy

/// What is said of the teams that a new policy names, whoever wrote it.
@Suite struct NewTeamsTests {
    private static func story(_ teams: [String]) -> Story {
        var story = Story()
        let ids = Dictionary(uniqueKeysWithValues: teams.enumerated().map { ($1, Int64(1000 + $0)) })
        story.facts.directories["acme"] = .known(TeamDirectory(ids: ids))
        return story
    }

    /// A stranger would learn by guessing which teams there are.
    @Test func noTeamIsNamedThatThePolicyDoesNotName() throws {
        let policy = try Story.policy("version: 1\ngates: { a: { require: financ or payrol or qa } }\n")
        let found = policy.mistakenTeams(Self.story(["finance", "payroll", "qa"]).facts)
        guard case .known(let mistakes) = found else {
            Issue.record("not known: \(found)")
            return
        }
        #expect(mistakes.map(\.hint) == Array(repeating: "create the team, or name another one", count: 2))
        #expect(!mistakes.rendered.contains("finance") && !mistakes.rendered.contains("payroll"))
    }

    /// As many names as a policy may hold, and as many teams as an organisation may have.
    @Test(.timeLimit(.minutes(1))) func thousandsOfNames() throws {
        let gates = (0..<22).map { gate in
            let names = (0..<900).map { "u\(gate)n\($0)x" }.joined(separator: " | ")
            return "  g\(gate): { require: \(names) }\n"
        }
        let policy = try Story.policy("version: 1\ngates:\n" + gates.joined())
        let facts = Self.story((0..<300).map { "u9n\($0)" }).facts
        let time = ContinuousClock().measure {
            let mistakes = policy.mistakenTeams(facts).value ?? []
            #expect(mistakes.count == PolicyLimits.diagnostics + 1)
            #expect(mistakes.last?.message == "\(22 * 900 - PolicyLimits.diagnostics) more findings are not shown")
        }
        #expect(time < .seconds(5))
    }
}
