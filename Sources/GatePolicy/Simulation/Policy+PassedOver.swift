extension Policy {
    /// What facts say of gates and items that the policy does not have, or lets nobody waive: it passes that over.
    ///
    /// Facts are of any policy, and of those that a forge told nothing is left over; who writes them may misspell a name.
    public func passedOver(in facts: Facts) -> [String] {
        let names = gates.map(\.name)
        let waivers = facts.waivers.map(\.gate).compactMap { name -> String? in
            if let gate = gates.first(where: { $0.name.isExactly(name) }) {
                if gate.waive != nil { return nil }
                return "the policy lets nobody waive `\(name)`, so its waiver counts for nothing"
            }
            return "the policy has no gate \(Quotation.inline(name)), so its waiver counts for nothing; "
                + (Suggestion.hint(for: name, among: names) ?? "its gates are \(Quotation.list(names, "and"))")
        }
        let items = gates.flatMap(\.commandItems).map(\.name)
        let answers = (facts.answersSeen ?? []).map(\.item).filter { !items.contains($0) }.map { name in
            "the policy has no item \(Quotation.inline(name)), so what was seen of its answer counts for nothing"
                + (Suggestion.hint(for: name, among: items).map { "; \($0)" } ?? "")
        }
        var seen: Set<String> = []
        return (waivers + answers).filter { seen.insert($0).inserted }
    }
}
