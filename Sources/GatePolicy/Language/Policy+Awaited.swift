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
        guard let start = plan.number(of: gate.name) else { return [] }
        var lacked: [Int: [Awaited]] = [:]
        for number in plan.reached(from: start) where number == start || number >= gates.count {
            let require = number == start ? gate.require : parts[number - gates.count].require
            let found = require.lacks(comes) { name in plan.number(of: name).flatMap { lacked[$0] } ?? [] }
            var seen: Set<Awaited> = []
            lacked[number] = found.filter { seen.insert($0).inserted }
        }
        return lacked[start] ?? []
    }
}

extension Plan {
    /// What a gate looks at, directly or not, itself last: each once, after what it looks at, and without recursion.
    fileprivate func reached(from start: Int) -> [Int] {
        var order: [Int] = []
        var seen: Set<Int> = []
        var open = [(number: start, isOpened: false)]
        while let (number, isOpened) = open.popLast() {
            if isOpened {
                order.append(number)
            } else if seen.insert(number).inserted {
                open.append((number, true))
                open += list[number].looksAt.map { ($0, false) }
            }
        }
        return order
    }
}

extension Requirement {
    /// - Parameter part: what a gate or part of some name lacks.
    fileprivate func lacks(_ comes: (Awaited) -> Bool, _ part: (String) -> [Awaited]) -> [Awaited] {
        switch self {
        case .condition(let condition): return condition.lacks(comes)
        case .all(let needed): return needed.flatMap { $0.lacks(comes, part) }
        case .any(let ways): return Self.ofAll(ways.map { $0.lacks(comes, part) })
        case .reference(let reference):
            // One that does not apply may be good enough.
            return reference.allowsNotNeeded ? [] : part(reference.name)
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
