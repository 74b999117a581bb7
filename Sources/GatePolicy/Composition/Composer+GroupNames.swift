extension Composer {
    /// Gates and parts in which groups of one name tell whose they are, where the files of the policy mean different
    /// people by it; those of the policy's own file keep their names.
    func tellingGroupsApart(_ gates: [Gate], _ parts: [Part]) -> (gates: [Gate], parts: [Part]) {
        var meanings: [String: Set<People>] = [:]
        for require in gates.flatMap({ [$0.require, $0.waive?.by].compactMap(\.self) }) + parts.map(\.require) {
            for case .quota(let quota) in require.leaves { quota.people.noteGroups(&meanings) }
        }
        let ambiguous = Set(meanings.filter { $0.value.count > 1 }.keys)
        guard !ambiguous.isEmpty else { return (gates, parts) }
        func told(_ require: Requirement, of span: SourceSpan) -> Requirement {
            if span.file.isExactly(files[root].text.file) { return require }
            return require.replacingSets { $0.naming(span.file, ambiguous) }
        }
        return (
            gates.map { gate in
                var gate = gate
                gate.require = told(gate.require, of: gate.span)
                if let waive = gate.waive { gate.waive?.by = told(waive.by, of: gate.span) }
                return gate
            },
            parts.map { part in
                var part = part
                part.require = told(part.require, of: part.span)
                return part
            }
        )
    }
}

extension People {
    /// Notes what each group in a set stands for.
    fileprivate func noteGroups(_ meanings: inout [String: Set<People>]) {
        switch self {
        case .group(let name, let meaning):
            meanings[name, default: []].insert(meaning.withoutPlaces)
            meaning.noteGroups(&meanings)
        case .union(let parts), .intersection(let parts): for part in parts { part.noteGroups(&meanings) }
        case .difference(let left, let right):
            left.noteGroups(&meanings)
            right.noteGroups(&meanings)
        default: break
        }
    }

    /// The same, where some groups tell the file that wrote them.
    fileprivate func naming(_ file: String, _ names: Set<String>) -> People {
        switch self {
        case .group(let name, let meaning):
            .group(names.contains(name) ? "\(name) of \(file)" : name, meaning.naming(file, names))
        case .union(let parts): .union(parts.map { $0.naming(file, names) })
        case .intersection(let parts): .intersection(parts.map { $0.naming(file, names) })
        case .difference(let left, let right): .difference(left.naming(file, names), right.naming(file, names))
        default: self
        }
    }
}
