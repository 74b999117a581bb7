/// The labels of a pull request and what became of them.
struct LabelHistory {
    /// A label was put on or taken off.
    struct Row {
        var actor: Account?
        var isAdded: Bool
    }

    /// One label.
    struct Label {
        /// Its name in lower case.
        let name: ExactText
        /// Whether it is on it.
        let isPresent: Bool
        /// What happened to it, oldest first; nothing where the timeline is unknown.
        var rows: [Row] = []
    }

    /// Every label, those on it first, in the order of first mention.
    private(set) var labels: [Label] = []
    private var places: [ExactText: Int] = [:]

    init(present: [String], timeline: [TimelineEntry]) {
        places.reserveCapacity(present.count)
        for name in present { _ = place(of: name, isPresent: true) }
        for row in timeline {
            switch row.event {
            case .labelAdded(let name): add(Row(actor: row.actor, isAdded: true), to: name)
            case .labelRemoved(let name): add(Row(actor: row.actor, isAdded: false), to: name)
            case .push, .retarget, .closed, .reopened: continue
            }
        }
    }

    /// The label of a lower-case name; nil for one that never was on it.
    subscript(name: ExactText) -> Label? { places[name].map { labels[$0] } }

    private mutating func add(_ row: Row, to name: String) {
        labels[place(of: name, isPresent: false)].rows.append(row)
    }

    private mutating func place(of written: String, isPresent: Bool) -> Int {
        let name = ExactText(written.lowercased())
        if let place = places[name] { return place }
        places[name] = labels.count
        labels.append(Label(name: name, isPresent: isPresent))
        return labels.count - 1
    }
}

extension Evaluation {
    /// The labels and their history, put together once.
    mutating func labels() -> LabelHistory {
        if let history { return history }
        let history = LabelHistory(present: facts.pullRequest.labels, timeline: timeline().value ?? [])
        self.history = history
        return history
    }
}
