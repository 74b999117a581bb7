/// The name of a status, in which `{base}` stands for a branch and `{gate}` for a gate.
public struct ContextName: Sendable {
    /// The name as it is written.
    public let text: String
    private let symbols: [Symbol]

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
    }

    /// Whether it begins as the contexts that the program itself gives, for this base or another.
    var isOwn: Bool { text.hasPrefix("countersign:") || text.hasPrefix("countersign/") }

    /// Whether it is another one for each branch.
    var hasBase: Bool { symbols.contains(where: \.isBase) }

    /// Whether some gates and branches make both the same; exact where `{base}` stands in each at most once.
    public func canEqual(_ other: ContextName) -> Bool {
        guard symbols.contains(where: \.isGate) || other.symbols.contains(where: \.isGate) else {
            return canEqualForSomeBases(other)
        }
        return meets(other, forOtherBases: false)
    }

    /// The same where neither has `{gate}`: a policy may bring many and long ones, so each is read once.
    private func canEqualForSomeBases(_ other: ContextName) -> Bool {
        let (mine, others) = (ends, other.ends)
        if mine.before == nil && others.before == nil { return text == other.text }
        func fit(_ one: ArraySlice<Symbol>, _ two: ArraySlice<Symbol>) -> Bool {
            zip(one, two).allSatisfy { $0.canEqual($1) }
        }
        func rest(_ one: ArraySlice<Symbol>, behind two: ArraySlice<Symbol>) -> Bool {
            one.dropFirst(two.count).allSatisfy { $0.canEqual(.base) }
        }
        guard let mineBefore = mine.before, let othersBefore = others.before else {
            let (whole, around) = mine.before == nil ? (symbols[...], others) : (other.symbols[...], mine)
            let before = around.before ?? []
            guard whole.count > before.count + around.after.count, fit(whole.prefix(before.count), before),
                fit(whole.suffix(around.after.count), around.after)
            else { return false }
            return around.isRepeated || rest(whole.dropLast(around.after.count), behind: before)
        }
        let (mineAfter, othersAfter) = (mine.after.reversed()[...], others.after.reversed()[...])
        guard fit(mineBefore, othersBefore), fit(ArraySlice(mineAfter), ArraySlice(othersAfter)) else { return false }
        if mine.isRepeated || others.isRepeated { return true }
        return rest(mineBefore, behind: othersBefore) && rest(othersBefore, behind: mineBefore)
            && rest(ArraySlice(mineAfter), behind: ArraySlice(othersAfter))
            && rest(ArraySlice(othersAfter), behind: ArraySlice(mineAfter))
    }

    /// What stands before the first `{base}` and after the last; no before where there is none.
    private var ends: (before: ArraySlice<Symbol>?, after: ArraySlice<Symbol>, isRepeated: Bool) {
        guard let first = symbols.firstIndex(where: \.isBase), let last = symbols.lastIndex(where: \.isBase) else {
            return (nil, [], false)
        }
        return (symbols[..<first], symbols[(last + 1)...], first != last)
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
