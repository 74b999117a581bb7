/// Which commit was the head when a comment was written, as far as the timeline tells.
struct HeadHistory {
    private let present: CommitID
    /// The rows that tell of a head or that it may be another one since, oldest first; nil where no row tells which.
    private let heads: [(id: Int64, head: CommitID?)]
    /// Every commit that can be named by its first digits, in the order of the digits.
    private let named: [CommitID]

    init(timeline: [TimelineEntry], present: CommitID) {
        var heads: [(id: Int64, head: CommitID?)] = []
        var named: Set<CommitID> = [present]
        for row in timeline {
            switch row.event {
            case .push(let commits, _):
                heads.append((row.id, commits.last))
                named.formUnion(commits)
            // Pushes to what is closed leave no row.
            case .closed, .reopened: heads.append((row.id, nil))
            case .retarget, .labelAdded, .labelRemoved: continue
            }
        }
        self.present = present
        self.heads = heads.sorted { $0.id < $1.id }
        self.named = named.sorted { $0.text < $1.text }
    }

    /// The head of the newest push row before a comment; nil when no row tells.
    ///
    /// Without an earlier row nothing is known, also where the timeline has no push row at all: newer forges delete
    /// these rows at a forced push, so that silence does not prove that the head never moved. Nor is anything known from
    /// when it was closed to the first push after it was opened again.
    func head(before comment: Int64) -> CommitID? {
        var (low, high) = (0, heads.count)
        while low < high {
            let middle = (low + high) / 2
            if heads[middle].id < comment { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? heads[low - 1].head : nil
    }

    /// The commit that these digits name: all digits of an id, or the beginning of exactly one that is known.
    func commit(named digits: String) -> CommitID? {
        if digits.utf8.count == present.text.utf8.count { return CommitID(digits) }
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
