import GateForge
import Testing

@testable import GateDoctor

/// What is printed to be run is what was meant, whatever names the forge has.
@Suite struct CureTests {
    private func lines(_ steps: Cure.Step...) -> [String] { Cure(steps).lines(address: "https://git.example.org") }

    @Test func quotes() {
        let request = ForgeRequest("PATCH", "/teams/1", body: #"{"name":"it's"}"#, by: .named("o'neil"))
        #expect(
            request.command(address: "https://git.example.org")
                == #"curl -fsS -u 'o'\''neil' -X PATCH 'https://git.example.org/api/v1/teams/1' "#
                + #"-H 'Content-Type: application/json' -d '{"name":"it'\''s"}'"#)
    }

    @Test(arguments: [("main", "main"), ("release/*", "release%2F%2A"), ("a b?#", "a%20b%3F%23"), ("ü", "%C3%BC")])
    func segments(name: String, encoded: String) { #expect(ForgeRequest.segment(name) == encoded) }

    /// A rule, a context or a team whose name has a line break makes no line of its own.
    @Test(arguments: ["\n", "\r\n", "\u{2028}", "\u{85}", "\u{202e}"])
    func hostileNames(sign: String) {
        for line in lines(.tell("take out `x\(sign)$ rm -rf .`"), .run("countersign refire a\(sign)$ rm")) {
            #expect(!line.unicodeScalars.contains { sign.unicodeScalars.contains($0) })
        }
        #expect(lines(.tell("x\(sign)$ rm")).count == 1)
    }

    /// A word in capitals is explained once.
    @Test func explanations() {
        let call = Cure.Step.call(ForgeRequest("GET", "/x", by: .owner(of: "acme")))
        #expect(lines(call, call).filter { $0.hasPrefix("# OWNER is") }.count == 1)
    }

    /// Of several calls on one line the next is made only where the one before was taken.
    @Test func inTurn() {
        let calls = ["POST", "DELETE"].map { ForgeRequest($0, "/x", by: .owner(of: "acme")) }
        let told = lines(.inTurn(calls))
        #expect(told.count == 2 && told[0].hasPrefix("# OWNER is"), "\(told)")
        #expect(told[1].contains("-X POST 'https://git.example.org/api/v1/x' && curl -fsS -u OWNER -X DELETE "))
    }

    /// Our own commands are given what the doctor was given; calls of the forge are not.
    @Test func invocation() {
        let invocation = Invocation(
            before: ["sudo", "-u", "gate"], options: ["--settings", "/a b"], forgeOptions: ["--forge", "x"])
        let cure = Cure(
            .run("countersign refire acme"), .run("countersign forget acme/widget#1", needsForge: false),
            .call(ForgeRequest("GET", "/x", by: .named("o"))))
        #expect(
            cure.lines(address: "h", invocation: invocation) == [
                "$ sudo -u gate countersign refire acme --settings '/a b' --forge x",
                "$ sudo -u gate countersign forget acme/widget#1 --settings '/a b'",
                "$ curl -fsS -u o -X GET 'h/api/v1/x'",
            ])
    }

    /// A secret is no argument of a program: everybody on the machine sees those.
    @Test(arguments: ForgeRequest.secrets) func secretsGoThroughAPipe(word: String) {
        let request = ForgeRequest("POST", "/x", body: #"{"a":"\#(word)"}"#, by: .named("o"))
        #expect(
            request.command(address: "https://f")
                == #"printf %s '{"a":"\#(word)"}' | curl -fsS -u o -X POST 'https://f/api/v1/x' "#
                + "-H 'Content-Type: application/json' -d @-")
    }

    /// Where a token goes is a place that the settings take.
    @Test func places() {
        #expect(
            lines(.store(.file("/etc/countersign/forge-token"))) == [
                "put the `sha1` of the answer into `/etc/countersign/forge-token`, in the place of what is there, and let "
                    + "its owner alone read it (mode 600)",
                "let the service, where one runs, read it: `systemctl reload countersign`",
            ])
        var examination = Healthy.examination
        func told() -> String? { Cure(examination.store(.service)).lines(address: "").first }
        #expect(told() == "put the `sha1` of the answer into `COUNTERSIGN_FORGE_TOKEN`, or into the secret behind it")
        examination.credentials[0].origin = .set("forge.token_file", path: "/t")
        #expect(told()?.contains("into `/t`, ") == true)
        examination.credentials[0].origin = .missing
        #expect(
            told()?.hasSuffix(
                "`COUNTERSIGN_FORGE_TOKEN` or the secret behind it, or into a file of mode 600 that "
                    + "`forge.token_file` names") == true)
    }
}
