/// The words of the language.
enum Vocabulary {
    /// What a call takes in its parentheses.
    enum Shape: Hashable, Sendable {
        /// Texts in quotes.
        case strings
        /// People.
        case people
        /// No parentheses at all.
        case bare
    }

    /// Sets of people with a name of their own.
    static let people: [String: People] = [
        "author": .author, "committers": .committers(), "anyone": .anyone, "org_members": .organizationMembers,
        "readers": .readers, "writers": .writers, "admins": .admins, "codeowners": .codeOwners,
    ]

    /// What each call takes.
    static let shapes: [String: Shape] = [
        "changes": .strings, "changes_only": .strings, "base": .strings, "head": .strings, "title": .strings,
        "body": .strings, "repository": .strings, "signed_with": .strings, "label": .strings, "labels": .strings,
        "status": .strings, "gate": .strings, "clear": .strings, "never": .strings, "author": .people,
        "any_committer": .people, "all_committers": .people, "signed_by": .people, "fork": .bare, "signed": .bare,
        "additions": .bare, "deletions": .bare, "lines": .bare, "files": .bare, "commits": .bare,
    ]

    /// Tests of a text that stands in their parentheses.
    static let quoted: Set<String> = Set(shapes.filter { $0.value == .strings }.keys)
        .subtracting(["labels", "gate", "clear", "never"])

    /// Tests whose texts must all be there; of those of the others one is enough.
    static let asksForAllTexts: Set<String> = ["label", "status"]

    /// What to write for a test that there is not.
    static func testsHint(for word: String) -> String {
        switch word {
        case "branch", "target", "into":
            return "`base(\"main\")` is the branch that is entered, `head(\"topic\")` the other"
        case "team", "teams", "group", "user", "users", "people":
            return "people are named by themselves: `qa`, `@alice` or `@acme/qa`"
        case "path", "paths", "file": return "paths are asked by `changes(\"src/**\")`"
        default: break
        }
        let words = Set(shapes.keys).subtracting(["gate", "clear", "never"])
        return Suggestion.hint(for: word, among: shapes.keys)
            ?? "the tests are \(Quotation.list(words.sorted(), "and"))"
    }

    /// What a key of a gate is here that other languages have.
    static func elsewhere(_ key: String, _ known: [String]) -> String? {
        guard known.contains("require"), known.contains("when") else { return nil }
        return switch key {
        case "if", "on", "only": "did you mean `when`?"
        case "branch", "branches": "a condition stands in `when`, as in `when: base(\"main\")`"
        case "paths", "files": "a condition stands in `when`, as in `when: changes(\"src/**\")`"
        case "count", "approvers", "reviewers", "people", "teams", "users":
            "who must sign stands in `require`, as in `require: 2 of qa`"
        default: nil
        }
    }

    /// Words that a comparison follows without parentheses.
    static let measures: Set<String> = ["additions", "deletions", "lines", "files", "commits"]

    /// Tests without anything behind them.
    static let bareTests: Set<String> = ["fork", "signed"]

    /// Words that join and lead.
    static let grammar: Set<String> = [
        "and", "or", "not", "of", "all", "by", "from", "in", "actions", "true", "false", "nobody", "none",
        "owners_of_each_file",
    ]

    /// Words that cannot be a group's name or a bare team's.
    static let reserved: Set<String> = grammar.union(shapes.keys).union(people.keys)

    /// Whether it follows the rule for names: letters, digits, `_`, `.`, `-`, beginning with a letter or digit.
    static func isName(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, isLetter(first) || isDigit(first) else { return false }
        return !bytes.allSatisfy(isDigit)
            && bytes.allSatisfy { isLetter($0) || isDigit($0) || $0 == 0x5F || $0 == 0x2E || $0 == 0x2D }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) && byte < 0x80
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
