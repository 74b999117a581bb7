/// Reads the document: its keys, its gates and its parts.
struct DocumentReader {
    let source: SourceLines
    /// What the file is to the policy.
    let role: PolicyFileRole
    var expressions = ExpressionReader()
    var gates: [Gate] = []
    var parts: [Part] = []
    /// Gates that every repository of the organisation gets.
    var required: [Gate] = []
    /// Files that are included.
    var included: [IncludeEntry] = []
    var block = Block.standard
    /// Lists of gates of which nobody may fill places in two.
    var distinct: [DistinctList] = []
    var change = ChangeRule.standard
    /// Defaults of the file's gates.
    var approvals = ApprovalRules.standard
    /// References of each gate and part, to be checked when all are known.
    var references: [String: [ExpressionReader.PendingReference]] = [:]
    /// Gates and parts that say `open: true`.
    var openNames: Set<String> = []
    /// What stands after `when`, by gate and part.
    var whens: [String: DocumentNode] = [:]
    /// What stands after the `when` of each item, by gates of which no more is asked, where all items have one.
    var itemWhens: [String: [DocumentNode]] = [:]
    /// Where the groups without mistakes of their own are named, in the file's order.
    var groupPlaces: [(name: String, span: SourceSpan)] = []
    /// What may still be taken for reading them a second time, as something that helps.
    var lookBudget = (patternInstructions: PolicyLimits.patternInstructions, people: PolicyLimits.allPeople)
    /// How many items checklists have.
    var itemCount = 0
    /// Aliases of commands, and where what they stand for is written.
    var aliases: [CommandAlias] = []
    /// Names of gates and parts, also of those with mistakes.
    var names: [String: SourceSpan] = [:]
    /// Those of the names that are parts, and those of required gates.
    var partNames: Set<String> = []
    var requiredNames: Set<String> = []
    /// Whether there is a key `required`, with or without mistakes.
    var saysRequired = false
    /// Whether gates can come from elsewhere than `gates`.
    var bringsGates = false
    /// Gates that no including file may replace.
    var locked: Set<String> = []
    /// Gates that replace one of an included file, with the place that says so.
    var overriding: [String: SourceSpan] = [:]

    var diagnostics: [Diagnostic] { expressions.diagnostics }

    init(_ source: SourceLines, role: PolicyFileRole = .repository) {
        self.source = source
        self.role = role
    }

    mutating func error(_ span: SourceSpan, _ message: String, hint: String? = nil) {
        expressions.error(span, message, hint: hint)
    }

    mutating func warning(_ span: SourceSpan, _ message: String, hint: String? = nil) {
        expressions.warning(span, message, hint: hint)
    }

    /// Reads everything.
    mutating func read(_ root: DocumentNode) {
        let keys = [
            "version", "groups", "gates", "parts", "distinct", "approvals", "block", "policy", "commands", "include",
            "required",
        ]
        guard let top = entries(of: root, what: "a policy", known: keys)
        else { return }
        version(top["version"], root)
        groups(top["groups"])
        if let entry = top["approvals"], let rules = approvalRules(entry.value, defaults: .standard) {
            approvals = rules
        }
        if let entry = top["block"], let rule = blockRule(entry.value, open: false) { block = rule }
        if let entry = top["policy"], let rule = changeRule(entry.value) { change = rule }
        bringsGates = top["include"] != nil || (top["required"] != nil && role != .repository && role != .included)
        includes(top["include"])
        required(top["required"])
        gates(top["gates"], root)
        parts(top["parts"])
        distinct(top["distinct"])
        commands(top["commands"])
        checkGroups()
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

    /// Keys that the file chooses itself.
    mutating func named(_ node: DocumentNode, key: String, each: String) -> [DocumentNode.Entry]? {
        guard case .entries(let entries) = node.content else {
            error(node.span, "`\(key)` is a mapping of names to what they stand for, not \(node.kind)", hint: each)
            return nil
        }
        return entries
    }

    /// Whether a key can name something.
    mutating func isName(_ key: SourceText, _ what: String) -> Bool {
        if Vocabulary.isName(key.string) { return true }
        let near = String(key.string.map { Vocabulary.isName("a\($0)") ? $0 : "-" })
        error(
            key.span, "\(Quotation.inline(key.string)) cannot name \(what)",
            hint:
                "a name holds letters, digits, `_`, `.` and `-`, begins with a letter or digit, and is not only digits"
                + (Vocabulary.isName(near) ? ": for example `\(near)`" : ""))
        return false
    }
}
