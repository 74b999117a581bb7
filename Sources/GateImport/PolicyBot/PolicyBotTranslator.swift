/// Turns what policy-bot's file says into a policy that passes where policy-bot would, or less often.
///
/// There a skipped rule counts as absent. So inside an `or` it becomes a part and `gate("…")`, inside an `and`
/// `clear("…")`; and where everything is skipped a last `never` stands, because there that was an error.
struct PolicyBotTranslator {
    /// How a rule is spoken of.
    enum Use: Hashable { case approved, clear }

    /// Differences that are worth a line at the top.
    enum Mention: Hashable {
        case teams, teamsInConditions, logins, kept, pushTimes, committers, updateMerges, defaultComments, comments
        case disapprovals
    }

    let document: PolicyBotDocument
    var log: ImportLog
    var predicates = PredicateWriting()
    var factsByRule: [Int: RuleFacts] = [:]
    var mentions: Set<Mention> = []
    /// Names of rules, by index.
    private(set) var names: [String] = []
    private var table = NameTable()
    private var gates: [PolicyDraft.Entry] = []
    private var parts: [PolicyDraft.Entry] = []
    private var partNames: [ApprovalNode: String] = [:]
    /// The parts of rules that help where they apply, by rule.
    private var approvedNames: [Int: String] = [:]
    /// The rules whose gate or part is written.
    private var written: Set<Int> = []
    private var uses: [Int: Set<Use>] = [:]
    /// How rules are spoken of, from a first run.
    private let known: [Int: Set<Use>]
    private var gateRules: Set<Int> = []

    /// The policy of a file.
    static func translate(_ document: PolicyBotDocument, file: String, log: inout ImportLog) -> PolicyDraft? {
        // How a rule is best written depends on all who speak of it.
        var first = PolicyBotTranslator(document, log: log, known: [:])
        first.run()
        var second = PolicyBotTranslator(document, log: log, known: first.uses)
        second.run()
        let draft = second.draft(file)
        log = second.log
        return draft
    }

    private init(_ document: PolicyBotDocument, log: ImportLog, known: [Int: Set<Use>]) {
        self.document = document
        self.log = log
        self.known = known
        for rule in document.rules {
            let name = table.name(for: rule.name, fallback: "rule")
            names.append(name)
            if Self.letters(name) != Self.letters(rule.name), !rule.name.isEmpty {
                self.log.note(
                    rule.name, key: "name", "this rule is called `\(name)` here",
                    hint: "names hold lower-case letters, digits, `_`, `.` and `-`", line: rule.line)
            }
        }
    }

    /// What of a name its readers know it by.
    private static func letters(_ name: String) -> String {
        String(name.lowercased().filter { $0.isLetter || $0.isNumber })
    }

    private mutating func run() {
        disapprovalGate()
        let items = Self.flattened(document.approval)
        if items.isEmpty { return }
        let always = items.contains { applies($0) == .constant(true) }
        if items.count == 1, let item = items.first {
            single(item, always: always)
        } else {
            for case .rule(let index) in items { gateRules.insert(index) }
            let approved = items.map { several($0, always: always) }
            if !always, Clause.some(approved) != .constant(true) {
                let name = table.name(for: "some-rule-applies", fallback: "gate")
                let never = Clause.never("no rule applies")
                gates.append(
                    .init(
                        name: name, comments: ["policy-bot: an error when every rule is skipped"],
                        require: .some(approved + [never])))
            }
        }
    }

    /// An `and` at the top is as good as its members.
    private static func flattened(_ nodes: [ApprovalNode]) -> [ApprovalNode] {
        var result: [ApprovalNode] = []
        var seen: Set<ApprovalNode> = []
        for node in nodes {
            let more: [ApprovalNode] = if case .and(let inner) = node { flattened(inner) } else { [node] }
            for item in more where seen.insert(item).inserted { result.append(item) }
        }
        return result
    }

    private mutating func single(_ item: ApprovalNode, always: Bool) {
        if always, case .rule(let index) = item {
            gateRules.insert(index)
            _ = several(item, always: true)
            return
        }
        let approved = approved(item)
        if approved == .constant(true) { return }
        let name = table.name(for: "approval", fallback: "gate")
        let last: [Clause] = always ? [] : [.never("no rule applies")]
        gates.append(.init(name: name, require: .some([approved] + last)))
    }

    /// Writes the gate of one of several, and gives what says that it is approved.
    /// - Parameter always: whether some rule always applies, so that nobody asks whether a rule is approved.
    private mutating func several(_ item: ApprovalNode, always: Bool) -> Clause {
        switch item {
        case .rule(let index):
            if clear(item) != .constant(true) { _ = entry(index) }
            return always ? .constant(true) : approved(item)
        case .or, .and:
            let approved = approved(item)
            if approved == .constant(true) { return approved }
            let when = applies(item)
            if when == .constant(false) { return approved }
            let name = table.name(for: "approval", fallback: "gate")
            gates.append(.init(name: name, when: when, require: approved))
            // Each rule in it says by itself when it can help.
            return when.isSensitive || leavesOut(item) ? approved : .test("gate(\"\(name)\")")
        }
    }

    // MARK: The three questions

    /// Whether it is not skipped, where that asks for more: of several, those that ask nobody can only approve.
    private mutating func applies(_ node: ApprovalNode) -> Clause {
        switch node {
        case .rule(let index): return facts(index).hinders
        case .or(let nodes), .and(let nodes):
            return .some(nodes.map { asksNobody($0) ? .constant(false) : applies($0) })
        }
    }

    /// Whether it is approved.
    private mutating func approved(_ node: ApprovalNode) -> Clause {
        switch node {
        case .rule(let index): return approvedRule(index)
        case .or(let nodes): return .some(nodes.map { approved($0) })
        case .and(let nodes):
            let clear = nodes.map { self.clear($0) }
            if nodes.contains(where: { applies($0) == .constant(true) }) { return .every(clear) }
            // Where all are skipped so is the `and`: one at least must be approved.
            return .every(clear + [.some(nodes.map { approved($0) })])
        }
    }

    /// Whether it is approved or skipped.
    private mutating func clear(_ node: ApprovalNode) -> Clause {
        let when = applies(node)
        if when == .constant(false) {
            if case .rule = node { _ = approved(node) }
            return .constant(true)
        }
        switch node {
        case .rule(let index):
            if facts(index).asksNobody { return .constant(true) }
            uses[index, default: []].insert(.clear)
            let word = when == .constant(true) ? "gate" : "clear"
            return .test("\(word)(\"\(entry(index))\")")
        case .and(let nodes): return .every(nodes.map { clear($0) })
        case .or:
            let approved = approved(node)
            if when == .constant(true) || approved == .constant(true) { return approved }
            if let name = partNames[node] { return .test("clear(\"\(name)\")") }
            let name = table.name(for: "alternatives", fallback: "part")
            partNames[node] = name
            parts.append(.init(name: name, when: when, require: approved))
            return .test("clear(\"\(name)\")")
        }
    }

    private mutating func approvedRule(_ index: Int) -> Clause {
        let facts = facts(index)
        let rule = document.rules[index]
        if facts.helps == .constant(false) {
            leaveOut(rule)
            return .constant(false)
        }
        uses[index, default: []].insert(.approved)
        explain(rule.conditions, .helps, rule: rule.name)
        if facts.asksNobody, facts.helps == .constant(true) { return .constant(true) }
        return .test("gate(\"\(isTwofold(index) ? approvedEntry(index) : entry(index))\")")
    }

    /// Whether what makes it apply must be written in two ways: where that asks for more, and where it helps.
    private mutating func isTwofold(_ index: Int) -> Bool {
        let facts = facts(index)
        return facts.hinders.isSensitive && !facts.asksNobody && !isOnlyApproved(index)
    }

    /// The name of the part that a rule is where it must be approved, written once: its condition helps there.
    private mutating func approvedEntry(_ index: Int) -> String {
        if let name = approvedNames[index] { return name }
        let facts = facts(index)
        // So much of the name that what follows is not cut off.
        let name = table.name(for: "\(names[index].prefix(50))-approved", fallback: "part")
        approvedNames[index] = name
        parts.append(
            .init(
                name: name, comments: ["line \(document.rules[index].line), where it can stand in for another rule"],
                require: .every([facts.helps, facts.requirement]), approvals: facts.approvals))
        return name
    }

    private func isOnlyApproved(_ index: Int) -> Bool { known[index] == [.approved] }

    /// The name of a rule's gate or part, written once.
    private mutating func entry(_ index: Int) -> String {
        let name = names[index]
        if !written.insert(index).inserted { return name }
        let facts = facts(index)
        let rule = document.rules[index]
        let title = name == rule.name || rule.name.isEmpty ? "" : ": \(Writing.oneLine(rule.name, limit: 80))"
        var entry = PolicyDraft.Entry(name: name, comments: ["line \(rule.line)\(title)"])
        let isGate = gateRules.contains(index) && !facts.asksNobody
        if let text = rule.description.map({ Writing.oneLine($0) }), !text.isEmpty {
            if isGate { entry.description = text } else { entry.comments.append(text) }
        }
        if facts.asksNobody {
            entry.require = facts.helps
        } else if facts.hinders.isSensitive, isOnlyApproved(index) {
            entry.require = .every([facts.helps, facts.requirement])
        } else {
            explain(rule.conditions, .hinders, rule: rule.name)
            (entry.when, entry.require) = (facts.hinders, facts.requirement)
        }
        entry.approvals = facts.approvals
        if isGate { gates.append(entry) } else { parts.append(entry) }
        return name
    }

    // MARK: Disapproval, and the whole

    private mutating func disapprovalGate() {
        guard let disapproval = document.disapproval else { return }
        let when = Clause.some(
            disapproval.conditions.map { predicates.clause($0.predicate, .hinders, rule: "disapproval") })
        explain(disapproval.conditions, .hinders, rule: nil)
        let members = disapproval.actors.members
        for (title, gate) in disapprovalGates(when, members.isEmpty ? nil : members.joined(separator: " | ")) {
            var gate = gate
            gate.name = table.name(for: title, fallback: "gate")
            gates.append(gate)
        }
    }

    private mutating func draft(_ file: String) -> PolicyDraft {
        if gates.isEmpty {
            log.warning(
                key: "policy.approval", "nobody is asked for anything: as in policy-bot every pull request is approved",
                hint: "name a rule that asks for somebody", line: nil)
            gates.append(
                .init(
                    name: table.name(for: "nobody-is-asked", fallback: "gate"),
                    comments: ["always met: a requirement that is `true` is refused, so this asks for any base"],
                    require: .test("base(\"*\")")))
        }
        var draft = PolicyDraft(header: [], gates: gates, parts: Self.reachable(parts, from: gates))
        finish(&draft, file: file)
        return draft
    }

    /// Parts that something speaks of: folding may have dropped the last that did.
    private static func reachable(_ parts: [PolicyDraft.Entry], from gates: [PolicyDraft.Entry]) -> [PolicyDraft.Entry]
    {
        let texts = Dictionary(uniqueKeysWithValues: parts.map { ($0.name, $0.require?.text ?? "") })
        var reached: Set<String> = []
        var open = gates.compactMap { $0.require?.text }
        while let text = open.popLast() {
            for name in text.matches(of: /\("([^"]+)"\)/).map({ String($0.output.1) }) {
                if let more = texts[name], reached.insert(name).inserted { open.append(more) }
            }
        }
        return parts.filter { reached.contains($0.name) }
    }
}
