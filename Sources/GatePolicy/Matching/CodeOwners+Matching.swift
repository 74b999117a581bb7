extension CodeOwners {
    /// A rule that owns some of the changed files, or may.
    struct Match: Sendable {
        let rule: Rule
        /// The changed files that it owns, or may own, by the order of the list.
        let paths: [String]
        /// Why nobody knows whether it owns any of them; nil where it certainly owns one.
        var doubt: Unknown?
    }

    /// What the rules say of the changed files.
    struct Ownership: Sendable {
        /// The rules that own changed files, or may, in the file's order.
        var matches: [Match] = []
        /// The changed files that no rule owns.
        var unowned: [String] = []
    }

    /// Which rules own which of some paths: one pass over each path.
    func ownership(of paths: [String]) -> Ownership {
        let matcher = RuleMatcher(rules)
        var owned = [[String]](repeating: [], count: rules.count)
        var isCertain = [Bool](repeating: false, count: rules.count)
        var ownership = Ownership()
        for path in paths {
            let isBroken = path.utf8.contains(UInt8(ascii: "\n"))
            let hits = isBroken ? [] : matcher.search(path)
            var isOwned = false
            for (index, rule) in rules.enumerated()
            where isBroken || hits[index] != rule.isNegative || rule.expression == nil {
                owned[index].append(path)
                if !isBroken { isCertain[index] = true }
                isOwned = true
            }
            if !isOwned { ownership.unowned.append(path) }
        }
        for (index, rule) in rules.enumerated() where !owned[index].isEmpty {
            let doubt = isCertain[index] ? nil : broken(owned[index][0], rule)
            ownership.matches.append(Match(rule: rule, paths: owned[index], doubt: doubt))
        }
        return ownership
    }

    /// The forge's `.` stands for no line break, so that a name that holds one would escape from every rule; servers of
    /// different age disagree on one at the end.
    private func broken(_ path: String, _ rule: Rule) -> Unknown {
        Unknown(
            cause: .malformed, subject: "who owns \(Quotation.inline(path))",
            reason: "its name holds a line break, which line \(rule.line) of `\(self.path)` may not speak of",
            cure: "give the file another name, or let an owner of that line sign")
    }
}

/// The patterns of all rules, in as few sets as the memory budget allows.
private struct RuleMatcher {
    /// A run of rules that are searched together.
    private struct Piece {
        let indices: [Int]
        let set: RegularExpressionSet?
    }

    private let rules: [CodeOwners.Rule]
    private var pieces: [Piece] = []

    init(_ rules: [CodeOwners.Rule]) {
        self.rules = rules
        add(rules.indices.filter { rules[$0].expression != nil })
    }

    private mutating func add(_ indices: [Int]) {
        if indices.isEmpty { return }
        let set = indices.count == 1 ? nil : RegularExpressionSet(indices.compactMap { rules[$0].expression })
        if indices.count == 1 || set != nil { return pieces.append(Piece(indices: indices, set: set)) }
        add(Array(indices[..<(indices.count / 2)]))
        add(Array(indices[(indices.count / 2)...]))
    }

    /// Which patterns match a path, by the index of their rule.
    func search(_ path: String) -> [Bool] {
        var hits = [Bool](repeating: false, count: rules.count)
        for piece in pieces {
            var places = [Int32](repeating: 0, count: piece.indices.count)
            if let set = piece.set, let number = set.search(path, &places) {
                for place in places.prefix(number) { hits[piece.indices[Int(place)]] = true }
            } else {
                // A single expression never gives up: RE2 goes on with its NFA when the DFA runs out of memory.
                for index in piece.indices {
                    let single = rules[index].expression.flatMap { try? RegularExpression($0) }
                    hits[index] = single?.search(path) == .yes
                }
            }
        }
        return hits
    }
}
