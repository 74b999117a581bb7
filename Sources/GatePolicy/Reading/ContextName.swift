/// The name of a status, in which `{base}` stands for a branch and `{gate}` for a gate.
public struct ContextName: Sendable {
    /// The name as it is written.
    public let text: String
    private let symbols: [Symbol]
    private let hasGate: Bool
    /// What stands around `{base}`; nil where that does not stand in it.
    private let ends: Ends?

    /// A letter, or one or more letters of what a placeholder stands for.
    fileprivate enum Symbol {
        case letter(Unicode.Scalar)
        case gate, base
    }

    /// A name as it is written in a policy or in the settings.
    public init(_ text: String) {
        self.text = text
        var symbols: [Symbol] = []
        var rest = text[...]
        while let scalar = rest.unicodeScalars.first {
            if rest.hasPrefix("{base}") {
                symbols.append(.base)
                rest = rest.dropFirst("{base}".count)
            } else if rest.hasPrefix("{gate}") {
                symbols.append(.gate)
                rest = rest.dropFirst("{gate}".count)
            } else {
                symbols.append(.letter(scalar))
                rest = Substring(rest.unicodeScalars.dropFirst())
            }
        }
        self.symbols = symbols
        hasGate = symbols.contains(where: \.isGate)
        ends = Ends(symbols)
    }

    /// Whether it begins as the contexts that the program itself gives, for this base or another.
    var isOwn: Bool { text.beginsExactly(with: "countersign:") || text.beginsExactly(with: "countersign/") }

    /// Whether it is another one for each branch.
    var hasBase: Bool { ends != nil }

    /// Whether some gates and branches make both the same; exact where `{base}` stands in each at most once.
    public func canEqual(_ other: ContextName) -> Bool {
        if hasGate || other.hasGate { return meets(other, forOtherBases: false) }
        // A policy may bring many and long ones, so each is gone through once.
        return switch (ends, other.ends) {
        case (nil, nil): text == other.text
        case (let ends?, nil): other.lies(between: ends)
        case (nil, let ends?): lies(between: ends)
        case (let mine?, let others?): mine.canLieAround(others)
        }
    }

    /// Whether a name without a placeholder is one with `{base}`, for some branch.
    private func lies(between ends: Ends) -> Bool {
        let middle = symbols.dropFirst(ends.before.count).dropLast(ends.after.count)
        return symbols.count > ends.before.count + ends.after.count
            && symbols.starts(with: ends.before) { $0.canEqual($1) }
            && symbols.reversed().starts(with: ends.after) { $0.canEqual($1) }
            && (ends.isRepeated || middle.allSatisfy { $0.canEqual(.base) })
    }

    /// Whether this for a gate and a branch can be the other for a gate and another branch, so that a green of one base
    /// would open the other.
    public func canEqualForAnotherBase(_ other: ContextName) -> Bool { meets(other, forOtherBases: true) }

    /// How far two names are read side by side.
    private struct Position: Hashable {
        var mine: Place
        var other: Place
        /// Whether one was inside of a branch where the other was not.
        var isApart = false
    }

    fileprivate struct Place: Hashable {
        var symbol = 0
        /// Whether a letter of its placeholder was read.
        var isInside = false
    }

    private func meets(_ other: ContextName, forOtherBases: Bool) -> Bool {
        var open = [Position(mine: Place(), other: Place())]
        var seen = Set(open)
        while let position = open.popLast() {
            let (mine, others) = (position.mine, position.other)
            if mine.symbol == symbols.count, others.symbol == other.symbols.count,
                position.isApart || !forOtherBases
            {
                return true
            }
            var next: [Position] = []
            if mine.isInside {
                next.append(Position(mine: Place(symbol: mine.symbol + 1), other: others, isApart: position.isApart))
            }
            if others.isInside {
                next.append(Position(mine: mine, other: Place(symbol: others.symbol + 1), isApart: position.isApart))
            }
            if mine.symbol < symbols.count, others.symbol < other.symbols.count {
                let (one, two) = (symbols[mine.symbol], other.symbols[others.symbol])
                if one.canEqual(two) {
                    next.append(
                        Position(
                            mine: one.after(mine), other: two.after(others),
                            isApart: position.isApart || one.isBase != two.isBase))
                }
            }
            for position in next where seen.insert(position).inserted { open.append(position) }
        }
        return false
    }
}

/// What stands in a name before the first `{base}`, and after the last, read from the end.
private struct Ends {
    var before: [ContextName.Symbol]
    var after: [ContextName.Symbol]
    /// Whether it stands there more than once: then what lies between is not looked at.
    var isRepeated: Bool

    init?(_ symbols: [ContextName.Symbol]) {
        guard let first = symbols.firstIndex(where: \.isBase), let last = symbols.lastIndex(where: \.isBase) else {
            return nil
        }
        (before, after) = (Array(symbols[..<first]), symbols[(last + 1)...].reversed())
        isRepeated = first != last
    }

    /// Whether some branches make both names the same: what one has more of must be the other's branch.
    func canLieAround(_ other: Ends) -> Bool {
        let isAnyRest = isRepeated || other.isRepeated
        func meet(_ one: [ContextName.Symbol], _ two: [ContextName.Symbol]) -> Bool {
            let (short, long) = one.count < two.count ? (one, two) : (two, one)
            return zip(short, long).allSatisfy { $0.canEqual($1) }
                && (isAnyRest || long.dropFirst(short.count).allSatisfy { $0.canEqual(.base) })
        }
        return meet(before, other.before) && meet(after, other.after)
    }
}

extension ContextName.Symbol {
    fileprivate var isBase: Bool { if case .base = self { true } else { false } }
    fileprivate var isGate: Bool { if case .gate = self { true } else { false } }

    /// Where a name is when one of its letters was read.
    fileprivate func after(_ place: ContextName.Place) -> ContextName.Place {
        if case .letter = self { return ContextName.Place(symbol: place.symbol + 1) }
        return ContextName.Place(symbol: place.symbol, isInside: true)
    }

    /// Whether both may stand for the same letter.
    fileprivate func canEqual(_ other: ContextName.Symbol) -> Bool {
        switch (self, other) {
        case (.letter(let one), .letter(let two)): one == two
        case (.letter(let letter), .gate), (.gate, .letter(let letter)): letter.mayBeInGate
        case (.letter(let letter), .base), (.base, .letter(let letter)): letter.mayBeInBranch
        case (.gate, .gate), (.base, .base), (.gate, .base), (.base, .gate): true
        }
    }
}

extension Unicode.Scalar {
    fileprivate var mayBeInGate: Bool {
        ("a"..."z").contains(self) || ("A"..."Z").contains(self)
            || ("0"..."9").contains(self) || "_.-".unicodeScalars.contains(self)
    }

    /// What git takes in a branch's name.
    fileprivate var mayBeInBranch: Bool { value > 32 && value != 127 && !"~^:?*[\\".unicodeScalars.contains(self) }
}
