import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct ReachableTests {
    @Test(arguments: [
        ForgeError.Kind.timeout, .unreachable("refused"), .proxyUnreachable("refused", proxy: "p"), .malformed("x"),
        .redirectRefused(to: "y"),
    ])
    func nothingAnswers(kind: ForgeError.Kind) {
        let found = Healthy.found { $0.greeting = .failure(Healthy.error(kind)) }
        #expect(Array(found.keys) == ["reach.unreachable"])
        #expect(found["reach.unreachable"]?.first?.blocks == [Blocked(nil)])
    }

    /// A 404 where every forge tells its version: the address is wrong, and nothing of anything else was seen.
    @Test(arguments: [ForgeError.Kind.notFound(message: "nope", details: []), .proxyPage(status: 404, server: "")])
    func anotherPath(kind: ForgeError.Kind) throws {
        var examination = Examination(
            address: "https://git.example.org/git", now: Timestamp(seconds: 1),
            greeting: .failure(Healthy.error(kind)))
        examination.targets = ["acme"]
        var token = CredentialEvidence(.service, .set("COUNTERSIGN_FORGE_TOKEN"))
        token.identity = .failure(Healthy.error(kind))
        examination.credentials = [token]
        let entries = Diagnosis(examination).entries
        let finding = try #require(entries.first { $0.check.id == "reach.unreachable" }?.outcome.findings.first)
        #expect(finding.cure.lines(address: "").first?.hasPrefix("check the forge's address, and the path") == true)
        #expect(finding.cure.lines(address: "").last == "$ countersign refire acme --all")
        // The address that is wrong is not printed into what is to be pasted.
        examination.invocation.forgeOptions = ["--forge", "https://git.example.org/git"]
        #expect(Diagnosis(examination).examination.invocation.forgeOptions == ["--forge", "URL"])
        for entry in entries where entry.check.id != "reach.unreachable" {
            #expect(entry.outcome.findings.isEmpty, "\(entry)")
            // That its text is there was seen, and no more.
            #expect(entry.check.id == "token.empty" || entry.outcome.examined == 0, "\(entry)")
        }
    }
}
