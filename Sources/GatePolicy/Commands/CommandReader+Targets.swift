extension CommandReader {
    func table(_ kind: Kind) -> NameTable { kind == .gates ? names.gates : names.items }

    /// Targets with commas between them; what is no name after a comma begins the note, unless it nearly is a name.
    mutating func takeList(of kinds: [Kind]) -> (targets: [CommandTarget], problems: [Misunderstanding]) {
        var targets: [CommandTarget] = []
        var seen: Set<CommandTarget> = []
        var problems: [Misunderstanding] = []
        repeat {
            let found = longest(kinds, at: position)
            guard let first = found.first else {
                if targets.isEmpty, problems.isEmpty {
                    problems.append(unknown(kinds))
                } else if let problem = nearMiss(kinds) {
                    problems.append(problem)
                }
                break
            }
            position = first.end
            // Taking back both is the safe reading of a name that could be either.
            if found.count > 1, word != .revoke {
                problems.append(.ambiguous(found.map(\.target.name)))
            } else {
                for match in found where seen.insert(match.target).inserted { targets.append(match.target) }
            }
        } while takeCommas() && position < text.count
        return (targets, problems)
    }

    func longest(_ kinds: [Kind], at start: Int) -> [(target: CommandTarget, end: Int)] {
        var found: [(target: CommandTarget, end: Int)] = []
        for kind in kinds {
            guard let match = match(kind, at: start) else { continue }
            if let first = found.first, first.end > match.end { continue }
            if let first = found.first, first.end < match.end { found = [] }
            found += match.names.map { (kind == .gates ? .gate($0) : .item($0), match.end) }
        }
        return found
    }

    mutating func take(_ kind: Kind) -> [String]? {
        guard let match = match(kind, at: position) else { return nil }
        position = match.end
        return match.names
    }

    /// The longest known name that begins here and ends at a blank, a separator or the end.
    func match(_ kind: Kind, at start: Int) -> (names: [String], end: Int)? {
        let table = table(kind)
        var best: (names: [String], end: Int)?
        var key: [Unicode.Scalar] = []
        var index = start
        while true {
            let isEnd = index == text.count || endsTarget(index)
            if isEnd || text[index].isCommandBlank {
                let found = table[NameTable.trimmed(key)]
                if !found.isEmpty { best = (exact(found, start, index), index) }
            }
            // Room for the punctuation that may follow a name.
            if isEnd || key.count > table.longest + 8 { return best }
            NameTable.append(text[index], to: &key)
            index += 1
        }
    }

    /// Of names that differ only in what is normalised away, the one that was typed as it is.
    func exact(_ found: [String], _ start: Int, _ end: Int) -> [String] {
        if found.count == 1 { return found }
        let typed = String(scalars: text[start..<end])
        return found.contains(typed) ? [typed] : found
    }

    /// Whether a target cannot go on here: a comma, a dash, a colon, two blanks, a hyphen between blanks.
    func endsTarget(_ index: Int) -> Bool {
        let scalar = text[index]
        if scalar.isSeparator { return true }
        guard scalar.isCommandBlank, index + 1 < text.count else { return false }
        if text[index + 1].isCommandBlank { return true }
        return text[index + 1] == "-" && isLoneHyphen(index + 1)
    }

    /// Whether the run of hyphens that begins here ends at a blank or at the end.
    func isLoneHyphen(_ start: Int) -> Bool {
        var index = start
        while index < text.count, text[index] == "-" { index += 1 }
        return index > start && (index == text.count || text[index].isCommandBlank)
    }
}
