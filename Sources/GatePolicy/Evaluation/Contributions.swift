/// What the commits and the timeline of a pull request say of those who brought commits, put together once.
final class Contributions: Sendable {
    /// Commits that may only bring the base up to date, with their first parents.
    let updates: [CommitID: CommitID]
    /// The rows of pushes.
    let pushes: [TimelineEntry]
    /// The ids of everybody who wrote or pushed any of it, in order; some may come twice.
    let people: [Int64]
    /// Whether anybody at all may have pushed a commit, because no row tells.
    let hidden: Truth

    init(_ commits: [Commit], _ rows: [TimelineEntry], head: CommitID) {
        updates = Commit.updateMerges(among: commits)
        let pushes = rows.filter(\.isPush)
        self.pushes = pushes
        var people: [Int64] = []
        // Most commits have one person twice, and the same as the commit before.
        func add(_ account: Account?) { if let id = account?.id, id != people.last { people.append(id) } }
        for commit in commits {
            add(commit.author)
            add(commit.committer)
        }
        for push in pushes { add(push.actor) }
        people.sort()
        self.people = people
        hidden = Self.hidden(commits, rows, head: head).map { .unknown([Self.unknownPusher(of: $0)]) } ?? .no
    }

    private static func unknownPusher(of commit: CommitID) -> Unknown {
        Unknown(
            cause: .notTold, subject: "who pushed `\(commit.short)`",
            reason: "the timeline does not name it: it came while the pull request was closed, or just now",
            cure: "push the branch anew while it is open (`git commit --amend`, then `git push --force`)")
    }

    /// A commit of which no row tells who pushed it; nil where the rows tell of all, or where there are none.
    ///
    /// The first row names all commits that there were, later ones those that came, and a forced push brings everything
    /// below its head. What was pushed while it was closed has no row, but what is below it may.
    private static func hidden(_ commits: [Commit], _ rows: [TimelineEntry], head: CommitID) -> CommitID? {
        if !rows.contains(where: \.isPush) { return nil }
        let telling = rows.filter { row in
            switch row.event {
            case .push, .closed: true
            case .reopened, .retarget, .labelAdded, .labelRemoved: false
            }
        }
        var named: Set<CommitID> = []
        var brought: [CommitID] = []
        var wasClosed = false
        for row in telling.sorted(by: { $0.id < $1.id }) {
            guard case .push(let ids, let isForced) = row.event else {
                wasClosed = true
                continue
            }
            named.formUnion(ids)
            if !wasClosed || isForced, let last = ids.last { brought.append(last) }
        }
        if named.isEmpty { return nil }
        if !named.contains(head) { return head }
        guard wasClosed else { return nil }
        let known = Dictionary(commits.map { ($0.id, $0) }) { first, _ in first }
        named.formUnion(Evaluation.ancestors(of: brought, among: known))
        return commits.map(\.id).filter { !named.contains($0) }.min { $0.text < $1.text }
    }
}

extension TimelineEntry {
    fileprivate var isPush: Bool { if case .push = event { true } else { false } }
}
