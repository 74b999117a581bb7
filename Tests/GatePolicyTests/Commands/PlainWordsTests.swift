import Testing

@testable import GatePolicy

/// What somebody plainly says, and what of it may approve.
@Suite struct PlainWordsTests {
    private func words(_ text: String) -> PlainWords { PlainWords(text, besides: CommandVocabulary(gates: [])) }

    @Test(arguments: [
        ("a `b` c", "a _ c"), ("a `b c", "a `b c"), ("`a``b`", "_"), ("``a`b``", "_"), ("`a``b", "`a``b"),
        ("\\`a`", "\\`a`"), ("`a\\`b", "_b"), ("x ~~a~~ y", "x _ y"), ("x ~~a y", "x ~~a y"),
        ("x ~~~a~~~b", "x ~~~a~~~b"), ("x ~a~ y", "x _ y"), ("x ~~a~ y", "x ~~a~ y"),
        ("see ~/a and ~/b", "see ~/a and ~/b"),
        ("x ~~a `~~` b~~ c", "x _ c"), ("x `~~` a~~", "x _ a~~"), ("a `b\nc` d", "a _ d"),
        ("a `b\n/why\nd` e", "a _ e"), ("é `é` é", "é _ é"), ("", ""),
    ])
    func given(_ text: String, _ given: String) {
        #expect(words(text).given == given.replacing("_", with: UnsaidWords.gap), "\(text)")
    }

    /// A lone backtick of one paragraph must not bring out what is code in the next one, nor in the whole.
    @Test func doubtfulParagraphs() {
        for text in [
            "it`s a\n\n`LGTM` b", "- it`s\n- `LGTM` b", "# it`s\n`LGTM` b", "it`s\n---\n`LGTM` b",
            "it`s a\n\n`use\nLGTM`", "`a\n2. LGTM\nb`", "# it` s\n` use\nLGTM `", "it` s\n\n` use\n**\nLGTM `",
            "it` s\n---\n` use\nLGTM `",
            "it` s\n* * *\n` use\nLGTM `",
        ] {
            #expect(!words(text).given.contains("LGTM"), "\(text)")
            #expect(words(text).text.contains("LGTM"), "\(text)")
        }
    }

    /// A pattern that says what must not stand beside the word is not met by leaving that out.
    @Test(arguments: [
        ("re:(?i)^\\W*lgtm\\W*$", "LGTM `if the tests pass`"), ("re:(?i)^\\W*lgtm\\W*$", "~~not~~ LGTM"),
        ("re:^LGTM[^?a-z]*$", "LGTM `not yet`"), ("LGTM ?", "LGTM ~~not yet~~"), ("LGTM[!?]", "LGTM`x`"),
        ("re:(?i)^\\W*lgtm\\W*$", "LGTM` `\n\nplease do not merge\n\n` `"),
    ]) func leavingWordsOutGivesNothing(_ pattern: String, _ text: String) throws {
        let patterns = TextPatterns(try PatternList([try Pattern(pattern, kind: .name)]), gives: true)
        #expect(patterns.match(words(text)) == .no)
        #expect(patterns.match(words("LGTM!")) == (pattern == "LGTM ?" ? .no : .yes))
    }

    /// What asks for changes is matched whole: nobody hides it in backticks.
    @Test func whatObjectsIsMatchedWhole() throws {
        var story = Story()
        story.says("`no`", by: Story.bob)
        let keys = ["require: security", "block: { by: qa, comments: [\"*no*\"], revoke: { comments: [\"*ok*\"] } }"]
        #expect(try story.gate(keys).outcome == .rejected)
        story.says("say `ok` when it is", by: Story.carol)
        #expect(try story.gate(keys).outcome == .rejected)
        story.says("ok", by: Story.carol)
        #expect(try story.gate(keys).outcome == .waiting)
    }

    /// One gate's objection and another's approval are searched each in its own words, be the patterns the same.
    @Test func thePurposeIsPartOfThePatterns() throws {
        var story = Story()
        story.says("`x`", by: Story.bob)
        let keys = ["require: qa", "approvals: { comments: [x] }", "block: { by: qa, comments: [\"`x`\"] }"]
        #expect(try story.gate(keys).outcome == .rejected)
        let same = [
            "require: qa", "approvals: { comments: [\"*x*\"] }", "block: { by: security, comments: [\"*x*\"] }",
        ]
        story.says("`x`", by: Story.dave)
        let gate = try story.gate(same)
        #expect(gate.outcome == .rejected && gate.reviews.isEmpty)
    }

    /// A comment names its commit also in backticks: it must not approve another one instead.
    @Test func aCommitIsNamedInCodeToo() {
        let name = String(repeating: "b", count: 40)
        #expect(words("LGTM `@\(name)`").head == .digits(name))
    }

    /// The quick way for comments of one line and the reader of lines find the same.
    @Test func theQuickWayAgreesWithTheReader() {
        var random = SeededGenerator(seed: 84)
        let pieces = [
            "a", "LGTM", " ", "`", "``", "~", "~~", "\\", "*", "- ", "> ", "#", "<", "!--", "-->", "&nbsp;", "é", "\t",
            "1. ",
            ":", "/", "\n", "\u{A0}",
        ]
        var quick = 0
        for _ in 0..<20_000 {
            let text =
                random.pick(["a", "LGTM", ":+1:", ""]) + (0..<random.below(9)).map { _ in random.pick(pieces) }.joined()
            let lines = ProseLines.read(text).filter { $0.kind == .plain && !$0.continuesQuote }
            #expect(words(text) == PlainWords(lines: lines), "\(text)")
            if !text.contains("\n"), text.contains("`") || text.contains("~") { quick += 1 }
        }
        #expect(quick > 5_000)
    }

    /// A comment is read only where its text has what the patterns need: leaving words out brings nothing in.
    @Test func wordsHoldNothingThatTheTextDoesNot() throws {
        var random = SeededGenerator(seed: 131)
        let pieces = [
            "a", "LGTM", "+1", "`", "~~", "> ", "\n", "\n\n", "<!-- x -->", "<!--", "-->", "- ", "👍", "/why", " ",
        ]
        let patterns = try ["*LGTM*", "+1*", "*👍", "? *", "*"].map { text in
            TextPatterns(try PatternList([try Pattern(text, kind: .name)]), gives: true)
        }
        for _ in 0..<10_000 {
            let text = (0..<random.below(9)).map { _ in random.pick(pieces) }.joined()
            let read = words(text)
            for pattern in patterns where pattern.match(read) != .no {
                #expect(pattern.mayMatch(wordsOf: text), "\(pattern) in \(text)")
            }
        }
    }
}
