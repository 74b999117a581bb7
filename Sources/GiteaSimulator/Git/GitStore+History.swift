extension GitStore {
    /// The commit and everything before it that is not among the known.
    func ancestors(of sha: String, without known: Set<String> = []) -> Set<String> {
        var seen: Set<String> = []
        var waiting = [sha]
        while let next = waiting.popLast() {
            guard !known.contains(next), seen.insert(next).inserted, let commit = commits[next] else { continue }
            waiting += commit.parents
        }
        return seen
    }

    /// The best common ancestor of two commits: the first met by both when history is walked from its deepest commit.
    func mergeBase(_ one: String, _ other: String) -> String? {
        var walk = Walk(self, from: one, and: other)
        while let (commit, sides) = walk.next() {
            if sides == .both { return commit.sha }
        }
        return nil
    }

    /// Whether one commit lies in the history of another.
    func contains(_ old: String, in new: String) -> Bool { mergeBase(old, new) == old }

    /// What `head` has and `base` has not, newest first.
    func log(from head: String, without base: String?) -> [Commit] {
        var found: [Commit] = []
        var walk = Walk(self, from: head, and: base)
        while walk.hasOneSided, let (commit, sides) = walk.next() {
            if sides == .first { found.append(commit) }
        }
        return found
    }

    /// A walk through history from two commits at once, deepest first, that knows who reaches what.
    private struct Walk {
        struct Sides: OptionSet {
            var rawValue: Int
            static let first = Sides(rawValue: 1)
            static let second = Sides(rawValue: 2)
            static let both: Sides = [.first, .second]
        }

        private let store: GitStore
        private var waiting: [String: Sides] = [:]

        init(_ store: GitStore, from one: String, and other: String?) {
            self.store = store
            waiting[one] = .first
            if let other { waiting[other, default: []].insert(.second) }
        }

        /// Whether anything that only the first side reaches may still come.
        var hasOneSided: Bool { waiting.values.contains(.first) }

        mutating func next() -> (Commit, Sides)? {
            let known = waiting.keys.compactMap { store.commits[$0] }
            let deepest = known.max { ($0.depth, $0.committer.time, $0.sha) < ($1.depth, $1.committer.time, $1.sha) }
            guard let deepest, let sides = waiting.removeValue(forKey: deepest.sha) else { return nil }
            for parent in deepest.parents { waiting[parent, default: []].formUnion(sides) }
            return (deepest, sides)
        }
    }

    /// The newest commit in the history of `head` that changed a path.
    func lastCommit(touching path: String, in head: String) -> Commit? {
        var current = commits[head]
        while let commit = current {
            let parents = commit.parents.compactMap { commits[$0] }
            guard let same = parents.first(where: { $0.files[path] == commit.files[path] }) else { return commit }
            current = same
        }
        return nil
    }

    /// The files of the second side brought onto the first, or nil when both changed the same path differently.
    func merge(base: [String: String], ours: [String: String], theirs: [String: String]) -> [String: String]? {
        if base == ours { return theirs }
        var result = ours
        for path in Set(base.keys).union(theirs.keys) where base[path] != theirs[path] {
            guard ours[path] == base[path] || ours[path] == theirs[path] else { return nil }
            result[path] = theirs[path]
        }
        return result
    }
}
