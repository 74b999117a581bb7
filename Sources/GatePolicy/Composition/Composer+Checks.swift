extension Composer {
    /// What can be said only when everything is read.
    mutating func check() {
        for index in files.indices {
            checkReferences(index)
            checkUse(index)
        }
        checkLooks()
        checkClears()
        checkOverrides()
        checkNames()
        checkRequired()
        checkCircles()
        checkContexts()
        checkDistinctNames()
        checkCommandNames()
        checkMeanings()
        checkAliases()
        checkGates()
        checkDistinct()
    }

    private mutating func checkReferences(_ index: Int) {
        let visible = visibleNames(in: index)
        let reader = files[index].reading.reader
        for owner in reader.references.keys.sorted() {
            for reference in reader.references[owner] ?? [] where !visible.contains(reference.name) {
                let name = Quotation.inline(reference.name)
                if let part = self.owner(of: reference.name, below: index, parts: true) {
                    error(
                        in: index, reference.span, "\(name) is a part of `\(files[part].text.file)`",
                        hint: "parts are known only in the file that wrote them: make it a gate there, or write it here"
                    )
                    continue
                }
                // A file that is not at hand may have it.
                if !isWhole || (index == organization && !reader.included.isEmpty) { continue }
                let near = files[index].reading.reader.expressions.nearest(to: reference.name, among: visible)
                error(
                    in: index, reference.span, "there is no gate or part \(name)",
                    hint: near.map { "did you mean `\($0)`?" } ?? requiredHint(for: reference.name, in: index))
            }
        }
    }

    /// That a gate is the organisation's, and out of reach; nil for any other name.
    private func requiredHint(for name: String, in index: Int) -> String? {
        guard let organization, organization != index, !descendants(of: organization).contains(index),
            visibleNames(in: organization).contains(name)
        else { return nil }
        return "`\(name)` is a gate that `\(files[organization].text.file)` requires: it is judged beside these gates, "
            + "and none of them can look at it"
    }

    /// Parts that no gate of their file speaks of, directly or through others.
    private mutating func checkUse(_ index: Int) {
        let reader = files[index].reading.reader
        // A misspelt reference would make the part it means look unused.
        let visible = visibleNames(in: index)
        if isWhole, reader.references.values.contains(where: { $0.contains { !visible.contains($0.name) } }) { return }
        let reached = reached(from: reader.references.keys.filter { !reader.partNames.contains($0) }, in: index)
        for part in reader.parts where !reached.contains(part.name) {
            error(
                in: index, part.span, "no gate uses the part `\(part.name)`",
                hint: "write `gate(\"\(part.name)\")` in a gate's `require`, move it to `gates:`, or take it away")
        }
    }

    private func reached(from start: [String], in index: Int) -> Set<String> {
        let references = files[index].reading.reader.references
        var reached: Set<String> = []
        var open = start
        while let name = open.popLast() {
            for look in references[name] ?? [] where reached.insert(look.name).inserted { open.append(look.name) }
        }
        return reached
    }

    /// The required gates of a file and everything they speak of.
    func reachedFromRequired(in index: Int) -> Set<String> {
        let names = files[index].reading.reader.requiredNames
        return reached(from: Array(names), in: index).union(names)
    }

    /// Required gates are there for repositories with other gates of their own: they stand on their own feet.
    private mutating func checkRequired() {
        for index in requiring {
            let reader = files[index].reading.reader
            let reached = reachedFromRequired(in: index)
            for owner in reader.references.keys.sorted() where reached.contains(owner) {
                for reference in reader.references[owner] ?? []
                where !reader.requiredNames.contains(reference.name) && !reader.partNames.contains(reference.name)
                    && visibleNames(in: index).contains(reference.name)
                {
                    error(
                        in: index, reference.span,
                        "a required gate cannot look at `\(reference.name)`, which not every repository has",
                        hint: "write it under `required` or `parts`")
                }
            }
        }
    }

    /// Gates and parts that wait for each other.
    private mutating func checkCircles() {
        var references: [String: [ExpressionReader.PendingReference]] = [:]
        var owners: [String: Int] = [:]
        for index in (requiresNothing ? [] : [organization].compactMap(\.self)) + inOrder {
            for (name, looks) in files[index].reading.reader.references where !isOverridden(name, in: index) {
                references[name] = looks
                owners[name] = index
            }
        }
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
                    error(
                        in: owners[top.name] ?? root, look.span,
                        "this gate waits for itself: \(Quotation.inline(circle, limit: 120))")
                } else if !finished.contains(look.name) {
                    stack.append((look.name, 0))
                }
            }
        }
    }

    /// The gates of the policy with their files: those that are required first, then from the innermost file outwards.
    var gatesInForce: [(gate: Gate, file: Int)] {
        requiring.flatMap { index in files[index].reading.reader.required.map { ($0, index) } }
            + inOrder.reversed().flatMap { index in
                files[index].reading.reader.gates.filter { !isOverridden($0.name, in: index) }.map { ($0, index) }
            }
    }

    private mutating func checkContexts() {
        var taken: [(context: ContextName, gate: String)] = []
        // More than there may be are an error already, and each is held against all others.
        let gatesInForce = gatesInForce.prefix(PolicyLimits.gates)
        for (gate, index) in gatesInForce {
            let context: ContextName
            switch gate.context {
            case .none: continue
            case .standard: context = ContextName("countersign/\(gate.name): {base}")
            case .custom(let text): context = ContextName(text.replacing("{gate}", with: gate.name))
            }
            if case .custom = gate.context, context.isOwn {
                error(
                    in: root, index == root || files[index].origin == nil ? gate.span : origin(of: index),
                    "the context of `\(gate.name)` begins with `countersign`: such contexts are the program's own",
                    hint: "give the gate another name, or its context another beginning")
            }
            if let other = taken.first(where: { $0.context.canEqual(context) }), other.gate != gate.name {
                error(
                    in: root, index == root || files[index].origin == nil ? gate.span : origin(of: index),
                    "`\(gate.name)` and `\(other.gate)` can post the same context \(Quotation.inline(context.text))",
                    hint: "give one of them another `context`"
                        + (context.hasBase && other.context.hasBase && context.text != other.context.text
                            ? ": with a blank or `:` before `{base}` no branch makes them the same" : ""))
            }
            taken.append((context, gate.name))
        }
    }

    /// Whether anything is asked for at all.
    private mutating func checkGates() {
        guard isWhole else { return }
        let gates =
            inOrder.flatMap { files[$0].reading.reader.gates }
            + requiring.flatMap { files[$0].reading.reader.required }
        let names = inOrder.flatMap { index in
            let reader = files[index].reading.reader
            return reader.names.keys.filter { !reader.partNames.contains($0) }
        }
        if let first = gates.first, gates.count >= names.count,
            gates.allSatisfy({ !$0.canEnforce })
        {
            files[root].reading.reader.warning(
                first.span.file == files[root].text.file ? first.span : origin(of: inOrder[inOrder.count - 1]),
                "every gate is advisory or off: nothing is enforced")
        }
    }
}
