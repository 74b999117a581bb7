import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

private let posted: String = "status(\"ci / nothere\" from @bob)"
private let labelled: String = "label(\"no-such\" by qa)"

@Suite struct ConditionsCanHoldTests {
    private static func policy(_ require: String) -> PolicyAnswer {
        Healthy.policyAnswer("version: 1\ngates:\n  a: { require: '\(require)' }\n")
    }

    private static func entry(_ require: String, _ spoil: (inout Examination) -> Void) throws -> Diagnosis.Entry {
        var examination = Healthy.examination
        examination.repositories[0].policy = policy(require)
        spoil(&examination)
        return try #require(Diagnosis(examination).entries.first { $0.check == ConditionsCanHold.self })
    }

    /// It was posted on no pull request: it may be misspelt, or nothing posts it any more.
    @Test(arguments: [0, 2]) func neverPosted(settled: Int) throws {
        let entry = try Self.entry(posted) {
            $0.repositories[0].otherHeads = [HeadEvidence(pull: 2, statuses: .success([]))]
            $0.repositories[0].settledHeads = settled
        }
        let finding = try #require(entry.outcome.findings.first)
        #expect(finding.severity == .warning)
        #expect(finding.answer == "nobody has posted `ci / nothere` on #3, #2")
        #expect(finding.meaning.contains("too few") == (settled < 2))
    }

    @Test func somebodyPostedIt() throws {
        let entry = try Self.entry(posted) {
            $0.heads["acme/widget#2"] = .success([Healthy.row("ci / nothere", by: Healthy.bob)])
        }
        #expect(entry.severity == .sound && entry.outcome.examined == 1, "\(entry.outcome)")
    }

    /// Without a pull request, or where its statuses cannot be read, nobody knows who posts what.
    @Test(arguments: [true, false]) func nothingToSee(fails: Bool) throws {
        let entry = try Self.entry(posted) {
            $0.repositories[0].statuses = fails ? .failure(Healthy.error(.timeout)) : nil
        }
        #expect(entry.severity == .unverifiable, "\(entry.outcome)")
        #expect(
            entry.outcome.notMade.first?.hasPrefix("acme/widget: no pull request shows who posts `ci / nothere`")
                == true, "\(entry.outcome)")
    }

    /// A label that there is not cannot be put on; making it cures that.
    @Test(arguments: [["other"], []]) func noSuchLabel(labels: [String]) throws {
        let entry = try Self.entry(labelled) {
            $0.repositories[0].labels = .success(labels)
            $0.organizations[0].labels = .success(["more"])
        }
        let finding = try #require(entry.outcome.findings.first)
        #expect(finding.severity == .warning)
        #expect(finding.answer == "`acme/widget` and `acme` have no label `no-such`")
        let cure = finding.cure.lines(address: "https://git.example.org")
        #expect(cure.last?.contains("/repos/acme/widget/labels") == true, "\(cure)")
    }

    @Test(arguments: ["repository", "organization"]) func labelThatThereIs(place: String) throws {
        let entry = try Self.entry(labelled) {
            $0.repositories[0].labels = .success(place == "repository" ? ["No-Such"] : [])
            $0.organizations[0].labels = .success(place == "repository" ? [] : ["no-such"])
        }
        #expect(entry.severity == .sound && entry.outcome.examined == 1, "\(entry.outcome)")
    }

    @Test(arguments: ["repository", "organization"]) func labelsThatCannotBeRead(place: String) throws {
        let entry = try Self.entry(labelled) {
            let failure = Result<[String], ForgeError>.failure(Healthy.error(.timeout))
            $0.repositories[0].labels = place == "repository" ? failure : .success([])
            if place == "organization" { $0.organizations[0].labels = failure }
        }
        #expect(entry.severity == .unverifiable, "\(entry.outcome)")
    }

    /// Where others are enough nothing waits for it.
    @Test(arguments: ["qa or \(posted)", "qa"]) func besideAnotherWay(require: String) throws {
        let entry = try Self.entry(require) { $0.repositories[0].statuses = nil }
        #expect(!entry.isAboutSomething, "\(entry.outcome)")
    }

    /// What hangs on statuses or labels is not counted as what people can meet; what the author writes is no obstacle.
    @Test(arguments: [
        ("qa", 1), ("qa and \(posted)", 0), (labelled, 0), ("qa or \(posted)", 1), ("qa and not label(\"wip\")", 1),
        ("qa and title(\"fix*\")", 1),
    ])
    func isNotCounted(require: String, count: Int) throws {
        var examination = Healthy.examination
        examination.repositories[0].policy = Self.policy(require)
        examination.people["bob"] = .success(Healthy.bob)
        let entry = try #require(Diagnosis(examination).entries.first { $0.check == NoDeadlock.self })
        #expect(entry.outcome.examined == count, "\(entry.outcome)")
    }
}
