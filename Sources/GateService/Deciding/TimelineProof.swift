import GateForge
import GatePolicy

/// When a timeline was last shown to hold, so that the pull request's last change alone says that it still does.
///
/// A push and a push back, or a label taken off and put on by another, leave head and labels as they were, but neither
/// the timeline nor the time of the last change. That time is the forge's and has whole seconds: more may happen within
/// the second that it names. Our clock may be wrong by any measure, so it is not compared with the forge's: once we have
/// known of a change for a while, the second in which it happened is over there too.
struct TimelineProof: Sendable {
    /// What the forge called the last change.
    var change: Timestamp?
    /// When an answer was there that told of it, by the clock that nobody sets.
    var seen: Duration
    /// When the timeline was asked for, by the same clock.
    var read: Duration

    /// A second, and what the forge may take to finish what it began within it.
    private static let doubt = Duration.seconds(5)

    /// Whether nothing that the forge tells of has happened since the timeline was shown to hold.
    func holds(for later: PullRequestSnapshot) -> Bool {
        guard let change, change == later.updatedAt else { return false }
        return read - seen >= Self.doubt
    }
}
