/// Why, as a tree: every surface renders it, and no reason is worded anywhere else.
public struct Explanation: Hashable, Sendable, Codable {
    /// Whether this part holds.
    public enum Mark: String, Hashable, Sendable, Codable {
        case met, unmet, unknown
    }

    /// The part as the policy writes it.
    public var expression: String
    /// Whether it holds.
    public var mark: Mark
    /// What was found, in a few words; empty where the children say it all.
    public var detail: String
    /// Whose signatures fill it.
    public var signers: [Account]
    /// What could not be known.
    public var unknowns: [Unknown]
    /// The parts it is made of.
    public var children: [Explanation]

    init(
        _ expression: String, _ truth: Truth, detail: String = "", signers: [Account] = [],
        children: [Explanation] = []
    ) {
        self.expression = expression
        self.detail = detail
        self.signers = signers
        self.children = children
        switch truth {
        case .yes: (mark, unknowns) = (.met, [])
        case .no: (mark, unknowns) = (.unmet, [])
        case .unknown(let reasons): (mark, unknowns) = (.unknown, reasons.inOrder)
        }
    }
}

extension Explanation {
    /// How many parts it is made of, itself included.
    var size: Int { children.reduce(1) { $0 + $1.size } }
}

/// One thing somebody can do to bring a gate nearer to green.
public enum Step: Hashable, Sendable, Codable {
    /// So many more signatures of these people, nil for all of them; who could give them, nil when that is not known.
    case sign(count: Int?, people: String, candidates: [Account]?)
    /// The description must answer what some items ask.
    case answer(asks: [String])
    /// So many more of these people must acknowledge some items.
    case acknowledge(items: [String], count: Int?, people: String, candidates: [Account]?)
    /// A condition must become true.
    case condition(String)
    /// Somebody must approve after asking for changes, or have that dismissed.
    case withdraw(Account)
    /// Another gate or part must pass first.
    case gate(String)
    /// Nothing helps but a change of the policy.
    case never(String)
}

extension Step {
    /// Without the names of people who could still sign: where everybody reads along, only who has acted is named.
    var anonymous: Step {
        switch self {
        case .sign(let count, let people, let candidates?) where !candidates.isEmpty:
            .sign(count: count, people: people, candidates: nil)
        case .acknowledge(let items, let count, let people, let candidates?) where !candidates.isEmpty:
            .acknowledge(items: items, count: count, people: people, candidates: nil)
        default: self
        }
    }
}

extension Step {
    /// The sets of which it asks for so many signatures; several where any of them will do.
    fileprivate var sets: Set<String> {
        guard case .sign(_?, let people, _) = self else { return [] }
        guard people.utf8.contains(UInt8(ascii: " ")) else { return [people] }
        // Behind these stands `others`, which may be the name of a set, too.
        return Set(people.split(separator: [Step].or).prefix([Step].mostWays).map(String.init))
    }
}

extension [Step] {
    /// How many ways one step tells.
    fileprivate static let mostWays = 3
    /// Between them; no set of people is written so.
    fileprivate static let or = " or "

    /// The way that these steps are and others as short, as one step where each is one signature: `qa or security`.
    ///
    /// Of others only the first is told: two ways of several steps each would read as one.
    func joined(with others: [[Step]]) -> [Step] {
        guard case .sign(1, let people, var candidates)? = first, count == 1 else { return self }
        var words = [people]
        for other in others {
            guard case .sign(1, let more, let could)? = other.first, other.count == 1, !words.contains(more) else {
                continue
            }
            words.append(more)
            candidates = candidates.flatMap { known in could.map { known + $0.filter { !known.contains($0) } } }
        }
        let told = words.prefix(Self.mostWays).joined(separator: Self.or)
        let rest = words.count > Self.mostWays ? " or others" : ""
        return [.sign(count: 1, people: told + rest, candidates: candidates)]
    }

    /// Without a step that any of several sets can take where another step asks for some of these sets anyway.
    /// - Parameter others: steps of other signatures, which stay and take no other's place.
    func narrowest(but others: [Step]) -> [Step] {
        if count < 2 || !contains(where: { $0.sets.count > 1 }) { return self }
        let asked = Set(filter { !others.contains($0) }.map(\.sets))
        return filter { step in
            if others.contains(step) { return true }
            let sets = step.sets
            // There are three at most, so these are all smaller choices among them.
            return sets.count < 2
                || !sets.contains { asked.contains([$0]) || asked.contains(sets.subtracting([$0])) }
        }
    }

    /// Each once, in the order of first mention.
    var unique: [Step] {
        if count < 2 { return self }
        var seen: Set<Step> = []
        return filter { seen.insert($0).inserted }
    }
}
