extension Composer {
    /// What `gate("…")` looks at must apply by what nobody can bring about who must not: a part that applies because its
    /// opener set a label would let other people sign than the gate asks for.
    mutating func checkLooks() {
        for index in files.indices {
            let references = files[index].reading.reader.references
            let looks = references.keys.sorted().flatMap { references[$0] ?? [] }.filter { $0.word == "gate" }
            for look in looks {
                guard let owner = definition(of: look.name) else { continue }
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

    /// The file whose gate or part a name means in the whole policy.
    private func definition(of name: String) -> Int? {
        (inOrder + (requiresNothing ? [] : [organization].compactMap(\.self))).first {
            files[$0].reading.reader.names[name] != nil && !isOverridden(name, in: $0)
        }
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
