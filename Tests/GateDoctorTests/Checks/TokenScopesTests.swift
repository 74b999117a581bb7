import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct TokenScopesTests {
    @Test func withoutWriteIssue() {
        let finding = Healthy.only("token.scope", .blocking) {
            $0.credentials[0].needed[1].probe = .missing(["write:issue"])
        }
        #expect(finding?.answer == "the token lacks `write:issue`")
    }

    /// Everything that takes other scopes is looked at all the same: a second fault is found in the same run.
    @Test func theRestIsLookedAt() {
        var examination = Healthy.examination
        examination.credentials[0].needed[0].probe = .missing(["write:repository"])
        examination.organizations[0].hooks = .success([])
        let blocking = Diagnosis(examination).entries.filter { $0.severity == .blocking }.map { $0.check.id }
        #expect(blocking == ["token.scope", "hook.missing"])
    }

    /// A token without any scope for repositories reads none, and one that may write reads, too.
    @Test func withoutReadingEither() {
        let finding = Healthy.only("token.scope", .blocking) {
            $0.credentials[0].needed[0].probe = .missing(["write:repository"])
            $0.credentials[0].needed.append(
                .init(
                    scope: "read:repository", call: "GET /repos/{owner}/{repo}",
                    probe: .missing(["read:repository"])))
            $0.organizations[0].hooks = .success([])
        }
        #expect(finding?.answer == "the token lacks `write:repository`")
    }

    @Test func onlyWhatIsPublic() {
        var examination = Healthy.examination
        examination.credentials[0].needed[0].probe = .missing([ScopeProbe.publicOnly])
        let entry = Diagnosis(examination).entries.first { $0.check.id == "hook.missing" }
        #expect(entry?.outcome.notMade == ["`forge.token` cannot be used: see `token.scope`"])
    }

    /// What it is told to lack it does not lack.
    @Test(arguments: [Credential.service, .directory]) func publicOnlyIsNamed(credential: Credential) {
        let found = Healthy.found {
            if credential == .service {
                $0.credentials[0].needed[0].probe = .missing([ScopeProbe.publicOnly])
            } else {
                $0.organizations[0].teams[.directory] = .failure(
                    Healthy.error(.forbidden(message: "token scope is limited to public orgs"), .directory))
            }
        }
        #expect(Array(found.keys) == ["token.scope"], "\(found)")
        let finding = found["token.scope"]?.first
        #expect(finding?.answer == "the token is for what is public alone (`public-only`)")
        #expect(finding?.cure.lines(address: "h").contains { $0.contains("/tokens") } == true, "\(found)")
    }

    /// What was not tried, or refused for another reason, is not called sound.
    @Test func notTried() {
        let spoils: [(inout Examination) -> Void] = [
            { $0.credentials[0].needed = [] },
            { $0.credentials[0].needed[0].probe = .refused(Healthy.error(.serverError(status: 503, message: ""))) },
            { $0.organizations[0].teams[.directory] = nil },
        ]
        for (index, spoil) in spoils.enumerated() {
            var examination = Healthy.examination
            spoil(&examination)
            let entry = Diagnosis(examination).entries.first { $0.check.id == "token.scope" }
            #expect(entry?.severity == .unverifiable, "\(index)")
        }
    }

    /// What the token that reads teams is for is tried where no policy names a team, too.
    @Test func blindWhereNoTeamIsNamed() {
        let finding = Healthy.found {
            $0.repositories[0].policy = Healthy.policyAnswer("version: 1\ngates:\n  a: { require: writers }\n")
            $0.organizations[0].mentioned = []
            let error = Healthy.error(.missingScope(["read:organization"], message: "x"), .directory)
            $0.organizations[0].teams = [.directory: .failure(error)]
        }["token.scope"]?.first
        #expect(finding?.answer == "the token lacks `read:organization`")
    }

    /// A service token that cannot read teams is not made wider: a token for that alone is the cure.
    @Test func noDirectoryToken() {
        let finding = Healthy.only("token.scope", .blocking) {
            $0.credentials[1].origin = .missing
            let error = Healthy.error(.missingScope(["read:organization"], message: "x"))
            $0.organizations[0].teams = [.service: .failure(error)]
        }
        let steps = finding?.cure.lines(address: "https://git.example.org") ?? []
        #expect(steps.contains { $0.contains(#""scopes":["read:organization"]"#) }, "\(steps)")
        #expect(finding?.asked == ["`GET /x` with `forge.token`"])
    }
}
