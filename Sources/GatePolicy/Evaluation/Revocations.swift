/// What takes requests for changes back under one rule, in the order of time: searched and judged once for all of them.
struct Revocations {
    struct Word {
        var author: Account
        var at: Timestamp
        /// Whether its text is what the rule speaks of.
        var says: Truth
        /// Whether it takes back what somebody else asked.
        var ofOthers: Truth
        var fate: Fate
        /// The approval that it is; nil for a comment.
        var review: Review?
    }

    let words: [Word]
    /// What each word and all after it come to for those who wrote none of them, and the first that surely counts.
    private var sinceEach: [(truth: Truth, first: Int?)] = [(.no, nil)]
    /// The words of each author, by their places.
    private var own = AccountTable<[Int]>()

    init(_ found: [Word]) {
        words = found.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
        for (index, word) in words.enumerated().reversed() {
            let (truth, first) = sinceEach[sinceEach.count - 1]
            sinceEach.append((word.ofOthers || truth, word.ofOthers == .yes ? index : first))
        }
        sinceEach.reverse()
        for (index, word) in words.enumerated() { own[word.author, default: []].append(index) }
    }

    /// Whether a word after a moment takes back what somebody asked in a comment, and which is the first that does.
    func answer(_ asker: Account, after moment: Timestamp) -> (Truth, Fate?) {
        let start = words.start { $0.at > moment }
        var (truth, first) = sinceEach[start]
        let own = own[asker] ?? []
        for index in own[own.start(where: { $0 >= start })...] {
            truth = truth || words[index].says
            if words[index].says == .yes {
                first = min(first ?? index, index)
                break
            }
        }
        return (truth, first.map { words[$0].fate })
    }

    /// The same for what was asked in a review: a draft has its id before it is submitted.
    func answer(_ asker: Account, after moment: Timestamp, review: Review) -> (Truth, Fate?) {
        var truth = Truth.no
        for word in words {
            let isLater =
                word.at > moment
                || (word.review.map { $0.id > review.id && review.spokenBy == review.submittedAt } ?? false)
            guard isLater else { continue }
            truth = truth || (word.author == asker ? word.says : word.ofOthers)
            if truth == .yes { return (truth, word.fate) }
        }
        return (truth, nil)
    }
}

extension RandomAccessCollection where Index == Int {
    /// The first place at which something holds that holds at all later ones, too.
    fileprivate func start(where holds: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
