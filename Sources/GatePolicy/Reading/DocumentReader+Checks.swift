extension DocumentReader {
    /// What can be said only when everything is read.
    mutating func check() {
        checkReferences()
        checkCircles()
        checkUse()
        checkContexts()
        checkCommandNames()
        checkAliases()
        if !gates.isEmpty, gates.count == names.count - parts.count - items.count,
            gates.allSatisfy({ !$0.mode.enforces })
        {
            warning(gates[0].span, "every gate is advisory or off: nothing is enforced")
        }
    }

    private mutating func checkReferences() {
        for owner in references.keys.sorted() {
            for reference in references[owner] ?? [] where names[reference.name] == nil || isItem(reference.name) {
                let near = expressions.nearest(to: reference.name, among: names.keys)
                error(
                    reference.span, "there is no gate or part \(Quotation.inline(reference.name))",
                    hint: near.map { "did you mean `\($0)`?" })
            }
        }
    }

    private func isItem(_ name: String) -> Bool { items.contains(name) }

    /// Gates and parts that wait for each other.
    private mutating func checkCircles() {
        var finished: Set<String> = []
        for start in references.keys.sorted() where !finished.contains(start) {
            // Depth first, without recursion: a chain may be as long as the policy.
            var stack = [(name: start, next: 0)]
            while let top = stack.last {
                let looks = references[top.name] ?? []
                guard top.next < looks.count else {
                    finished.insert(top.name)
                    stack.removeLast()
                    continue
                }
                stack[stack.count - 1].next += 1
                let look = looks[top.next]
                if let index = stack.firstIndex(where: { $0.name == look.name }) {
                    let circle = (stack[index...].map(\.name) + [look.name]).joined(separator: " → ")
                    error(look.span, "this gate waits for itself: \(Quotation.inline(circle, limit: 120))")
                } else if !finished.contains(look.name) {
                    stack.append((look.name, 0))
                }
            }
        }
    }

    /// Parts that no gate speaks of, directly or through others.
    private mutating func checkUse() {
        // A misspelt reference would make the part it means look unused.
        if references.values.contains(where: { $0.contains { names[$0.name] == nil } }) { return }
        var reached: Set<String> = []
        let partNames = Set(parts.map(\.name))
        var open = references.keys.filter { !partNames.contains($0) }
        while let name = open.popLast() {
            for look in references[name] ?? [] where reached.insert(look.name).inserted { open.append(look.name) }
        }
        for part in parts where !reached.contains(part.name) {
            error(
                part.span, "no gate uses the part `\(part.name)`",
                hint: "write `gate(\"\(part.name)\")` in a gate's `require`, move it to `gates:`, or take it away")
        }
    }

    private mutating func checkContexts() {
        var taken: [(context: ContextName, gate: String)] = []
        for gate in gates {
            let context: ContextName
            switch gate.context {
            case .none: continue
            case .standard: context = ContextName("countersign/\(gate.name): {base}")
            case .custom(let text): context = ContextName(text.replacing("{gate}", with: gate.name))
            }
            if let other = taken.first(where: { $0.context.canEqual(context) }) {
                error(
                    gate.span,
                    "`\(gate.name)` and `\(other.gate)` can post the same context \(Quotation.inline(context.text))",
                    hint: "give one of them another `context`")
            }
            taken.append((context, gate.name))
        }
    }

    /// People who may not sign by the gate's own rules.
    mutating func checkSigners(_ requirement: Requirement, _ rules: ApprovalRules, _ entry: DocumentNode.Entry?) {
        guard let entry else { return }
        switch requirement {
        case .quota(let quota):
            let key: String
            switch quota.people.ungrouped {
            case .author where !rules.author: key = "author"
            case .committers where !rules.committers: key = "committers"
            default: return
            }
            error(
                entry.value.span, "a signature of `\(key)` does not count, so this could never be met",
                hint: "write `approvals: { \(key): true }` if it should, or name other people")
        case .all(let parts), .any(let parts):
            for part in parts { checkSigners(part, rules, entry) }
        // Each item was checked where it stands.
        case .condition, .never, .reference, .checklist: break
        }
    }
}

extension Gate.Mode {
    /// Whether it can block at all.
    var enforces: Bool {
        switch self {
        case .enforce: true
        case .advisory(let condition): condition != nil
        case .off: false
        }
    }
}
