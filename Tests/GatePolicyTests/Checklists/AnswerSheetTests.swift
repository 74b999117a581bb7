import Testing

@testable import GatePolicy

/// Where an ask is found in a description, and what counts as an answer to it.
@Suite("Checklists: answers in a description")
struct AnswerSheetTests {
    static let asks = ["Comprehensive testing performed", "Root-cause, not symptom", "Testing"].compactMap { Ask($0) }

    /// What each ask is answered with: nil for not found, "" for nothing.
    static func read(_ body: String) -> [String?] {
        AnswerSheet(body, asks).answers.map { lines in lines.map { AnswerText($0).lines.joined(separator: "|") } }
    }

    static let forms: [(String, String?)] = [
        ("Comprehensive testing performed: by hand", "by hand"),
        ("comprehensive TESTING Performed by hand", "by hand"),
        ("- [ ] Comprehensive testing performed: by hand", "by hand"),
        ("* [x] **Comprehensive testing performed**: by hand", "by hand"),
        ("1. Comprehensive testing performed — by hand", "by hand"),
        ("## Comprehensive testing performed\nby hand", "by hand"),
        ("## Comprehensive testing performed\n[me]: by hand\n[ ]: x\n[ran it]\n[me]:", "[me] by hand|x|[ran it]|[me]"),
        ("## 1. Comprehensive testing performed\r\n\r\nby hand\r\n", "by hand"),
        ("**Comprehensive   testing performed**\nby hand", "by hand"),
        ("## Comprehensive testing performed\n- by hand\n- by machine", "by hand|by machine"),
        ("## Comprehensive testing performed\n### Unit\nran", "unit|ran"),
        ("## Comprehensive testing performed\n```\nok 12\n```", "ok 12"),
        ("- Comprehensive testing performed\n  - by hand\n- something else", "by hand"),
        ("- Comprehensive testing performed\n  by hand", "by hand"),
        ("<!-- hint --> Comprehensive testing performed: by hand", "by hand"),
        ("## Comprehensive testing performed\n- [x] by hand\n- [ ] by machine", "by hand"),
        // Nothing of its own.
        ("## Comprehensive testing performed\n- [ ] by hand\n* [ ] by machine\n[ ] by luck\n", ""),
        ("- [x] Comprehensive testing performed\n  - [ ] by hand", ""),
        ("1. Comprehensive testing performed\n    - [ ] by hand", ""),
        ("## Comprehensive testing performed\n- [ ] backend\n    - [ ] unit tests\n\t- [ ] others", ""),
        ("## Comprehensive testing performed\n> - [ ] by hand\n> > [ ] by machine\n```\n[ ] by luck\n```", ""),
        (
            "## Comprehensive testing performed\n- [ ] backend\n    - [x] unit tests\n> - [x] more",
            "unit tests|> [x] more"
        ),
        ("Comprehensive testing performed", ""), ("Comprehensive testing performed:", ""),
        ("- [x] Comprehensive testing performed", ""),
        ("- [x] Comprehensive testing performed <!-- by hand -->", ""),
        ("Comprehensive testing performed <!-- by\nhand -->", ""),
        ("## Comprehensive testing performed\n\n## Something else\nby hand", ""),
        ("- [ ] Comprehensive testing performed\n- [x] something else", ""),
        ("Comprehensive testing performed\n- something else", ""),
        ("Comprehensive testing performed\nRoot-cause, not symptom: x", ""),
        ("Comprehensive testing performed: &nbsp;<br>&#8203;", ""),
        ("Comprehensive testing performed: \u{200B}\u{2060}\u{3164}\u{2800}", ""),
        ("### Comprehensive testing performed\n\n_No response_\n", ""),
        ("Comprehensive testing performed: - … ✅ ---", ""),
        ("Comprehensive testing performed\n[//]: # (by hand)", ""),
        ("## Comprehensive testing performed\n\n[comment]: <> (by hand)\n[x]: http://a\n- [a]: /b 'c'", ""),
        // Not the ask at all.
        ("", nil), ("We say: Comprehensive testing performed: yes", nil),
        ("Comprehensive testing performedly: yes", nil),
        ("Comprehensive testing perfоrmed: a Cyrillic о", nil),
        ("Comprehensive testing performed\u{301}: yes", nil),
        ("> Comprehensive testing performed: yes", nil),
        ("> quoted\nComprehensive testing performed: yes", nil),
        ("```\nComprehensive testing performed: yes\n```", nil),
        ("```\nComprehensive testing performed: yes", nil),
        ("    Comprehensive testing performed: yes", nil),
        ("`Comprehensive testing performed`: yes", nil),
        ("<!-- Comprehensive testing performed: yes -->", nil),
        ("<!--\nComprehensive testing performed: yes", nil),
        ("####### Comprehensive testing performed: yes", nil),
    ]

    @Test("Each form", arguments: forms)
    func form(_ body: String, _ expected: String?) {
        #expect(Self.read(body)[0] == expected)
    }

    @Test("The first place counts, and a second ends nothing but itself")
    func first() {
        #expect(Self.read("Testing: a\n\nTesting: b")[2] == "a")
        #expect(Self.read("Testing:\n\nTesting: b")[2]?.isEmpty == true)
    }

    @Test("Of two asks the longer is meant")
    func longest() {
        let asks = ["Testing", "Testing on staging"].compactMap { Ask($0) }
        let answers = AnswerSheet("Testing on staging: yes", asks).answers
        #expect(answers[0] == nil)
        #expect(answers[1] != nil)
    }

    @Test("Marks around an ask in the policy are no part of it")
    func marks() {
        #expect(Ask("## **Root cause**:")?.description == "Root cause")
        #expect(Ask("- [ ] **") == nil)
    }

    @Test("What the template says answers nothing")
    func template() {
        let text = "## Testing\nSay what you ran.\nOr why not.\n\n## Root-cause, not symptom\n(yes or no)\n"
        let lines = TemplateLines([PullRequestTemplate(path: "PULL_REQUEST_TEMPLATE.md", text: text)], Self.asks)
        func own(_ body: String) -> [String] {
            lines.own(AnswerText(AnswerSheet(body, Self.asks).answers[2] ?? []))
        }
        #expect(own(text).isEmpty)
        #expect(own("Testing: say what **you** ran.").isEmpty)
        #expect(own("Testing\nOr why not.\n(yes or no)").isEmpty)
        #expect(own("## Testing\nSay what you ran.\nI ran it.") == ["i ran it."])
    }

    @Test("A form's labels and hints answer nothing")
    func form() {
        let form = "body:\n  - type: textarea\n    attributes:\n      label: Testing\n      value: \"What you ran\"\n"
        let lines = TemplateLines(
            [PullRequestTemplate(path: ".gitea/pull_request_template.yml", text: form)], Self.asks)
        #expect(lines.own(AnswerText(["What you ran"])).isEmpty)
        #expect(lines.own(AnswerText(["I ran it"])) == ["i ran it"])
    }

    @Test(
        "Hostile descriptions take linear time", .timeLimit(.minutes(1)),
        arguments: [
            "Testing ", "- ", "<", "&", "#", "[", "Testing\n", "**", "<!--", "1. ", "Comprehensive testing performe",
        ])
    func hostile(_ piece: String) {
        let body = String(repeating: piece, count: 200_000 / piece.utf8.count)
        #expect(Self.read(body).count == 3)
    }

    @Test("The digest is SHA-256")
    func digest() {
        #expect(TextDigest.of("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(TextDigest.of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            TextDigest.of(String(repeating: "a", count: 1_000_000))
                == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }
}
