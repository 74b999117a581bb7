import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

/// Gates that can be waived, where too few of those who are to sign are shown what they sign for.
@Suite struct NoDeadlockSightTests {
    private static let dave = Account(id: 4, login: "dave", isActive: true)

    private func entry(_ viewers: [Account], waivedBy waivers: String = "security") throws -> Diagnosis.Entry {
        var examination = Healthy.examination
        examination.repositories[0].policy = Healthy.policyAnswer(
            "version: 1\ngates:\n  a: { require: qa, waive: { by: \(waivers) } }\n")
        examination.repositories[0].pulls = .success([Healthy.pull(3, by: Healthy.bob)])
        examination.organizations[0].members[2] = [.directory: .success([Healthy.bob, Self.dave])]
        examination.organizations[0].people = .known([Healthy.bob, Healthy.carol, Self.dave])
        examination.people["carol"] = .success(Healthy.carol)
        examination.repositories[0].viewers = .known(viewers)
        return try #require(Diagnosis(examination).entries.first { $0.check == NoDeadlock.self })
    }

    /// It can be waived where one of a team opens it: no more than a word, as where there is nobody else in the team.
    @Test func waivedWhenOpenedByOne() throws {
        let outcome = try entry([Healthy.bob, Healthy.carol]).outcome
        #expect(outcome.findings.isEmpty, "\(outcome)")
        let word = "when bob opens the pull request: it can be waived"
        #expect(outcome.told.contains { $0.hasSuffix(word) }, "\(outcome)")
    }

    /// Who is not shown it waives nothing there.
    @Test func whoMayWaiveIsNotShownItEither() throws {
        #expect(try entry([Healthy.bob]).severity == .warning)
        #expect(try entry([Healthy.alice]).severity == .blocking)
        #expect(try entry([Healthy.carol]).severity == .warning)
        #expect(try entry([Healthy.bob, Self.dave, Healthy.carol]).severity == .sound)
    }

    /// Nor is it waived by members of the organisation, or by somebody who is named, who are not shown it.
    @Test(arguments: ["org_members", "'@carol'"]) func whoeverMayWaive(by waivers: String) throws {
        #expect(try entry([Healthy.bob], waivedBy: waivers).severity == .warning)
        #expect(try entry([Healthy.alice], waivedBy: waivers).severity == .blocking)
        let outcome = try entry([Healthy.bob, Healthy.carol], waivedBy: waivers).outcome
        #expect(outcome.told.contains { $0.hasSuffix("it can be waived") }, "\(outcome)")
    }
}
