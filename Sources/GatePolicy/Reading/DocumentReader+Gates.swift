extension DocumentReader {
    static let gateKeys = [
        "description", "context", "when", "require", "checklist", "block", "waive", "mode", "advisory", "until",
        "approvals", "open", "distinct", "override", "locked",
    ]

    /// `gates:`.
    mutating func gates(_ entry: DocumentNode.Entry?, _ root: DocumentNode) {
        guard let entry else {
            if bringsGates { return }
            error(root.span, "a policy without a gate asks for nothing", hint: "add `gates:` with at least one gate")
            return
        }
        let example = "a gate is a name and its keys: `qa-review: { require: qa }`"
        guard let list = named(entry.value, key: "gates", each: example) else { return }
        if list.isEmpty {
            error(
                entry.value.span, "a policy without a gate asks for nothing",
                hint: "add one, for example `qa-review: { require: qa }`")
        }
        for entry in list {
            guard claim(entry.key, "a gate") else { continue }
            if let gate = gate(entry) { gates.append(gate) }
        }
    }

    /// `required:`.
    mutating func required(_ entry: DocumentNode.Entry?) {
        let example = "a gate is a name and its keys: `licence-review: { require: legal }`"
        guard let entry else { return }
        saysRequired = true
        switch role {
        case .organization, .required: break
        case .repository, .included:
            error(
                entry.key.span, "`required` is for the organisation's own `countersign.yml`, and this is another file",
                hint: role == .included
                    ? "every repository gets those gates without including them: keep the gates to include in a file apart"
                    : "write the gates under `gates`")
            return
        }
        guard let list = named(entry.value, key: "required", each: example) else { return }
        if list.isEmpty {
            error(entry.value.span, "`required` names no gate", hint: "name one, or take the key away")
        }
        for entry in list {
            guard claim(entry.key, "a gate") else { continue }
            requiredNames.insert(entry.key.string)
            locked.insert(entry.key.string)
            if let gate = gate(entry) { required.append(gate) }
        }
    }

    /// `parts:`.
    mutating func parts(_ entry: DocumentNode.Entry?) {
        let example = "a part is a name and its keys: `two-engineers: { require: 2 of engineers }`"
        guard let entry, let list = named(entry.value, key: "parts", each: example) else { return }
        for entry in list {
            guard claim(entry.key, "a part") else { continue }
            partNames.insert(entry.key.string)
            if let part = part(entry) { parts.append(part) }
        }
    }

    /// Takes a name; gates and parts share one name space.
    private mutating func claim(_ key: SourceText, _ what: String) -> Bool {
        guard isName(key, what) else { return false }
        let name = key.string
        if name == "policy" {
            error(
                key.span, "`policy` is the gate that guards the policy itself and cannot name \(what)",
                hint: "choose another name")
            return false
        }
        if let first = names[name] {
            error(
                key.span, "the name `\(name)` is taken on line \(first.line)",
                hint: "gates and parts share one set of names")
            return false
        }
        names[name] = key.span
        if names.count == PolicyLimits.gates + 1 {
            error(key.span, "a policy has at most \(PolicyLimits.gates) gates and parts together")
        }
        return names.count <= PolicyLimits.gates
    }

    private mutating func gate(_ entry: DocumentNode.Entry) -> Gate? {
        let name = entry.key.string
        guard
            let keys = entries(
                of: entry.value, what: "a gate", known: Self.gateKeys)
        else { return nil }
        composition(name, keys)
        let open = keys["open"].flatMap { flag($0.value, of: "open") } ?? false
        if open { openNames.insert(name) }
        expressions.isOpen = open
        defer { expressions.isOpen = false }
        expressions.references = []
        whens[name] = keys["when"]?.value
        if let entry = keys["checklist"], keys["require"] == nil { itemWhens[name] = entry.itemWhens }
        let when = keys["when"].map { whenCondition($0) } ?? .constant(true)
        let rules = keys["approvals"].map { approvalRules($0.value, defaults: approvals, when: when) } ?? approvals
        let require = asked(keys, entry, rules, open: open)
        let block = keys["block"].map { blockRule($0.value, open: open) } ?? self.block
        references[name] = expressions.references
        let waive = keys["waive"].flatMap { self.waive($0.value, rules, open: open) }
        let mode = mode(keys)
        let until = keys["until"].flatMap { self.until($0, mode) }
        let context = keys["context"].flatMap { self.context($0.value) } ?? .standard
        let summary = keys["description"].flatMap { text($0.value, of: "description") }?.string
        let isDistinct = keys["distinct"].flatMap { flag($0.value, of: "distinct") } ?? false
        guard let when, let rules, let require, let block, let mode else { return nil }
        return Gate(
            name: name, summary: summary, context: context, when: when, require: require, isDistinct: isDistinct,
            block: block, waive: waive, mode: mode, until: until, approvals: rules, span: entry.key.span)
    }

    /// `override` and `locked`.
    private mutating func composition(_ name: String, _ keys: [String: DocumentNode.Entry]) {
        let isRequired = requiredNames.contains(name)
        if let entry = keys["override"], flag(entry.value, of: "override") == true {
            if isRequired {
                error(entry.key.span, "a required gate overrides nothing", hint: "take `override` away")
            } else {
                overriding[name] = entry.key.span
            }
        }
        if let entry = keys["locked"], let isLocked = flag(entry.value, of: "locked") {
            if isLocked {
                locked.insert(name)
            } else if isRequired {
                error(entry.value.span, "a required gate is always locked", hint: "take `locked` away")
            }
        }
    }

    private mutating func part(_ entry: DocumentNode.Entry) -> Part? {
        if refusesDistinct(entry.value) { return nil }
        guard let keys = entries(of: entry.value, what: "a part", known: ["when", "require", "approvals", "open"])
        else { return nil }
        let open = keys["open"].flatMap { flag($0.value, of: "open") } ?? false
        if open { openNames.insert(entry.key.string) }
        expressions.isOpen = open
        defer { expressions.isOpen = false }
        expressions.references = []
        whens[entry.key.string] = keys["when"]?.value
        let when = keys["when"].map { whenCondition($0) } ?? .constant(true)
        let rules = keys["approvals"].map { approvalRules($0.value, defaults: approvals, when: when) } ?? approvals
        let require = requirement(keys, entry, open: open)
        references[entry.key.string] = expressions.references
        if let require, let rules { checkSigners(require, rules, keys["require"]) }
        guard let when, let rules, let require else { return nil }
        return Part(name: entry.key.string, when: when, require: require, approvals: rules, span: entry.key.span)
    }

    mutating func whenCondition(_ entry: DocumentNode.Entry) -> Condition? {
        let condition = condition(entry.value, of: "when", polarity: .hinders)
        switch condition.flatMap(CaseTable.value(of:)) {
        case true?:
            if case .constant = condition { break }
            warning(entry.value.span, "this condition is true whatever happens", hint: "take `when` away")
        case false?:
            warning(
                entry.value.span, "this condition is never true, so nothing is ever asked for",
                hint: "write `mode: off` if that is meant")
        case nil: break
        }
        return condition
    }

    /// What a gate asks for: `require`, `checklist`, or both.
    private mutating func asked(
        _ keys: [String: DocumentNode.Entry], _ gate: DocumentNode.Entry, _ rules: ApprovalRules?, open: Bool
    ) -> Requirement? {
        let checklist = keys["checklist"].map { self.checklist($0, rules, open: open) }
        if let checklist, keys["require"] == nil { return checklist.map { .checklist($0) } }
        let require = requirement(keys, gate, open: open)
        if let require, let rules { checkSigners(require, rules, keys["require"]) }
        switch checklist {
        case .none: return require
        case .some(nil): return nil
        case .some(.some(let checklist)): return require.map { .all([$0, .checklist(checklist)]) }
        }
    }

    private mutating func requirement(
        _ keys: [String: DocumentNode.Entry], _ gate: DocumentNode.Entry, open: Bool
    ) -> Requirement? {
        guard let entry = keys["require"] else {
            // A misspelt `require` has been told.
            if case .entries(let written) = gate.value.content,
                written.contains(where: {
                    $0.key.string.hasPrefix("require:")
                        || Suggestion.nearest(to: $0.key.string, among: ["require"]) != nil
                })
            {
                return nil
            }
            error(
                gate.key.span, "`\(gate.key.string)` has no `require`, so it would ask for nothing",
                hint: "for example `require: 1 of writers`")
            return nil
        }
        guard let requirement = requirement(entry.value, of: "require", open: open, references: true) else {
            return nil
        }
        if requirement.saysThatNobodyIsAsked {
            warning(entry.value.span, "this is true whatever happens, so nobody has to sign")
        } else {
            refuseConstant(requirement, entry.value.span, "nobody would have to sign")
        }
        return requirement
    }

    mutating func refuseConstant(_ requirement: Requirement, _ span: SourceSpan, _ consequence: String) {
        switch CaseTable.value(of: requirement) {
        case true?:
            error(
                span, "this is true whatever happens, so \(consequence)",
                hint: "name who must sign, or take the gate away")
        case false?:
            if case .never = requirement { break }
            warning(
                span, "this can never be met",
                hint: requirement.holdsNever
                    ? "`never(…)` alone says so: take away what stands beside it"
                    : "`never(\"reason\")` says so, with a reason")
        case nil: break
        }
    }
}

extension Requirement {
    /// Whether it is `base("*")` alone, the one way to write a gate that is always met; an import makes such.
    fileprivate var saysThatNobodyIsAsked: Bool {
        guard case .condition(.test(let test)) = self, let name = test as? NamePattern else { return false }
        return name.subject == .base && name.constantValue == true
    }

    /// Whether `never` stands in it.
    fileprivate var holdsNever: Bool {
        switch self {
        case .never: true
        case .quota, .reference, .checklist, .ownersOfEachFile, .condition: false
        case .all(let parts), .any(let parts): parts.contains(where: \.holdsNever)
        }
    }

    /// Whether conditions alone can meet it.
    var holdsWithoutSignature: Bool {
        switch self {
        case .quota, .never, .reference, .checklist: false
        // Files without a rule need nobody.
        case .ownersOfEachFile: true
        case .condition(let condition): condition.constantValue != false
        case .all(let parts): parts.allSatisfy(\.holdsWithoutSignature)
        case .any(let parts): parts.contains(where: \.holdsWithoutSignature)
        }
    }
}
