/// Writes a checklist as a gate.
struct ChecklistWriter {
    var log: ImportLog
    private var table = NameTable()

    init(log: ImportLog) { self.log = log }

    /// The policy of a checklist.
    mutating func draft(_ checklist: Checklist, file: String) -> PolicyDraft {
        var gate = PolicyDraft.Entry(name: table.name(for: "checklist", fallback: "gate"))
        gate.advisory = advisory(checklist)
        gate.checklist = checklist.items.map { item($0, checklist) }
        var draft = PolicyDraft(header: header(file))
        draft.gates = [gate] + checklist.waivables.map { waivable($0) }
        if gate.advisory.text.contains(" by labellers)") {
            draft.groups.append(("labellers", "writers", "whose labels count where a label softens a gate"))
        }
        draft.block = ("none", "the checklist did not look at requests for changes")
        draft.aliases = [("sop-ack", "ack"), ("sop-revoke", "revoke"), ("sop-n/a", "waive")]
        log.warning(
            key: "items", "a request for changes did not block in the checklist gate, so the policy says `block: none`",
            hint: "take `block: none` away, and those of all writers block", line: nil)
        return draft
    }

    private func header(_ file: String) -> [String] {
        [
            "Imported from \(Writing.oneLine(file, limit: 100)) by `countersign import checklist`.",
            "Here this means something else, on purpose:",
            "- an item with an `ask` must be answered in the description, too: there that was only shown",
            "- an acknowledgement ends when the change is another one; nobody who pushed or wrote a commit may give it",
            "- a comment that was edited acknowledges nothing",
            "- a team that cannot be read is unknown, and the gate undecided",
        ]
    }

    private mutating func item(_ item: Checklist.Item, _ checklist: Checklist) -> PolicyDraft.Item {
        let name = table.name(for: item.slug, fallback: "item")
        if name != item.slug {
            log.note(
                item.slug, key: "slug", "this item is called `\(name)` here",
                hint: "names hold lower-case letters, digits, `_`, `.` and `-`", line: item.line)
        }
        var keys = [(key: "item", value: Writing.yaml(name, isInFlow: true))]
        if let number = item.number { keys.append(("number", "\(number)")) }
        if let marker = item.marker { keys.append(("ask", Writing.yaml(marker, isInFlow: true))) }
        keys.append(("by", Writing.yaml(by(item, checklist).text, isInFlow: true)))
        return .init(comment: item.description.flatMap { $0.isEmpty ? nil : $0 }, keys: keys)
    }

    /// Who acknowledges it: some team, or others where the risk is high.
    private mutating func by(_ item: Checklist.Item, _ checklist: Checklist) -> Clause {
        let normal = Clause.some(item.teams.map { .test($0) })
        guard !item.highRiskTeams.isEmpty else { return normal }
        guard !checklist.highRiskLabels.isEmpty else {
            log.warning(
                item.slug, key: "required_teams_high_risk", "there are no `high_risk_labels`, so this never counts",
                hint: "name the labels and import again", line: item.line)
            return normal
        }
        let highRisk = Clause.some(item.highRiskTeams.map { .test($0) })
        let isLow = Clause.every(checklist.highRiskLabels.map { .not(.test("label(\(Writing.literal($0)))")) })
        log.note(
            item.slug, key: "high_risk_labels", "whoever takes the label off lowers the risk, as in the checklist gate",
            hint: "write `label(\"…\" by leads)` to say whose label counts", line: checklist.highRiskLine)
        let others = item.highRiskTeams.filter { !item.teams.contains($0) }
        if !others.isEmpty {
            log.warning(
                item.slug, key: "required_teams_high_risk",
                "\(Writing.list(others)) may acknowledge without such a label, too",
                hint: "name them in `required_teams`, or write two items", line: item.line)
        }
        return .some([highRisk, .every([isLow, normal])])
    }

    /// `soft` is advisory; where labels contradict each other `hard` wins.
    private mutating func advisory(_ checklist: Checklist) -> Clause {
        let hard = Clause.every(checklist.hardLabels.map { .not(.test("label(\(Writing.literal($0)))")) })
        if checklist.isSoftByDefault {
            log.warning(
                key: "default_mode",
                "without one of the hard labels the gate is advisory: it is shown and does not block",
                hint: "whoever may take a label off can switch it off; write `default_mode: hard`",
                line: checklist.modeLine)
            return hard == .constant(true) ? .test("true") : hard
        }
        if checklist.softLabels.isEmpty { return .constant(false) }
        log.warning(
            key: "tier_failure_mode",
            "a label softens the gate, so only one put on by `labellers`, no opener or committer, counts",
            hint: "put who may label into the group `labellers`; it holds all writers now", line: checklist.modeLine)
        let soft = Clause.some(
            checklist.softLabels.map { .test("label(\(Writing.literal($0)) by labellers)") })
        return .every([soft, hard])
    }

    /// A gate that the file lets people call not needed; what it asks for stands elsewhere.
    private mutating func waivable(_ gate: Checklist.Waivable) -> PolicyDraft.Entry {
        let name = table.name(for: gate.name, fallback: "gate")
        if name != gate.name {
            log.note(
                gate.name, key: "n/a_gates", "this gate is called `\(name)` here",
                hint: "whoever waives it writes `/waive \(name)`: gates and items share one name space", line: gate.line
            )
        }
        log.warning(
            gate.name, key: "n/a_gates",
            "the file says who may waive this gate and not what it asks for, so it says `never` until you do",
            hint: "write who must approve into `require` of `\(name)`", line: gate.line)
        var entry = PolicyDraft.Entry(name: name, description: gate.description)
        if entry.description?.isEmpty == true { entry.description = nil }
        entry.require = .never("say in the policy who must approve for \(name)")
        let by = Clause.some(gate.teams.map { .test($0) })
        entry.waive = "{ by: \(Writing.yaml(by.text, isInFlow: true)), reason: required }"
        return entry
    }
}
