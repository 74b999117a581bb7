/// Which commit was the head when a comment was written, as far as the timeline or a look of then tells; shared, for it
/// is much to copy and only read.
final class HeadHistory {
    /// The rows that tell of a head or that it may be another one since, oldest first; nil where no row tells which.
    private let heads: [(id: Int64, head: CommitID?)]
    /// Every commit that can be named by its first digits, in the order of the digits.
    private let named: [CommitID]
    /// For a comment's id the commit that was the head before it was there and when it was first seen.
    private let sightings: [Int64: CommitID]

    init(timeline: [TimelineEntry], present: CommitID, sightings: [Int64: CommitID]) {
        var heads: [(id: Int64, head: CommitID?)] = []
        var named = [present] + sightings.values
        for row in timeline {
            switch row.event {
            case .push(let commits, _):
                heads.append((row.id, commits.last))
                named += commits
            // Pushes to what is closed leave no row.
            case .closed, .reopened: heads.append((row.id, nil))
            case .retarget, .labelAdded, .labelRemoved: continue
            }
        }
        self.sightings = sightings
        self.heads = heads.count < 2 ? heads : heads.sorted { $0.id < $1.id }
        self.named = named.count < 2 ? named : Self.inOrder(named)
    }

    private static func inOrder(_ commits: [CommitID]) -> [CommitID] {
        var distinct: [CommitID] = []
        for commit in commits.sorted(by: { $0.text < $1.text }) where commit != distinct.last {
            distinct.append(commit)
        }
        return distinct
    }

    /// The head of the newest push row before a comment, else the one it was seen with; nil when nothing tells.
    ///
    /// Without an earlier row they tell nothing, also where the timeline has no push row at all: newer forges delete
    /// these rows at a forced push, so that silence does not prove that the head never moved. Nor do the rows tell anything
    /// from when it was closed to the first push after it was opened again.
    func head(before comment: Int64) -> CommitID? {
        var (low, high) = (0, heads.count)
        while low < high {
            let middle = (low + high) / 2
            if heads[middle].id < comment { low = middle + 1 } else { high = middle }
        }
        return (low > 0 ? heads[low - 1].head : nil) ?? sightings[comment]
    }

    /// The commit that these digits name: exactly one of those that are known begins with them.
    ///
    /// An id that nothing tells of is no head, and nobody can have the forge asked about it.
    func commit(named digits: String) -> CommitID? {
        guard digits.utf8.count >= 20 else { return nil }
        var (low, high) = (0, named.count)
        while low < high {
            let middle = (low + high) / 2
            if named[middle].text < digits { low = middle + 1 } else { high = middle }
        }
        guard low < named.count, named[low].text.hasPrefix(digits) else { return nil }
        if low + 1 < named.count, named[low + 1].text.hasPrefix(digits) { return nil }
        return named[low]
    }
}
