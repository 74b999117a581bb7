extension PolicyTestReader {
    /// `cases:`.
    mutating func cases(_ entry: DocumentNode.Entry?, _ root: DocumentNode) {
        guard let entry else {
            values.error(root.span, "the key `cases` is missing", hint: "a test file without a case tests nothing")
            return
        }
        guard case .list(let list) = entry.value.content, !list.isEmpty else {
            values.error(
                entry.value.span, "`cases` is a list with at least one case",
                hint: "begin each with `- name: what it shows`")
            return
        }
        for node in list {
            guard let test = testCase(node) else { continue }
            if let first = tests.cases.first(where: { $0.name == test.name }) {
                values.error(
                    test.span, "the name \(Quotation.inline(test.name)) is taken on line \(first.span.line)",
                    hint: "give each case a name of its own")
            }
            tests.cases.append(test)
        }
        // A team that one case speaks of is there in every case.
        let teams = Set(tests.cases.flatMap(\.scene.teams.keys))
        for index in tests.cases.indices {
            for team in teams { tests.cases[index].scene.teams[team, default: []] += [] }
        }
    }

    private mutating func testCase(_ node: DocumentNode) -> PolicyTestCase? {
        guard let keys = values.entries(of: node, what: "a case", known: Self.caseKeys) else { return nil }
        guard let entry = keys["name"] else {
            values.error(node.span, "the case has no `name`", hint: "say in a few words what it shows")
            return nil
        }
        guard let name = values.text(entry.value, of: "name") else { return nil }
        var test = PolicyTestCase(name: name.string.oneLine, span: name.span, scene: common)
        if let entry = keys["on"] { test.scene.day = day(entry.value) }
        if let entry = keys["people"] { people(entry.value, &test.scene) }
        if let entry = keys["pull"] { pull(entry.value, &test.scene) }
        if let entry = keys["reviews"] { reviews(entry.value, &test.scene) }
        if let entry = keys["waivers"] { waivers(entry.value, &test.scene) }
        if let entry = keys["acks"] { acknowledgements(entry.value, &test.scene) }
        if let entry = keys["comments"] { comments(entry.value, &test.scene) }
        if let entry = keys["statuses"] { statuses(entry.value, &test.scene) }
        if let entry = keys["unknown"] { unknown(entry.value, &test.scene) }
        if let entry = keys["expect"] { expect(entry.value, &test) }
        if let entry = keys["can_sign"] { canSign(entry.value, &test) }
        if keys["expect"] == nil, keys["can_sign"] == nil {
            values.error(
                name.span, "the case expects nothing",
                hint: "for example `expect: { summary: approved }`, or `can_sign`")
        }
        return test
    }

    private mutating func day(_ node: DocumentNode) -> CalendarDay? {
        guard let text = values.text(node, of: "on") else { return nil }
        if let day = CalendarDay(text.string) { return day }
        values.error(text.span, "\(Quotation.inline(text.string)) is no day", hint: "write it as `2026-12-01`")
        return nil
    }

    private mutating func statuses(_ node: DocumentNode, _ scene: inout TestScene) {
        let each = "a status is its context and its state: `ci/build: success by ci-bot`"
        guard let list = values.named(node, key: "statuses", each: each) else { return }
        let words = StatusState.allCases.map(\.rawValue)
        for entry in list {
            guard let text = values.text(entry.value, of: entry.key.string) else { continue }
            var sentence = TestSentence(text)
            let word = sentence.take()
            guard let state = word.flatMap({ StatusState(rawValue: $0.text) }) else {
                let written = word?.text ?? ""
                values.error(
                    sentence.span(word), "\(Quotation.inline(written)) is not the state of a status",
                    hint: Suggestion.hint(for: written, among: words) ?? "write \(Quotation.list(words))")
                continue
            }
            var creator: String?
            if sentence.take("by"), let word = sentence.take(), word.text != "actions" {
                creator = login(word, sentence)
            }
            if let rest = sentence.peek {
                values.error(
                    sentence.span(rest), "\(Quotation.inline(rest.text)) is not expected here", hint: each)
            }
            scene.statuses.append(.init(context: entry.key.string, state: state, creator: creator))
        }
    }

    // MARK: What is expected

    private mutating func expect(_ node: DocumentNode, _ test: inout PolicyTestCase) {
        // One word is said of the summary.
        if case .text = node.content {
            if let outcome = outcome(node, of: "expect") {
                test.expectations.append(.init(name: "summary", outcome: outcome, span: node.span))
            }
            return
        }
        let each = "write a gate, or `summary`, and what it comes to: `qa-review: approved`"
        guard let list = values.named(node, key: "expect", each: each) else { return }
        if list.isEmpty { values.error(node.span, "the case expects nothing", hint: each) }
        for entry in list {
            guard let outcome = outcome(entry.value, of: entry.key.string) else { continue }
            test.expectations.append(.init(name: entry.key.string, outcome: outcome, span: entry.key.span))
        }
    }

    private mutating func outcome(_ node: DocumentNode, of key: String) -> Outcome? {
        values.choice(node, of: key, Outcome.allCases.map(\.rawValue)).flatMap(Outcome.init)
    }

    private mutating func canSign(_ node: DocumentNode, _ test: inout PolicyTestCase) {
        let each = "write a gate and who can still sign for it: `qa-review: [bob, olga]`"
        guard let list = values.named(node, key: "can_sign", each: each) else { return }
        if list.isEmpty { values.error(node.span, "`can_sign` names no gate", hint: each) }
        for entry in list {
            let logins = logins(entry.value, of: entry.key.string)
            test.signers.append(.init(gate: entry.key.string, logins: logins, span: entry.key.span))
        }
    }
}
