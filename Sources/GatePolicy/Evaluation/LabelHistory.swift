/// The labels of a pull request and what became of them, by lower-case name.
struct LabelHistory {
    /// A label was put on or taken off.
    struct Row {
        var actor: Account?
        var isAdded: Bool
    }

    /// The labels that are on it.
    var present: Set<ExactText>
    /// What happened to each, oldest first; nothing where the timeline is unknown.
    var rows: [ExactText: [Row]] = [:]
    /// Every name, those on it first, in the order of first mention.
    var names: [ExactText] = []
}

extension Evaluation {
    /// The labels and their history, put together once.
    mutating func labels() -> LabelHistory {
        if let history { return history }
        let present = facts.pullRequest.labels.map { ExactText($0.lowercased()) }
        var history = LabelHistory(present: Set(present))
        var seen = Set<ExactText>(minimumCapacity: present.count)
        history.names = present.filter { seen.insert($0).inserted }
        for row in timeline().value ?? [] {
            let (label, isAdded): (ExactText, Bool)
            switch row.event {
            case .labelAdded(let name): (label, isAdded) = (ExactText(name.lowercased()), true)
            case .labelRemoved(let name): (label, isAdded) = (ExactText(name.lowercased()), false)
            case .push, .retarget, .closed, .reopened: continue
            }
            history.rows[label, default: []].append(LabelHistory.Row(actor: row.actor, isAdded: isAdded))
            if seen.insert(label).inserted { history.names.append(label) }
        }
        self.history = history
        return history
    }
}
