import GateForge
import GatePolicy
import Testing

/// Which rule of protection is in force, and how a branch comes to ask for more without touching another.
@Suite struct ProtectionRuleTests {
    private static func rules(_ rules: [(String, Int64?)]) -> [ProtectionRule] {
        rules.map { name, priority in
            ProtectionRule(
                name: name, isStatusCheckEnabled: true, contexts: ["ci"], priority: priority,
                settings: [
                    "required_approvals": .integer(2), "protected_file_patterns": .text("go.mod"),
                    "enable_status_check": .flag(true), "status_check_contexts": .list(["ci"]),
                ])
        }
    }

    @Test(
        arguments: [
            // Without priorities plain names come before globs, and older ones before newer ones.
            ([("*", nil), ("main", nil)], "main", "main"), ([("*", nil), ("main", nil)], "dev", "*"),
            ([("*", nil)], "release/1", nil), ([("**", nil)], "release/1", "**"),
            ([("Main", nil), ("*", nil)], "main", "Main"), ([("MAIN", nil)], "main", "MAIN"),
            ([("release/*", nil), ("release/**", nil)], "release/1", "release/*"),
            ([("release/*", nil), ("release/**", nil)], "release/1/2", "release/**"),
            ([("release/*", nil), ("*/1", nil)], "release/1", "release/*"),
            // A glob that cannot be read is a name, in its own case.
            ([("re[lease", nil)], "re[lease", "re[lease"), ([("re[lease", nil)], "Re[lease", nil),
            // Names that only look alike are two.
            ([("cafe\u{301}", nil)], "caf\u{e9}", nil), ([("straße", nil)], "strasse", nil),
            // With priorities the least comes first, whatever its form.
            ([("*", 1), ("main", 2)], "main", "*"), ([("*", 2), ("main", 1)], "main", "main"),
            ([("*", 0), ("main", 0)], "main", "main"), ([("*", 3), ("release/**", 2), ("Main", 1)], "main", "Main"),
            ([("*", 3), ("release/**", 2), ("Main", 1)], "release/a/b", "release/**"),
        ] as [([(String, Int64?)], String, String?)])
    func governing(rules: [(String, Int64?)], branch: String, expected: String?) {
        #expect(Self.rules(rules).governing(branch)?.name == expected)
    }

    private static let asked: [String: JSONValue] = [
        "enable_status_check": .flag(true), "status_check_contexts": .list(["ci", "countersign: main"]),
    ]
    private static let copied = asked.merging([
        "required_approvals": .integer(2), "protected_file_patterns": .text("go.mod"),
    ]) { one, _ in one }

    private func changes(_ rules: [(String, Int64?)]) -> [RuleChange] {
        Self.rules(rules).requiring(["ci", "countersign: main"], of: "main")
    }

    @Test func aRuleOfItsOwnIsChanged() {
        #expect(changes([]) == [RuleChange(rule: "main", isNew: true, settings: Self.asked)])
        #expect(changes([("Main", 1), ("*", 2)]) == [RuleChange(rule: "Main", isNew: false, settings: Self.asked)])
    }

    /// A name that is a glob to the forge is written so that it matches itself and nothing else.
    @Test func aNameWithBraces() {
        let branch = "rel{1,2}"
        let made = [ProtectionRule]().requiring(["ci"], of: branch)
        #expect(made.map(\.rule) == [#"rel\{1,2\}"#])
        let rules = Self.rules([(#"rel\{1,2\}"#, nil)])
        #expect(rules.governing(branch)?.isForOneBranch == true && rules.governing("rel1") == nil)
        #expect(rules.requiring(["ci"], of: branch).map(\.isNew) == [false])
        // Of two globs the older one counts, whatever is made now.
        #expect(Self.rules([("rel*", nil)]).requiring(["ci"], of: branch).isEmpty)
        #expect(Self.rules([("rel*", 1)]).requiring(["ci"], of: branch).isEmpty)
        for text in ["a]b", "x*", "a?", #"a\b"#, "[ab]", "plain/name"] {
            let glob = ForgeGlob(ForgeGlob.escaped(text))
            #expect(glob.matches(text) && glob.isLiteral, "\(text)")
        }
        #expect(ForgeGlob.escaped("plain/name") == "plain/name")
    }

    /// A glob's settings are carried over, and the copy comes before it.
    @Test func aGlobIsCopied() {
        #expect(changes([("*", nil)]) == [RuleChange(rule: "main", isNew: true, settings: Self.copied)])
        let placed = Self.copied.merging(["priority": .integer(2)]) { $1 }
        #expect(changes([("*", 2), ("dev", 3)]) == [RuleChange(rule: "main", isNew: true, settings: placed)])
        // The server makes a rule in place 0 the last one.
        let first = ["priority": JSONValue.integer(0)]
        #expect(
            changes([("*", 0)]) == [
                RuleChange(rule: "main", isNew: true, settings: Self.copied),
                RuleChange(rule: "main", isNew: false, settings: first),
            ])
    }

    /// A rule of the branch's name that another one hides cannot be made anew.
    @Test func aHiddenRuleComesFirst() {
        let placed = Self.copied.merging(["priority": .integer(1)]) { $1 }
        #expect(changes([("*", 1), ("main", 2)]) == [RuleChange(rule: "main", isNew: false, settings: placed)])
    }

    /// After the changes the branch is under a rule that asks for it, and no other branch is.
    @Test(
        arguments: [
            [("*", nil)], [("*", 0)], [("*", 2), ("main", 3)], [("**", 1), ("release/**", 1), ("MAIN", 1)],
            [("m*", 0), ("*", 1), ("main", 0)], [],
        ] as [[(String, Int64?)]])
    func carriedOut(before: [(String, Int64?)]) {
        var rules = Self.rules(before)
        for change in changes(before) {
            if change.isNew {
                let last = (rules.compactMap(\.priority).max() ?? 0) + 1
                rules.append(
                    ProtectionRule(name: change.rule, isStatusCheckEnabled: true, contexts: [], priority: last))
            }
            guard let index = rules.firstIndex(where: { $0.name == change.rule }) else {
                Issue.record("no rule `\(change.rule)`")
                continue
            }
            if case .list(let contexts) = change.settings["status_check_contexts"] {
                rules[index].contexts = contexts.compactMap { if case .text(let text) = $0 { text } else { nil } }
            }
            if case .integer(let priority) = change.settings["priority"] { rules[index].priority = priority }
            if before.allSatisfy({ $0.1 == nil }), !before.isEmpty { rules[index].priority = nil }
        }
        #expect(rules.governing("main")?.contexts == ["ci", "countersign: main"])
        #expect(rules.governing("dev")?.contexts.contains("countersign: main") != true)
    }
}
