extension Composer {
    /// `clear("…")` of what never applies is met by nobody: a requirement that is true because of it asks for nothing.
    mutating func checkClears() {
        for index in files.indices {
            let reader = files[index].reading.reader
            let asked =
                (reader.gates + reader.required).map { ($0.name, $0.require) }
                + reader.parts.map { ($0.name, $0.require) }
            for (name, require) in asked where require.constantValue == nil && !isOverridden(name, in: index) {
                let clears = (reader.references[name] ?? []).filter {
                    $0.word == "clear" && neverApplies($0.name, from: index)
                }
                guard let first = clears.first, require.constantValue(clear: Set(clears.map(\.name))) == true else {
                    continue
                }
                error(
                    in: index, first.span,
                    "`\(first.name)` never applies, so this is true whatever happens and nobody would have to sign",
                    hint: "name who must sign, or say when `\(first.name)` applies")
            }
        }
    }

    /// Whether what a name of a file means can apply to no pull request.
    private func neverApplies(_ name: String, from index: Int) -> Bool {
        guard let reader = definition(of: name, from: index).map({ files[$0].reading.reader }) else { return false }
        if let part = reader.parts.first(where: { $0.name == name }) { return part.when.constantValue == false }
        guard let gate = (reader.gates + reader.required).first(where: { $0.name == name }) else { return false }
        if gate.when.constantValue == false { return true }
        guard case .checklist(let checklist) = gate.require else { return false }
        return checklist.items.allSatisfy { $0.when.constantValue == false }
    }
}
