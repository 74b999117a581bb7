extension Composer {
    /// The lists of all files; of what the organisation requires only what every repository gets.
    var distinctLists: [[String]] {
        let required = organization.map { reachedFromRequired(in: $0) } ?? []
        let own = inOrder.flatMap { index in
            files[index].reading.reader.distinct.map { $0.names.map(\.string) }
        }
        guard let organization, !requiresNothing else { return own }
        let theirs = files[organization].reading.reader.distinct.map { list in
            list.names.map(\.string).filter(required.contains)
        }
        return theirs.filter { $0.count > 1 } + own
    }

    /// Lists that name what is no gate, or a gate of another list.
    mutating func checkDistinctNames() {
        var taken: Set<String> = []
        for index in files.indices where index != organization || !requiresNothing {
            let visible = visibleNames(in: index)
            for list in files[index].reading.reader.distinct {
                for name in list.names {
                    if files[index].reading.reader.partNames.contains(name.string) {
                        error(
                            in: index, name.span,
                            "`\(name.string)` is a part, and its places count in the gate that refers to it",
                            hint: "name gates")
                    } else if !visible.contains(name.string) {
                        // A file that is not at hand may have it.
                        if !isWhole { continue }
                        let near = files[index].reading.reader.expressions.nearest(to: name.string, among: visible)
                        error(
                            in: index, name.span, "there is no gate \(Quotation.inline(name.string))",
                            hint: near.map { "did you mean `\($0)`?" })
                    } else if taken.contains(name.string) {
                        error(
                            in: index, name.span, "`\(name.string)` is in another list of `distinct` already",
                            hint: "join the lists, or take it out of one of them")
                    }
                }
                taken.formUnion(list.names.map(\.string))
            }
        }
    }

    /// What can never be met by different people, and what needs no `distinct`; only where nothing else is wrong.
    mutating func checkDistinct() {
        let (gates, parts, lists) = (gates, parts, distinctLists)
        if lists.isEmpty && !gates.contains(where: \.isDistinct) { return }
        if !isWhole || diagnostics.contains(where: { $0.severity == .error }) { return }
        let plan = Plan(
            gates: gates, parts: parts, aliases: [:], distinct: lists, change: .standard, block: .standard, people: [])
        var looks = 0
        for group in plan.groups {
            guard let (index, span) = place(of: group, gates) else { continue }
            if group.counts.count > PolicyLimits.distinctCounts {
                error(
                    in: index, span,
                    "gates that must be distinct ask for at most \(PolicyLimits.distinctCounts) counts of people together",
                    hint: "make several lists, or write fewer counts")
            } else if !plan.canBeDistinct(group, &looks) {
                error(
                    in: index, span,
                    "this can never be met: one person would have to fill two places of `\(group.text)`",
                    hint: "name more people, or take `distinct` away")
            }
        }
        for index in inOrder {
            let reader = files[index].reading.reader
            for gate in reader.gates
            where gate.isDistinct && plan.group(of: gate.name)?.isPointless(for: gate.name) ?? false {
                files[index].reading.reader.warning(
                    gate.span, "`\(gate.name)` asks for one signature, so nobody can fill two of its places",
                    hint: "the file's own `distinct: [ … ]` keeps gates apart")
            }
            for name in reader.distinct.flatMap(\.names)
            where gates.first(where: { $0.name == name.string })?.isOffForGood ?? false {
                files[index].reading.reader.warning(
                    name.span, "`\(name.string)` is off, so it keeps nobody from the other gates")
            }
        }
    }

    /// The file and the place that ask for it.
    private func place(of group: DistinctGroup, _ gates: [Gate]) -> (file: Int, span: SourceSpan)? {
        for index in files.indices {
            let reader = files[index].reading.reader
            if let list = reader.distinct.first(where: { $0.names.contains { group.gates.contains($0.string) } }) {
                return (index, list.span)
            }
        }
        for index in files.indices {
            let reader = files[index].reading.reader
            if let gate = (reader.gates + reader.required).first(where: { $0.name == group.gates[0] }),
                !isOverridden(gate.name, in: index)
            {
                return (index, gate.span)
            }
        }
        return nil
    }
}

extension DistinctGroup {
    /// Whether a gate holds one place at most.
    fileprivate func isPointless(for gate: String) -> Bool {
        guard let table = gates.firstIndex(of: gate) else { return false }
        let own = counts.filter { $0.table == table }
        return own.isEmpty || (own.count == 1 && own[0].quota.count == 1)
    }
}
