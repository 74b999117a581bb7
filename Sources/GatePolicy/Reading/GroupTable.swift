/// The groups of one file: each is read when it is first needed, so that their order does not matter.
struct GroupTable {
    /// How far a group has been read.
    enum State {
        case unread(Expression)
        case reading
        /// What it stands for, and how many names that is; nil when it has a mistake of its own.
        case read((people: People, size: Int)?)
    }

    /// By name.
    var states: [String: State] = [:]
    /// The groups that are being read, outermost first.
    var path: [String] = []

    /// All names that stand for people, in no order.
    private(set) var names = Array(Vocabulary.people.keys)

    /// Notes the names, once all groups are known.
    mutating func close() { names = Array(states.keys) + Array(Vocabulary.people.keys) }
}
