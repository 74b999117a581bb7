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

    /// The groups that anything but a group asks for.
    private var asked: Set<String> = []
    /// The groups that each group asks for.
    private var inside: [String: Set<String>] = [:]
    /// Whether groups are read for the sake of their mistakes alone.
    var readsForMistakes = false

    /// Notes that a group is asked for, by the one that is being read or from outside.
    mutating func ask(for name: String) {
        if let group = path.last {
            inside[group, default: []].insert(name)
        } else if !readsForMistakes {
            asked.insert(name)
        }
    }

    /// The groups that something but a group asks for, directly or through others.
    var used: Set<String> {
        var used = asked
        var open = Array(asked)
        while let name = open.popLast() {
            for inner in inside[name] ?? [] where used.insert(inner).inserted { open.append(inner) }
        }
        return used
    }

    /// The groups that ask for a group.
    func users(of name: String) -> [String] { inside.keys.filter { inside[$0]?.contains(name) ?? false }.sorted() }

    /// All names that stand for people, in no order.
    private(set) var names = Array(Vocabulary.people.keys)

    /// Notes the names, once all groups are known.
    mutating func close() { names = Array(states.keys) + Array(Vocabulary.people.keys) }
}
