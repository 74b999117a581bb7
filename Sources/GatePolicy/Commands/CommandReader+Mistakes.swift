extension CommandReader {
    /// The targets that the rest consists of, when it consists of nothing else.
    func only(_ kinds: [Kind], from start: Int) -> [CommandTarget]? {
        var found: [CommandTarget] = []
        var index = skipBlanks(start)
        while index < text.count {
            let matches = longest(kinds, at: index)
            guard let first = matches.first, matches.count == 1 || word == .revoke else { return nil }
            found += matches.map(\.target)
            index = first.end
            while index < text.count, text[index] == "," || text[index].isCommandBlank { index += 1 }
        }
        return found.isEmpty ? nil : found
    }

    /// What to say where a name of one of these kinds is due and none is known.
    mutating func unknown(_ kinds: [Kind]) -> Misunderstanding {
        if kinds == [.gates], let match = match(.items, at: position), let item = match.names.first {
            return .notAGate(item: item)
        }
        if kinds == [.items], let match = match(.gates, at: position), let gate = match.names.first {
            return .notAnItem(gate: gate)
        }
        let typed = typedWords()
        guard let first = typed.first else { return .noTarget(word: word.rawValue) }
        return .unknownTarget(first, suggestion: suggestion(for: typed, among: kinds))
    }

    /// What to say of words after a comma that are nearly a name, or a number.
    mutating func nearMiss(_ kinds: [Kind]) -> Misunderstanding? {
        let typed = typedWords()
        guard let first = typed.first else { return nil }
        if let suggestion = suggestion(for: typed, among: kinds) {
            return .unknownTarget(first, suggestion: suggestion)
        }
        let isNumber = first.unicodeScalars.allSatisfy { ("0"..."9").contains($0) }
        return isNumber && typed.count == 1 ? .unknownTarget(first, suggestion: nil) : nil
    }

    mutating func suggestion(for typed: [String], among kinds: [Kind]) -> String? {
        guard suggestions > 0 else { return nil }
        suggestions -= 1
        let known = kinds.flatMap { table($0).names }
        for words in typed.reversed() {
            if let name = Suggestion.nearest(to: NameTable.normalised(words.unicodeScalars), among: known) {
                return name
            }
        }
        return nil
    }

    /// The beginnings of what was typed as a target, of one word, two words and so on, while a name could be as long.
    func typedWords() -> [String] {
        var typed: [String] = []
        var key: [Unicode.Scalar] = []
        let longest = max(names.gates.longest, names.items.longest) + 3
        for index in position...text.count {
            let isEnd = index == text.count || endsTarget(index)
            if isEnd || text[index].isCommandBlank, !key.isEmpty { typed.append(String(scalars: key)) }
            if isEnd || key.count > longest && !typed.isEmpty || key.count == 64 { break }
            key.append(text[index])
        }
        if typed.isEmpty, !key.isEmpty { typed.append(String(scalars: key)) }
        return typed
    }
}
