/// Something that others have to do before a condition can hold.
public enum Awaited: Hashable, Sendable {
    /// A status of this context is posted.
    case status(String)
    /// A label of this name is put on; `*` stands for anything.
    case label(String)
    /// Anything else that only a pull request tells.
    case other(String)

    /// Whether a label that there is has this name, in whatever case; false for anything but a label.
    public func isLabel(_ name: String) -> Bool {
        guard case .label(let text) = self else { return false }
        return LabelPattern(text).matches(ExactText(name.lowercased()))
    }
}

extension Policy {
    /// What a gate's requirement lacks where some of what it waits for can never come; empty where it can hold all the
    /// same.
    ///
    /// Signatures are supposed, and so is what a gate that it looks at asks for: that one is asked by itself.
    /// - Parameter comes: whether something can come.
    public func awaited(by gate: Gate, unless comes: (Awaited) -> Bool) -> [Awaited] {
        var seen: Set<Awaited> = []
        return gate.require.lacks(comes, parts).filter { seen.insert($0).inserted }
    }
}

extension Requirement {
    fileprivate func lacks(_ comes: (Awaited) -> Bool, _ parts: [Part]) -> [Awaited] {
        switch self {
        case .condition(let condition): return condition.lacks(comes)
        case .all(let needed): return needed.flatMap { $0.lacks(comes, parts) }
        case .any(let ways): return Self.ofAll(ways.map { $0.lacks(comes, parts) })
        case .reference(let reference):
            // One that does not apply may be good enough.
            guard !reference.allowsNotNeeded, let part = parts.first(where: { $0.name.isExactly(reference.name) })
            else { return [] }
            return part.require.lacks(comes, parts)
        case .quota, .never, .ownersOfEachFile, .checklist: return []
        }
    }

    /// What every way lacks; nothing where one of them lacks nothing.
    fileprivate static func ofAll(_ ways: [[Awaited]]) -> [Awaited] {
        ways.contains(where: \.isEmpty) ? [] : ways.flatMap(\.self)
    }
}

extension Condition {
    fileprivate func lacks(_ comes: (Awaited) -> Bool) -> [Awaited] {
        switch self {
        case .constant: []
        case .test(let test): test.awaited.filter { !comes($0) }
        // What does not come makes it hold.
        case .not: [Awaited.other(description)].filter { !comes($0) }
        case .all(let parts): parts.flatMap { $0.lacks(comes) }
        case .any(let parts): Requirement.ofAll(parts.map { $0.lacks(comes) })
        }
    }
}

extension ConditionTest {
    /// What must come before it can hold, all of it.
    fileprivate var awaited: [Awaited] {
        switch self {
        case let test as StatusTest: test.names.map { .status($0) }
        case let test as Label: test.names.map { .label($0.text) }
        // Of several names one label of any is one.
        case let test as LabelCount where test.names.count == 1 && !test.comparison.holds(for: 0):
            test.names.map { .label($0.text) }
        default: [.other(description)]
        }
    }
}
