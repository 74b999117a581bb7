import GatePolicy

/// Finds the merge base of a head and a branch in the two histories, as far as they were read.
enum MergeBase {
    /// How many commits of each history are read, one step after the other.
    static let steps = [50, 500, maximumCommits]
    /// More is not read.
    static let maximumCommits = 5_000

    /// The one commit where the head's history meets the branch's; nil when that cannot be told from what was read.
    static func find(head: CommitID, _ ours: [Commit], base: CommitID, _ theirs: [Commit]) -> CommitID? {
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
        if meeting.count == 1 { return meeting.first }
        // Several: the best is the one that no other reaches; where that is not one, git would have to choose.
        let best = meeting.filter { candidate in
            !meeting.contains { $0 != candidate && reaches($0, candidate, parents) }
        }
        return best.count == 1 ? best.first : nil
    }

    private static func reaches(_ from: CommitID, _ wanted: CommitID, _ parents: [CommitID: [CommitID]]) -> Bool {
        var seen: Set<CommitID> = []
        var open = parents[from] ?? []
        while let commit = open.popLast() {
            if commit == wanted { return true }
            if seen.insert(commit).inserted { open += parents[commit] ?? [] }
        }
        return false
    }
}
