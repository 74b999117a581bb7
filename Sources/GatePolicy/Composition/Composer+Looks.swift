extension Composer {
    /// What `gate("…")` looks at must apply by what nobody can bring about who must not: a part that applies because its
    /// opener set a label would let other people sign than the gate asks for.
    mutating func checkLooks() {
        var seen: Set<String> = []
        for index in files.indices {
            for look in looks(in: index) where seen.insert(look.name).inserted {
                guard let owner = definition(of: look.name, from: index) else { continue }
                let (condition, findings) = files[owner].reading.reader.conditionLookedAt(look.name)
                lookedAt[look.name] = condition
                for finding in findings {
                    let message =
                        "`\(look.name)` must apply for this to pass, which its `when` decides "
                        + "(`\(finding.span.file):\(finding.span.line)`): \(finding.message)"
                    switch finding.severity {
                    case .error: error(in: index, look.span, message, hint: finding.hint)
                    case .warning: files[index].reading.reader.warning(look.span, message, hint: finding.hint)
                    }
                }
            }
        }
    }

    /// The `gate("…")` of a file's gates and parts that are in force.
    private func looks(in index: Int) -> [ExpressionReader.PendingReference] {
        let reader = files[index].reading.reader
        let required = index == organization ? reachedFromRequired(in: index) : nil
        return reader.references.keys.sorted()
            .filter { required?.contains($0) ?? !isOverridden($0, in: index) }
            .flatMap { reader.references[$0] ?? [] }.filter { $0.word == "gate" }
    }

    /// The file whose gate or part a name of a file means in the whole policy.
    func definition(of name: String, from index: Int) -> Int? {
        func defines(_ file: Int) -> Bool {
            files[file].reading.reader.names[name] != nil && !isOverridden(name, in: file)
        }
        if index == organization || defines(index) { return defines(index) ? index : nil }
        return inOrder.first(where: defines)
    }
}

extension Gate {
    /// The gate, where others look at it under a condition.
    func lookedAt(_ conditions: [String: Condition]) -> Gate {
        var gate = self
        gate.whenLookedAt = conditions[name]
        return gate
    }
}

extension Part {
    /// The part, where gates look at it under a condition.
    func lookedAt(_ conditions: [String: Condition]) -> Part {
        var part = self
        part.whenLookedAt = conditions[name]
        return part
    }
}
