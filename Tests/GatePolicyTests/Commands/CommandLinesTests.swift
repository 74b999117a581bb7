import GatePolicy
import Testing

@Suite("Commands: where a line is a command")
struct CommandLinesTests {
    static let quoted = "? it reads as a part of the quote above it: leave an empty line before it"
    static let bodies: [(String, [String])] = [
        // Q-92: CRLF.
        ("/why docs\r\n/why security\r\n", ["why docs", "why security"]),
        ("/why docs\n\ntext\n/why security", ["why docs", "why security"]),
        ("/why docs\r/why security", ["why docs"]),
        ("text\r/why security", []),
        ("   /why", ["why *"]), ("    /why", []), ("\t/why", []), ("  \t/why", []),
        ("- /why", ["why *"]), ("* /why", ["why *"]), ("+ /why", ["why *"]), ("1. /why", ["why *"]),
        ("12) /why", ["why *"]), ("   -   /why", ["why *"]), ("-/why", []), ("1234567890. /why", []),
        ("- - /why", []), ("- [ ] /why", []), ("-     /why", []), ("# /why", []), ("**/why**", []),
        // Q-95: code, quotes.
        ("```\n/why\n```\n/why docs", ["why docs"]),
        ("~~~ text\n/why\n```\n/why\n~~~\n/why docs", ["why docs"]),
        ("````\n```\n/why\n`````  \n/why docs", ["why docs"]),
        ("```\n/why\n``` x\n/why docs", []),
        ("```\n/why docs", []),
        ("``` a`b\n/why docs", ["why docs"]),
        ("``\n/why docs", ["why docs"]),
        ("    ```\n/why docs", ["why docs"]),
        ("```\n    ```\n/why docs", []),
        ("```\r\n/why\r\n```\r\n/why docs", ["why docs"]),
        ("- ```\n  /why\n  ```\n/why docs", ["why docs"]),
        ("- text\n\n  ```\n  /why\n  ```\n/why docs", ["why docs"]),
        ("- text\n     ```\n  /why\n  ```\n/why docs", ["why docs"]),
        ("1. ```\n   /why\n   ```\n/why docs", ["why docs"]),
        ("- ```\n  /why\n```\n/why docs", []),
        ("- ```\n  /why\n/why docs\n```\n/why", []),
        ("- a\n  - b\n    ```\n    /why\n    ```\n\n/why docs", ["why docs"]),
        ("> /why", []), (">/why", []), ("> > > /why", []), ("- > /why", []), ("   > /why", []),
        ("> text\n\n/why docs", ["why docs"]),
        ("> text\n/why docs", [quoted]),
        ("> text\nmore\n/why docs\n\n/why", [quoted, "why *"]),
        ("> text\n- /why docs", ["why docs"]),
        ("> text\n>\n/why docs", ["why docs"]),
        ("> # text\n/why docs", ["why docs"]),
        ("> ```\n> text\n> ```\n/why docs", ["why docs"]),
        // HTML comments.
        ("<!-- /why -->\n/why docs", ["why docs"]),
        ("<!--\n/why\n-->\n/why docs", ["why docs"]),
        ("<!--\n\n/why\n\n--> /why\n/why docs", ["why docs"]),
        ("<!--\n/why docs", []),
        ("text <!-- a\n/why\nb --> c\n/why docs", ["why docs"]),
        ("text <!-- never closed\n/why docs", ["why docs"]),
        ("text `<!--` more\n/why docs\n-->", ["why docs"]),
        ("text \\`<!--` more\n/why docs\n-->", []),
        ("text \\<!-- more\n/why docs\n-->", ["why docs"]),
        ("text `` ` <!-- `` ` <!-- x\n/why docs\n-->", []),
        ("<!-->\n/why docs", ["why docs"]),
        ("<!-- a --> <!-- b\n/why\n-->\n/why docs", ["why docs"]),
        ("--> <!-- b\n/why docs", ["why docs"]),
        ("```\n<!--\n```\n/why docs", ["why docs"]),
        ("<!--\n```\n-->\n/why docs", ["why docs"]),
        ("/why docs <!-- a\n/why\n-->", ["why docs"]),
        ("<!-- a --> /why docs", []),
        // Oddities.
        ("", []), ("\n\n\n", []), ("\u{FEFF}/why", []), ("\0/why", []), ("\r\r\r", []), ("/why\0", []),
        ("/why\u{2028}docs", ["why docs"]),
    ]

    @Test("Each text", arguments: bodies)
    func body(_ text: String, _ expected: [String]) {
        #expect(read(text) == expected)
    }

    @Test("A hundred commands of a comment are read, also behind ten thousand lines, and none of more")
    func manyLines() {
        func count(_ lines: Int) -> Int {
            let body =
                String(repeating: "fine\r\n\r\n", count: 5_000)
                + String(repeating: "/ack testing, 1 fine\r\n", count: lines)
            return CommandParser.commands(in: body, knowing: vocabulary).count
        }
        #expect(count(50) == 100 && count(51) == 1)
        let quoted = "> x\n" + String(repeating: "/why\n", count: 10_001)
        #expect(CommandParser.commands(in: quoted, knowing: vocabulary).count == 1)
    }

    /// Whatever is quadratic takes longer than the limit at this size.
    @Test(
        "Hostile texts of a hundred thousand bytes", .timeLimit(.minutes(2)),
        arguments: [
            ">", "> ", "`", "~", "- ", "1. ", "<!--", "-->", "<!-- ", "`<!--", "`` ` <!--", "\\", "/ack ", "/ack 1,",
            ",",
            "/ack 1 ", "\n", "\r", "\r\n", "\t", " ", "-", "\u{2014}", ":", "\0", "\u{3000}", "```\n", "- ```\n",
            "/ack wrongname\n", "> x\n/why\n", "<!--\n", "@", "a", "comprehensive ",
        ])
    func hostile(_ piece: String) {
        let repeated = String(repeating: piece, count: 100_000 / piece.utf8.count)
        for start in ["", "/ack ", "/ack testing ", "/ack 1 2 ", "<!--", "x <!-- `", "/revoke 1 @"] {
            let commands = CommandParser.commands(in: start + repeated, knowing: vocabulary)
            #expect(commands.count <= 100_000)
        }
    }

    @Test("Runs of backticks of every length before a comment")
    func backticks() {
        let runs = (1...700).map { String(repeating: "`", count: $0) }.joined(separator: " ")
        #expect(read(runs + " <!-- a\n/why\n-->\n/why docs") == ["why docs"])
    }

    @Test("Seeded texts never trap, and quotes and indented code after them add no command")
    func fuzz() {
        let pieces = [
            "/ack ", "/waive ", "/revoke ", "/why", "/recheck ", "testing", "1", "security", "docs team", ", ", " - ",
            "—", ":", "  ", "@0123456789abcdef0123", "\n", "\r\n", "\r", "> ", "```", "~~~", "- ", "1. ", "    ", "\t",
            "<!--", "-->", "`", "\\", "\0", "\u{3000}", "é", "👍", "/sop-n/a ", "#",
        ]
        var random = SeededGenerator(seed: 91)
        for _ in 0..<3_000 {
            var body = ""
            for _ in 0..<random.below(40) { body += random.pick(pieces) }
            if random.below(4) == 0 {
                let bytes = (0..<random.below(60)).map { _ in UInt8(random.below(256)) }
                body += String(decoding: bytes, as: UTF8.self)
            }
            let before = CommandParser.commands(in: body, knowing: vocabulary)
            let lines = body.utf8.count { $0 == 10 } + 1
            #expect(before.allSatisfy { $0.line >= 1 && $0.line <= lines }, "\(body.debugDescription)")
            let hidden = CommandParser.commands(
                in: body + "\n\n> /why\n> /ack 1\n\n    /why\n\t/ack 1", knowing: vocabulary)
            #expect(hidden == before, "\(body.debugDescription)")
        }
    }
}
