/// Reads policy-bot's file as strictly as policy-bot does.
struct PolicyBotReader: FieldReading {
    var log: ImportLog
    var rule: String?
    /// Organizations named so far, with their lines: only one of them can be the repository's.
    var organizations: [(name: String, rule: String?, line: Int)] = []

    /// What a rule that is not imported holds and our language does not; nil while a rule is read that is imported.
    private var findings: [ImportNotice]?
    /// How big expressions may still be, as much as a policy's may be together.
    var instructions = 200_000
    /// The names of all rules.
    private var ruleNames: [String] = []

    /// `approval_defaults.options`, by key.
    private var defaults: [SourceNode.Entry] = []

    private static let topHints = [
        "remote": "import the file it names; here a file names others with `include`",
        "approval": "it belongs under `policy`", "disapproval": "it belongs under `policy`",
    ]

    init(log: ImportLog) { self.log = log }

    /// What the file says; nil after an error.
    mutating func read(_ root: SourceNode) -> PolicyBotDocument? {
        if case .entries(let entries) = root.content, let remote = entries.first(where: { $0.key == "remote" }) {
            log.error(
                key: "remote", "this file only names another repository's policy",
                hint: "import the file it names; here a file takes another in with `include`", line: remote.line)
            return nil
        }
        guard
            let top = fields(
                root, of: "file", known: ["policy", "approval_rules", "approval_defaults"], hints: Self.topHints)
        else { return nil }
        readDefaults(top["approval_defaults"])
        let rules = self.rules(top["approval_rules"], used: Self.names(in: top["policy"]))
        rule = nil
        guard let entry = top["policy"] else {
            if !log.hasErrors { nothingAsked(line: root.line) }
            return nil
        }
        guard let policy = fields(entry.value, of: "policy", known: ["approval", "disapproval"]) else { return nil }
        let indices = Dictionary(uniqueKeysWithValues: rules.enumerated().map { ($1.name, $0) })
        let approval = policy["approval"].map { self.approval($0, indices) } ?? []
        let disapproval = policy["disapproval"].flatMap { self.disapproval($0) }
        if approval.isEmpty, disapproval == nil, !log.hasErrors { nothingAsked(line: entry.line) }
        checkOrganizations()
        if rules.count > PolicyDraft.gatesLimit { PolicyDraft.refuseSize(&log, line: entry.line) }
        return PolicyBotDocument(rules: rules, approval: approval, disapproval: disapproval)
    }

    private mutating func nothingAsked(line: Int) {
        log.error(
            key: "policy.approval",
            "policy-bot approves everything with this file, and a policy here asks for something",
            hint: "name at least one rule in `policy.approval`", line: line)
    }

    // MARK: Rules

    /// The rules that are imported: those that `policy.approval` names, and of several of one name the last.
    private mutating func rules(_ entry: SourceNode.Entry?, used: Set<String>) -> [ApprovalRule] {
        guard let entry else { return [] }
        guard case .list(let items) = entry.value.content else {
            if entry.value.content != .empty { wrongKind(entry.value, "approval_rules", "a list of rules") }
            return []
        }
        var last: [String: Int] = [:]
        for (index, item) in items.enumerated() { last[item.ruleName] = index }
        var lines: [String: Int] = [:]
        var rules: [ApprovalRule] = []
        for (index, item) in items.enumerated() {
            rule = nil
            let name = item.ruleName
            if used.contains(name), last[name] == index {
                if let read = approvalRule(item) { rules.append(read) }
            } else {
                check(item)
            }
            ruleNames.append(name)
            if let first = lines[name] {
                log.warning(
                    name, key: "name",
                    "two rules have this name, and policy-bot silently takes the last: so does the import",
                    hint: "take the one on line \(first) away, or give it another name", line: item.ruleLine)
            } else {
                lines[name] = item.ruleLine
            }
            if !used.contains(name), last[name] == index {
                log.warning(
                    name, key: "name", "`policy.approval` does not name this rule, so it is not imported",
                    hint: "name it there if it should hold", line: item.ruleLine)
            }
        }
        return rules
    }

    /// Reads a rule that is not imported: of what is wrong with it policy-bot's own errors are errors here, too.
    private mutating func check(_ item: SourceNode) {
        var inner = ImportLog()
        let count = organizations.count
        findings = []
        swap(&log, &inner)
        _ = approvalRule(item)
        swap(&log, &inner)
        organizations.removeSubrange(count...)
        for notice in inner.notices.filter({ $0.severity == .error }) + (findings ?? []) { log.add(notice) }
        findings = nil
    }

    /// An error only where the rule is imported.
    mutating func refuse(_ key: String, _ message: String, hint: String, line: Int?) {
        guard findings != nil else { return log.error(rule, key: key, message, hint: hint, line: line) }
        findings?.append(
            .init(
                severity: .note, rule: rule, key: key, message: "\(message) (this rule is not imported)", hint: hint,
                line: line))
    }

    /// The names that `policy.approval` holds.
    private static func names(in policy: SourceNode.Entry?) -> Set<String> {
        var result: Set<String> = []
        func collect(_ node: SourceNode) {
            switch node.content {
            case .text(let name, _): result.insert(name)
            case .list(let items): items.forEach(collect)
            case .entries(let entries): entries.forEach { collect($0.value) }
            case .empty: break
            }
        }
        if case .entries(let entries) = policy?.value.content {
            entries.filter { $0.key == "approval" }.forEach { collect($0.value) }
        }
        return result
    }

    private mutating func readDefaults(_ entry: SourceNode.Entry?) {
        guard let entry, let keys = fields(entry.value, of: entry.key, known: ["options"]),
            let options = keys["options"], options.value.content != .empty
        else { return }
        guard case .entries(let entries) = options.value.content else {
            return wrongKind(options.value, options.key, "keys and values")
        }
        defaults = entries
    }

    private mutating func approvalRule(_ node: SourceNode) -> ApprovalRule? {
        // The rule's name goes with everything that is said of it.
        rule = node.ruleName
        guard
            let keys = fields(node, of: "approval_rules", known: ["name", "description", "if", "requires", "options"])
        else { return nil }
        var result = ApprovalRule(name: text(keys["name"]) ?? "", line: node.ruleLine)
        if result.name.isEmpty {
            log.warning(
                key: "name", "a rule without a name is called `rule` here", hint: "give it a name", line: node.line)
        }
        result.description = text(keys["description"])
        if let entry = keys["if"] { result.conditions = predicates(entry, .either) }
        if let entry = keys["requires"] { requires(entry, &result) }
        let none = SourceNode.Entry(key: "options", line: node.line, value: .init(content: .empty, line: node.line))
        result.options = options((keys["options"] ?? none).filled(from: defaults))
        return result
    }

    private mutating func requires(_ entry: SourceNode.Entry, _ result: inout ApprovalRule) {
        guard let keys = fields(entry.value, of: "requires", known: ["count", "conditions"] + Self.actorKeys) else {
            return
        }
        result.countLine = keys["count"]?.line ?? entry.line
        result.count = number(keys["count"]) ?? 0
        if result.count < 0 {
            log.warning(
                rule, key: "count", "a count below 0 is read as 0, as policy-bot does", hint: "write `0`",
                line: result.countLine)
            result.count = 0
        }
        result.actors = actors(keys, .softens)
        if let conditions = keys["conditions"] { result.requirements = predicates(conditions, .softens) }
    }

    // MARK: policy.approval

    private mutating func approval(_ entry: SourceNode.Entry, _ rules: [String: Int]) -> [ApprovalNode] {
        guard case .list(let items) = entry.value.content else {
            if entry.value.content != .empty { wrongKind(entry.value, "policy.approval", "a list of rules") }
            return []
        }
        return items.compactMap { node($0, rules, depth: 0) }
    }

    private mutating func node(_ item: SourceNode, _ rules: [String: Int], depth: Int) -> ApprovalNode? {
        switch item.content {
        case .text(let name, _):
            if let index = rules[name] { return .rule(index) }
            let names = Array(ruleNames.prefix(8))
            log.error(
                key: "policy.approval", "there is no rule \(Writing.inline(name))",
                hint: names.isEmpty ? "write it in `approval_rules`" : "the rules are \(Writing.list(names))",
                line: item.line)
        case .entries(let entries):
            guard let entry = entries.first, entries.count == 1, entry.key == "or" || entry.key == "and",
                case .list(let items) = entry.value.content, !items.isEmpty
            else {
                log.error(
                    key: "policy.approval", "an entry is a rule's name, or one of `or` and `and` with a list",
                    hint: "for example `- or: [a, b]`", line: item.line)
                return nil
            }
            guard depth < 9 else {
                log.error(
                    key: "policy.approval", "`or` and `and` are nested more than 9 deep", hint: "nest them less",
                    line: item.line)
                return nil
            }
            let nodes = items.compactMap { node($0, rules, depth: depth + 1) }
            // One member is as good as itself.
            if items.count == 1 { return nodes.first }
            return entry.key == "or" ? .or(nodes) : .and(nodes)
        case .empty, .list:
            wrongKind(item, "policy.approval", "a rule's name, `or` or `and`")
        }
        return nil
    }

    private mutating func checkOrganizations() {
        guard let first = organizations.first else { return }
        for other in organizations where other.name.lowercased() != first.name.lowercased() {
            log.error(
                other.rule, key: "organizations",
                "\(Writing.list([first.name, other.name])) cannot both be the repository's organisation",
                hint: "make a team of the members of the other, and name it in `teams`", line: other.line)
        }
    }
}

extension SourceNode {
    private var nameEntry: Entry? {
        guard case .entries(let entries) = content else { return nil }
        return entries.first { $0.key == "name" }
    }

    /// The name of the rule that this is; empty where it has none.
    fileprivate var ruleName: String {
        if case .text(let name, _) = nameEntry?.value.content { return name }
        return ""
    }

    /// Where the rule begins that this is.
    fileprivate var ruleLine: Int { nameEntry?.line ?? line }
}

extension SourceNode.Entry {
    /// Options with those of the file where the rule does not say: each replaces the other, and only of `methods` each
    /// key does.
    fileprivate func filled(from defaults: [SourceNode.Entry]) -> SourceNode.Entry {
        let own: [SourceNode.Entry]
        switch value.content {
        case .empty: own = []
        case .entries(let entries): own = entries
        case .text, .list: return self
        }
        var result = own.filter { $0.value.content != .empty }
        for standard in defaults {
            if let index = result.firstIndex(where: { $0.key == standard.key }) {
                guard standard.key == "methods", case .entries(let methods) = standard.value.content else { continue }
                result[index] = result[index].filled(from: methods)
            } else {
                result.append(standard)
            }
        }
        var entry = self
        entry.value.content = .entries(result)
        return entry
    }
}
