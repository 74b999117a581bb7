import GatePolicy
import Testing

@Suite("Commands: what a line says")
struct CommandParserTests {
    static let sha = "0123456789abcdef0123456789abcdef01234567"
    static let lines: [(String, [String])] = [
        ("/recheck", ["recheck *"]),
        ("/recheck qa-review", ["recheck qa-review"]),
        ("/recheck QA Review.", ["recheck qa-review"]),
        ("/recheck nothing", ["? there is no `nothing` here"]),
        ("/recheck testing", ["? `testing` is an item of the checklist, not a gate: write `/ack testing`"]),
        ("/why", ["why *"]),
        ("/why security", ["why security"]),
        ("/WHY? Security", ["why security"]),
        ("/waive security the site is down", ["waive security [the site is down]"]),
        ("/waive security", ["waive security []"]),
        ("/waive security: the site is down", ["waive security [the site is down]"]),
        ("/waive security hotfix: now - or never", ["waive security [hotfix: now - or never]"]),
        ("/waive", ["? `/waive` needs the name of what it is about"]),
        ("/waive secruity because", ["? there is no `secruity` here: did you mean `security`?"]),
        ("/waive testing x", ["? `testing` is an item of the checklist, not a gate: write `/ack testing`"]),
        ("/waive docs team said so", ["waive docs_team [said so]"]),
        ("/waive docs  team said so", ["waive docs [team said so]"]),
        ("/waive docs - team said so", ["waive docs [team said so]"]),
        ("/waive v1.2 fine", ["waive v1.2 [fine]"]),
        ("/waive v1.2. fine", ["waive v1.2 [fine]"]),
        (
            "/waive security, docs both",
            ["? `/waive` takes one gate: write a line for each, with its reason"]
        ),
        ("/waive security docs", ["? `/waive` takes one gate: write a line for each, with its reason"]),
        ("/waive security docs are enough", ["waive security [docs are enough]"]),
        ("/waive security @\(sha) docs", ["waive security @\(sha) [docs]"]),
        ("/waive security @\(sha) seen", ["waive security @\(sha) [seen]"]),
        ("/waive security — @\(sha): seen", ["waive security @\(sha) [seen]"]),
        ("/waive security @0123456789ABCDEF0123 seen", ["waive security @0123456789abcdef0123 [seen]"]),
        (
            "/waive security @0123456789abcdef012 seen",
            ["? `@0123456789abcdef012` names no commit: write all of its digits, or at least 20"]
        ),
        ("/waive security @alice agrees", ["waive security [@alice agrees]"]),
        ("/waive security <!-- reason --> ", ["waive security []"]),
        ("/waive security \u{0}\u{7}", ["waive security []"]),
        ("/ack testing", ["ack testing []"]),
        ("/ack same_name", ["ack same_name []"]),
        ("/ack same-name", ["ack same-name []"]),
        (
            "/ack same name",
            ["? this could mean `same-name` or `same_name`: write the name as the policy does"]
        ),
        ("/revoke same name", ["revoke same-name []", "revoke same_name []"]),
        ("/revoke security testing was wrong", ["revoke security [testing was wrong]"]),
        ("/revoke security was wrong", ["revoke security [was wrong]"]),
        ("/revoke 2", ["revoke testing []"]),
        ("/revoke security testing", ["revoke security []", "revoke testing []"]),
        ("/revoke 1, docs team", ["revoke comprehensive-testing []", "revoke docs_team []"]),
        ("/revoke tesing", ["? there is no `tesing` here: did you mean `testing`?"]),
        ("/ack", ["? `/ack` needs the name of what it is about"]),
        ("/ack security", ["? `security` is a gate, not an item of the checklist: write `/waive security REASON`"]),
        // a dash of any kind after the name.
        ("/ack testing — done", ["ack testing [done]"]),
        ("/ack testing—done", ["ack testing [done]"]),
        ("/ack testing – done", ["ack testing [done]"]),
        ("/ack testing - done", ["ack testing [done]"]),
        ("/ack testing -- done", ["ack testing [done]"]),
        ("/ack testing: done", ["ack testing [done]"]),
        ("/ack testing:done", ["ack testing [done]"]),
        ("/ack testing-done", ["? there is no `testing-done` here"]),
        ("/ack testingdone", ["? there is no `testingdone` here"]),
        // blanks in a name.
        ("/ack comprehensive testing", ["ack comprehensive-testing []"]),
        ("/ack Comprehensive__Testing all good", ["ack comprehensive-testing [all good]"]),
        ("/ack comprehensive--testing all good", ["ack comprehensive-testing [all good]"]),
        ("/ack comprehensive", ["? there is no `comprehensive` here"]),
        ("/ack comprehensive testng", ["? there is no `comprehensive` here: did you mean `comprehensive-testing`?"]),
        ("/ack rollback plan", ["ack Rollback_plan []"]),
        // lists and punctuation.
        ("/ack 1,2,3", ["ack comprehensive-testing []", "ack testing []", "ack Rollback_plan []"]),
        ("/ack 1, 2 , 3: all", ["ack comprehensive-testing [all]", "ack testing [all]", "ack Rollback_plan [all]"]),
        ("/ack 1.", ["ack comprehensive-testing []"]),
        ("/ack testing;", ["ack testing []"]),
        (
            "/ack 1 2 3",
            [
                "ack comprehensive-testing [2 3]",
                "? items are separated by commas: write `/ack comprehensive-testing, testing, Rollback_plan`",
            ]
        ),
        ("/ack 2 people looked", ["ack testing [people looked]"]),
        ("/ack 12", ["? there is no `12` here"]),
        ("/ack testing, looks good", ["ack testing [looks good]"]),
        ("/ack testing, 9", ["ack testing [9]", "? there is no `9` here"]),
        (
            "/ack testing, comprehensive tsting",
            [
                "ack testing [comprehensive tsting]",
                "? there is no `comprehensive` here: did you mean `comprehensive-testing`?",
            ]
        ),
        ("/ack testing, testing", ["ack testing []"]),
        ("/ack testing @\(sha) looked", ["ack testing @\(sha) [looked]"]),
        // Aliases.
        ("/sop-n/a qa-review no code", ["waive qa-review [no code]"]),
        ("/qa-recheck", ["recheck qa-review"]),
        ("/qa-recheck now", ["recheck qa-review"]),
        ("/sop-ack 2", ["ack testing []"]),
        ("/loop security x", []),
        // Somebody else's words, and no words.
        ("/lgtm", []), ("/acknowledge testing", []), ("/usr/bin/ack testing", []), ("/ ack testing", []), ("/", []),
        ("text /ack testing", []), ("//ack testing", []),
        // Full-width and non-breaking blanks are blanks inside a command, and no indentation before it.
        ("/ack\u{3000}testing\u{A0}fine", ["ack testing [fine]"]),
        ("\u{3000}/ack testing", []),
        ("/ac\u{212A} testing", []),
    ]

    @Test("Each line", arguments: lines)
    func line(_ text: String, _ expected: [String]) {
        #expect(read(text) == expected)
    }

    @Test("Aliases that redefine a word, lead to another alias or cannot be typed are refused")
    func refusedAliases() {
        #expect(vocabulary.refusedAliases == ["loop", "two words", "why"])
    }

    @Test("A name is found whatever else is known")
    func emptyVocabulary() {
        let names = CommandVocabulary(gates: [])
        #expect(
            CommandParser.commands(in: "/ack x\n/waive y z\n/recheck", knowing: names).map(\.action.text)
                == ["? there is no `x` here", "? there is no `y` here", "recheck *"])
    }

    @Test("Lines are numbered")
    func numbers() {
        let commands = CommandParser.commands(in: "a\r\n\r\n/why\n/ack 1,2", knowing: vocabulary)
        #expect(commands.map(\.line) == [3, 4, 4])
    }
}
