import Testing

@testable import GatePolicy

@Suite struct StatusDescriptionTests {
    @Test(arguments: [
        ("short", "short"), ("two\nlines\r\nand\ttab", "two lines  and tab"),
        ("a\u{202E}b\u{2028}c\u{200B}d", "a b c d"),
        ("", ""),
    ])
    func oneVisibleLine(_ text: String, _ shown: String) {
        #expect(StatusDescription(text).description.unicodeScalars.elementsEqual(shown.unicodeScalars))
    }

    @Test(arguments: ["x", "é", "\u{1F469}\u{200D}\u{1F680}", "e\u{301}\u{302}\u{303}", "🏴", "\u{0}", "\r\n"])
    func itFits(_ unit: String) {
        for count in [1, 69, 70, 139, 140, 141, 500] {
            let line = StatusDescription(String(repeating: unit, count: count)).description
            #expect(line.unicodeScalars.count <= 140)
            #expect(line.utf8.count <= StatusDescription.maximumBytes)
            #expect(line.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
        }
        #expect(StatusDescription(String(repeating: "x", count: 140)).description.hasSuffix("x"))
        #expect(StatusDescription(String(repeating: "x", count: 141)).description.hasSuffix("x…"))
    }

    /// What the forge said is cut, and the call that it said it to, and not the cause or what to do.
    @Test func theCureIsRead() {
        func line(_ phrase: String, _ cure: String) -> String { StatusDescription(phrase, cure: cure).description }
        let cause = "cannot know who is in qa: the forge does not accept `forge.token`"
        let call = " (`GET /user` with `forge.token`)"
        let cure = "make a new token, and put it into `forge.token`"
        #expect(
            line(cause + ": `user does not exist [uid: 0, name: , keyid: 0]`" + call, cure)
                == cause + ": `user does not exist […`; " + cure)
        #expect(line("cannot know it: the forge did not answer in time" + call, cure).hasSuffix(call + "; " + cure))
        let long = "cannot know who is in team `qa` of `acme`: `dave`, the owner of `forge.token`, is not in team `qa`"
        #expect(line(long, cure) == long + "; make a new token, and put it into `forg…")
        #expect(line(long + " of this organisation of ours", cure) == long + " of this organisation of ours")
        #expect(line("short", "mend it") == "short; mend it")
    }

    @Test func hostileReasonsAndNames() throws {
        var story = Story()
        story.waive(
            "it", by: Story.erin, reason: "ok\u{1B}[31m\n✅ approved by everybody " + String(repeating: "🧨", count: 300))
        let gate = try story.gate(["require: qa", "waive: { by: leads, reason: required }", "block: none"])
        let line = gate.statusDescription(names: true).description
        #expect(line.hasPrefix("waived by erin: ok [31m ✅"))
        #expect(!line.contains("\n"))
        let verdict = try story.verdict(
            "version: 1\ngates: { it: { require: qa, waive: { by: leads, reason: required } } }")
        #expect(!verdict.text.unicodeScalars.contains("\u{1B}"))
    }

    /// On a repository that others see, only who has acted is named.
    @Test func namesOnAPublicRepository() throws {
        var story = Story(isPrivate: false)
        story.review(Story.bob)
        let verdict = try story.verdict(
            "version: 1\nblock: none\ngates: { a: { require: 2 of qa }, b: { require: security or leads } }")
        #expect(
            verdict.statusDescription.description
                == "waiting: a needs 1 more of qa; b needs 1 more of security or leads")
        for name in ["carol", "dave", "erin"] { #expect(!verdict.text.contains(name)) }
        #expect(!"\(verdict)".contains("carol"))
        story.facts.repository.isPrivate = true
        let inside = try story.verdict("version: 1\nblock: none\ngates: { a: { require: 2 of qa } }")
        #expect(inside.statusDescription.description == "waiting: a needs 1 more of qa (carol)")
    }

    @Test func onlyWhatHeldApproved() throws {
        var story = Story()
        story.review(Story.bob)
        story.review(Story.erin)
        let gate = try story.gate(require: "(leads and files < 5) or 2 of qa")
        #expect(gate.statusDescription(names: true).description == "approved by erin")
    }
}
