/// All path patterns of a policy in one set, so that each changed path is searched once, whatever the number of tests.
struct PathIndex: Sendable {
    /// Collects patterns; equal ones share a place.
    struct Builder {
        private var places: [ExactText: Int] = [:]
        private var expressions: [String] = []

        /// The place of an expression in the set.
        mutating func place(of expression: String) -> Int {
            if let place = places[ExactText(expression)] { return place }
            places[ExactText(expression)] = expressions.count
            expressions.append(expression)
            return expressions.count - 1
        }

        /// The index; without a set where one is not worth it or would be too big.
        func build() -> PathIndex {
            PathIndex(count: expressions.count, set: expressions.count < 2 ? nil : RegularExpressionSet(expressions))
        }
    }

    private let count: Int
    private let set: RegularExpressionSet?

    private init(count: Int, set: RegularExpressionSet?) {
        self.count = count
        self.set = set
    }

    /// Which patterns match which of some paths.
    struct Hits {
        /// One bit a path, so many words a pattern.
        fileprivate var bits: [UInt64]
        fileprivate let words: Int
        /// How many paths were searched.
        let pathCount: Int

        /// Whether some patterns match any path.
        func isAny(of places: [Int]) -> Bool {
            places.contains { place in bits[(place * words)..<((place + 1) * words)].contains { $0 != 0 } }
        }

        /// The paths that some patterns match, a bit each.
        func paths(of places: [Int]) -> [UInt64] {
            var all = [UInt64](repeating: 0, count: words)
            for place in places { for word in 0..<words { all[word] |= bits[place * words + word] } }
            return all
        }
    }

    /// Searches the paths of some files; nil when there is no set or it gave up, and then each test searches by itself.
    func search(_ files: [ChangedFile]) -> Hits? {
        guard let set else { return nil }
        let paths = files.paths
        let words = (paths.count + 63) / 64
        var hits = Hits(bits: [UInt64](repeating: 0, count: count * words), words: words, pathCount: paths.count)
        var found = [Int32](repeating: 0, count: count)
        for (index, path) in paths.enumerated() {
            guard let number = set.search(path, &found) else { return nil }
            for place in found.prefix(number) { hits.bits[Int(place) * words + index / 64] |= 1 << UInt64(index % 64) }
        }
        return hits
    }
}
