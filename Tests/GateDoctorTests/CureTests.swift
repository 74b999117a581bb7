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
}
