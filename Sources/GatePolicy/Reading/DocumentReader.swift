/// Reads the document: its keys, its gates and its parts.
struct DocumentReader {
    let source: SourceLines
    var expressions = ExpressionReader()
    var gates: [Gate] = []
    var parts: [Part] = []
    var block = Block.standard
    /// Defaults of the file's gates.
    var approvals = ApprovalRules.standard
    /// References of each gate and part, to be checked when all are known.
    var references: [String: [ExpressionReader.PendingReference]] = [:]
    /// Items of checklists, those with mistakes included, and whose number and whose ask is whose.
    var items: [String] = []
    var numbers: [Int: String] = [:]
    var asks: [[Unicode.Scalar]: String] = [:]
    /// Aliases of commands, and where they and what they stand for are written.
    var aliases: [String: String] = [:]
    var aliasSpans: [(alias: String, span: SourceSpan, meaning: SourceSpan)] = []
    /// Names of gates, parts and items, also of those with mistakes.
    var names: [String: SourceSpan] = [:]

    var diagnostics: [Diagnostic] { expressions.diagnostics }

    init(_ source: SourceLines) { self.source = source }

    mutating func error(_ span: SourceSpan, _ message: String, hint: String? = nil) {
        expressions.error(span, message, hint: hint)
    }

    mutating func warning(_ span: SourceSpan, _ message: String, hint: String? = nil) {
        expressions.warning(span, message, hint: hint)
    }

    /// Reads everything.
    mutating func read(_ root: DocumentNode) {
        let keys = ["version", "groups", "gates", "parts", "approvals", "block", "commands"]
        guard
            let top = entries(
                of: root, what: "a policy", known: keys,
                later: ["policy", "distinct", "include", "required"])
        else { return }
        version(top["version"], root)
        groups(top["groups"])
        if let entry = top["approvals"], let rules = approvalRules(entry.value, defaults: .standard) {
            approvals = rules
        }
        if let entry = top["block"], let rule = blockRule(entry.value, open: false) { block = rule }
        gates(top["gates"], root)
        parts(top["parts"])
        commands(top["commands"])
        check()
    }

    private mutating func version(_ entry: DocumentNode.Entry?, _ root: DocumentNode) {
        guard let entry else {
            error(root.span, "the key `version` is missing", hint: "begin with `version: 1`")
            return
        }
        guard let text = text(entry.value, of: "version") else { return }
        if text.string != "1" {
            error(text.span, "this version reads policies of `version: 1`, not \(Quotation.inline(text.string))")
        }
    }

    // MARK: Groups

    private mutating func groups(_ entry: DocumentNode.Entry?) {
        guard let entry,
            let list = named(
                entry.value, key: "groups", each: "a group is a name and its people: `leads: managers | ceo`")
        else { return }
        var places: [(name: String, span: SourceSpan)] = []
        for group in list {
            let name = group.key.string
            if Vocabulary.reserved.contains(name) || name == "policy" {
                error(
                    group.key.span, "`\(name)` is a word of the language and cannot name a group",
                    hint: "give the group another name")
                continue
            }
            guard isName(group.key, "a group"), let text = text(group.value, of: name) else { continue }
            guard let expression = expressions.parse(text) else {
                expressions.groups.states[name] = .read(nil)
                continue
            }
            expressions.groups.states[name] = .unread(expression)
            places.append((name, group.key.span))
        }
        expressions.groups.close()
        // What nothing asks for is read as well: its mistakes are told.
        expressions.readAllGroups(places)
    }

    /// Keys that the file chooses itself.
    mutating func named(_ node: DocumentNode, key: String, each: String) -> [DocumentNode.Entry]? {
        guard case .entries(let entries) = node.content else {
            error(node.span, "`\(key)` holds names and what they stand for, not \(node.kind)", hint: each)
            return nil
        }
        return entries
    }

    /// Whether a key can name something.
    mutating func isName(_ key: SourceText, _ what: String) -> Bool {
        if Vocabulary.isName(key.string) { return true }
        error(
            key.span, "\(Quotation.inline(key.string)) cannot name \(what)",
            hint:
                "a name holds letters, digits, `_`, `.` and `-`, begins with a letter or digit, and is not only digits")
        return false
    }
}
