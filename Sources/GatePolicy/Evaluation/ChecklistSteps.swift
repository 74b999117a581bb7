/// The steps of several items, those of one kind as one.
struct ChecklistSteps {
    private var asks: [String] = []
    private var words: [Step] = []

    mutating func add(_ steps: [Step]) {
        for step in steps {
            switch step {
            case .answer(let more): asks += more
            case .acknowledge(let items, let count, let people, let candidates): add(items, count, people, candidates)
            default: words.append(step)
            }
        }
    }

    private mutating func add(_ items: [String], _ count: Int?, _ people: String, _ candidates: [Account]?) {
        for (index, word) in words.enumerated() {
            if case .acknowledge(let before, count, people, candidates) = word {
                words[index] = .acknowledge(items: before + items, count: count, people: people, candidates: candidates)
                return
            }
        }
        words.append(.acknowledge(items: items, count: count, people: people, candidates: candidates))
    }

    /// Answers first: nobody acknowledges what is not there.
    var inOrder: [Step] { ((asks.isEmpty ? [] : [.answer(asks: asks)]) + words).unique }
}

extension Step {
    /// The same, by a word for an item.
    func acknowledging(_ item: String) -> Step {
        guard case .sign(let count, let people, let candidates) = self else { return self }
        return .acknowledge(items: [item], count: count, people: people, candidates: candidates)
    }
}
