import GateForge
import GatePolicy

/// What must not change while facts are read, so that they are of one head and one base.
struct Instant: Sendable {
    var snapshot: PullRequestSnapshot
    /// What happened so far; a push and a push back, or a change of the base and back, leave rows behind.
    var timeline: Known<[TimelineEntry]>

    /// Whether everything between this and a later look was read of the same head, base, texts and labels.
    func isStill(_ later: Instant) -> Bool {
        var before = snapshot.pullRequest
        var after = later.snapshot.pullRequest
        // The forge computes its merge base in the background; while it is open nothing is decided by it.
        if after.isOpen { (before.mergeBase, after.mergeBase) = (nil, nil) }
        guard before == after, snapshot.repository == later.snapshot.repository else { return false }
        switch (timeline, later.timeline) {
        case (.known(let one), .known(let other)): return one == other
        case (.unknown, .unknown): return true
        default: return false
        }
    }
}
