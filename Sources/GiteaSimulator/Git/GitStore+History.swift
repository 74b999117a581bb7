extension GitStore {
    /// The commit and everything before it.
    func ancestors(of sha: String) -> Set<String> {
        var seen: Set<String> = []
        var waiting = [sha]
        while let next = waiting.popLast() {
            guard seen.insert(next).inserted, let commit = commits[next] else { continue }
            waiting += commit.parents
        }
        return seen
    }

    /// The best common ancestor of two commits.
    func mergeBase(_ one: String, _ other: String) -> String? {
        ancestors(of: one).intersection(ancestors(of: other))
            .max { (commits[$0]?.depth ?? 0, $0) < (commits[$1]?.depth ?? 0, $1) }
    }

    /// What `head` has and `base` has not, newest first.
    func log(from head: String, without base: String?) -> [Commit] {
        var found = ancestors(of: head)
        if let base { found.subtract(ancestors(of: base)) }
        return found.compactMap { commits[$0] }.sorted {
            ($0.depth, $0.committer.time, $0.sha) > ($1.depth, $1.committer.time, $1.sha)
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
        var result = ours
        for path in Set(base.keys).union(theirs.keys) where base[path] != theirs[path] {
            guard ours[path] == base[path] || ours[path] == theirs[path] else { return nil }
            result[path] = theirs[path]
        }
        return result
    }
}
