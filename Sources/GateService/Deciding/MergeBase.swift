import GatePolicy

/// The merge base of a head and a branch, found in the two histories as far as they were read.
struct MergeBase: Equatable {
    var commit: CommitID
    /// What the head has and what was read of the branch has not.
    var own: Set<CommitID>
    /// Whether nothing that was not read of the branch can be nearer: else it is the merge base only where the branch
    /// has none of the head's own commits.
    var isCertain: Bool

    /// How many commits of each history are read, one step after the other.
    static let steps = [50, 500, maximumCommits]
    /// More is not read.
    static let maximumCommits = 5_000

    /// The one commit where the head's history meets the branch's; nil when that cannot be told from what was read.
    static func find(head: CommitID, _ ours: [Commit], base: CommitID, _ theirs: [Commit]) -> MergeBase? {
        let inBase = Set(theirs.map(\.id)).union([base])
        var parents: [CommitID: [CommitID]] = [:]
        for commit in theirs + ours { parents[commit.id] = commit.parents }
        var meeting: Set<CommitID> = []
        var seen: Set<CommitID> = []
        var open = [head]
        while let commit = open.popLast() {
            guard seen.insert(commit).inserted else { continue }
            if inBase.contains(commit) {
                meeting.insert(commit)
                continue
            }
            guard let known = parents[commit] else { return nil }
            open += known
        }
        // Several: the best is the one that no other reaches; where that is not one, git would have to choose.
        let best = meeting.subtracting(ancestors(of: meeting, parents))
        guard best.count == 1, let found = best.first else { return nil }
        // What was not read may hold another one, unless all of it comes before the one that was found.
        let unread = Set(theirs.flatMap(\.parents)).subtracting(inBase)
        return MergeBase(
            commit: found, own: seen.subtracting(meeting),
            isCertain: found == head || unread.isSubset(of: ancestors(of: best, parents)))
    }

    /// What comes before some commits, as far as it is known.
    private static func ancestors(of commits: Set<CommitID>, _ parents: [CommitID: [CommitID]]) -> Set<CommitID> {
        var found: Set<CommitID> = []
        var open = commits.flatMap { parents[$0] ?? [] }
        while let commit = open.popLast() {
            if found.insert(commit).inserted { open += parents[commit] ?? [] }
        }
        return found
    }
}
