/// What was once seen of a pull request and may be gone from the forge by now; empty for a reader without a memory.
public struct Remembered: Hashable, Sendable, Codable {
    /// A look at the comments.
    public struct Look: Hashable, Sendable, Codable {
        /// The head at that moment.
        public var head: CommitID
        /// The highest id among the comments then; 0 when there was none.
        public var comment: Int64

        /// A look.
        public init(head: CommitID, comment: Int64) {
            self.head = head
            self.comment = comment
        }
    }

    /// A comment, and the head that it was written for.
    public struct Sighting: Hashable, Sendable, Codable {
        /// The comment.
        public var comment: Int64
        /// The commit that was the head before the comment was there, and still when it was first seen.
        public var head: CommitID

        /// A sighting.
        public init(comment: Int64, head: CommitID) {
            self.comment = comment
            self.head = head
        }
    }

    /// Every push that was ever seen: newer forges delete these rows, or write them anew under another name.
    public var pushes: [TimelineEntry]
    /// The revokes that were ever seen: of each author and target those that reach furthest.
    @Listed public var withdrawals: Set<Withdrawal>
    /// Every comment that was ever seen to ask for changes, as it did so last.
    @Listed public var objections: Set<Objection> = []
    /// The heads that comments were written for.
    public var sightings: [Sighting]
    /// The last look at the comments; nil before the first.
    public var lastLook: Look?

    /// A memory.
    public init(
        pushes: [TimelineEntry] = [], withdrawals: Set<Withdrawal> = [], sightings: [Sighting] = [],
        lastLook: Look? = nil
    ) {
        self.pushes = pushes
        self.withdrawals = withdrawals
        self.sightings = sightings
        self.lastLook = lastLook
    }

    /// The heads that comments were written for, by comment.
    public var heads: [Int64: CommitID] {
        Dictionary(sightings.map { ($0.comment, $0.head) }, uniquingKeysWith: { first, _ in first })
    }

    /// A timeline with the pushes that it does not show any more.
    public func completing(_ timeline: [TimelineEntry]) -> [TimelineEntry] {
        let shown = Set(timeline.map(\.id))
        let gone = pushes.filter { !shown.contains($0.id) }
        return gone.isEmpty ? timeline : (timeline + gone).sorted { $0.id < $1.id }
    }

    /// The same after a look: what can be told now of comments that are new, and what is to be remembered.
    public func looking(
        at comments: [Comment]?, timeline: [TimelineEntry]?, head: CommitID, withdrawals seen: Set<Withdrawal> = [],
        objections: Set<Objection> = []
    ) -> Remembered {
        var next = self
        next.withdrawals = withdrawals.union(seen).furthest
        next.objections = self.objections.union(objections).latest
        let known = Set(pushes.map(\.id))
        next.pushes += (timeline ?? []).filter { row in
            if case .push = row.event { !known.contains(row.id) } else { false }
        }
        guard let comments else { return next }
        if let lastLook, lastLook.head == head {
            let seen = Set(sightings.map(\.comment))
            for comment in comments where comment.id > lastLook.comment && !seen.contains(comment.id) {
                next.sightings.append(Sighting(comment: comment.id, head: head))
            }
        }
        // A comment that was deleted leaves its id used up: ids only grow.
        next.lastLook = Look(head: head, comment: max(comments.map(\.id).max() ?? 0, lastLook?.comment ?? 0))
        return next
    }
}
