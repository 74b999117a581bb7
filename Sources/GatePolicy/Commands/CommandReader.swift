/// Reads what follows the word of one command.
struct CommandReader {
    private enum Kind {
        case gates, items
    }

    private let text: [Unicode.Scalar]
    private let word: CommandVocabulary.Word
    private let names: CommandVocabulary
    /// How many suggestions may still be searched for.
    private(set) var suggestions: Int
    private var position = 0

    init(_ text: [Unicode.Scalar], word: CommandVocabulary.Word, names: CommandVocabulary, suggestions: Int) {
        self.text = text
        self.word = word
        self.names = names
        self.suggestions = suggestions
        position = skipBlanks(0)
    }

    /// What the command asks for: one action for each target, and what was not understood.
    mutating func actions() -> [Command.Action] {
        switch word {
        case .recheck, .why: [optionalGate()]
        case .waive: [waive()]
        case .ack: acknowledge()
        case .revoke: revoke()
        }
    }

    // MARK: The five commands

    private mutating func optionalGate() -> Command.Action {
        if position == text.count { return word == .why ? .why(gate: nil) : .recheck(gate: nil) }
        guard let found = take(.gates) else { return .notUnderstood(unknown([.gates])) }
        guard found.count == 1, let gate = found.first else { return .notUnderstood(.ambiguous(found)) }
        return word == .why ? .why(gate: gate) : .recheck(gate: gate)
    }

    private mutating func waive() -> Command.Action {
        guard let found = take(.gates) else { return .notUnderstood(unknown([.gates])) }
        guard found.count == 1, let gate = found.first else { return .notUnderstood(.ambiguous(found)) }
        if takeCommas(), match(.gates, at: position) != nil { return .notUnderstood(.severalGates) }
        switch takeHead() {
        case .failure(let problem): return .notUnderstood(problem.misunderstanding)
        case .success(let head): return .waive(gate: gate, head: head, reason: rest())
        }
    }

    private mutating func acknowledge() -> [Command.Action] {
        var (targets, problems) = takeList(of: [.items])
        if targets.isEmpty { return problems.map { .notUnderstood($0) } }
        let head: String?
        switch takeHead() {
        case .failure(let problem): return [.notUnderstood(problem.misunderstanding)]
        case .success(let found): head = found
        }
        let noteStart = position
        let note = rest()
        var actions = targets.map { Command.Action.acknowledge(item: $0.name, head: head, note: note) }
        if head == nil, problems.isEmpty, let more = onlyItems(from: noteStart) {
            let all = targets.map(\.name) + more
            problems.append(.missingCommas(suggestion: "/ack \(all.joined(separator: ", "))"))
        }
        actions += problems.map { .notUnderstood($0) }
        return actions
    }

    private mutating func revoke() -> [Command.Action] {
        let (targets, problems) = takeList(of: [.gates, .items])
        let reason = targets.isEmpty ? "" : rest()
        return targets.map { .revoke($0, reason: reason) } + problems.map { .notUnderstood($0) }
    }

    // MARK: Targets

    private func table(_ kind: Kind) -> NameTable { kind == .gates ? names.gates : names.items }

    /// Targets with commas between them; what is no name after a comma begins the note, unless it nearly is a name.
    private mutating func takeList(of kinds: [Kind]) -> (targets: [CommandTarget], problems: [Misunderstanding]) {
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

    private func longest(_ kinds: [Kind], at start: Int) -> [(target: CommandTarget, end: Int)] {
        var found: [(target: CommandTarget, end: Int)] = []
        for kind in kinds {
            guard let match = match(kind, at: start) else { continue }
            if let first = found.first, first.end > match.end { continue }
            if let first = found.first, first.end < match.end { found = [] }
            found += match.names.map { (kind == .gates ? .gate($0) : .item($0), match.end) }
        }
        return found
    }

    private mutating func take(_ kind: Kind) -> [String]? {
        guard let match = match(kind, at: position) else { return nil }
        position = match.end
        return match.names
    }

    /// The longest known name that begins here and ends at a blank, a separator or the end.
    private func match(_ kind: Kind, at start: Int) -> (names: [String], end: Int)? {
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
    private func exact(_ found: [String], _ start: Int, _ end: Int) -> [String] {
        if found.count == 1 { return found }
        let typed = String(scalars: text[start..<end])
        return found.contains(typed) ? [typed] : found
    }

    /// Whether a target cannot go on here: a comma, a dash, a colon, two blanks, a hyphen between blanks.
    private func endsTarget(_ index: Int) -> Bool {
        let scalar = text[index]
        if scalar.isSeparator { return true }
        guard scalar.isCommandBlank, index + 1 < text.count else { return false }
        if text[index + 1].isCommandBlank { return true }
        return text[index + 1] == "-" && isLoneHyphen(index + 1)
    }

    /// Whether the run of hyphens that begins here ends at a blank or at the end.
    private func isLoneHyphen(_ start: Int) -> Bool {
        var index = start
        while index < text.count, text[index] == "-" { index += 1 }
        return index > start && (index == text.count || text[index].isCommandBlank)
    }

    // MARK: What follows

    private func skipBlanks(_ start: Int) -> Int {
        var index = start
        while index < text.count, text[index].isCommandBlank { index += 1 }
        return index
    }

    private mutating func takeCommas() -> Bool {
        var index = skipBlanks(position)
        var found = false
        while index < text.count, text[index] == "," || text[index].isCommandBlank {
            found = found || text[index] == ","
            index += 1
        }
        if found { position = index }
        return found
    }

    /// Passes over the blanks, dashes and colons between a target and its note.
    private mutating func takeSeparator() {
        while true {
            position = skipBlanks(position)
            guard position < text.count else { return }
            if text[position] == ":" || text[position].isDash {
                position += 1
            } else if text[position] == "-", isLoneHyphen(position) {
                while position < text.count, text[position] == "-" { position += 1 }
            } else {
                return
            }
        }
    }

    private struct HeadProblem: Error {
        var misunderstanding: Misunderstanding
    }

    /// The head named by `@` and its digits; a word that looks like too short a name of a commit is a mistake.
    private mutating func takeHead() -> Result<String?, HeadProblem> {
        takeSeparator()
        guard position < text.count, text[position] == "@" else { return .success(nil) }
        var index = position + 1
        while index < text.count, !text[index].isCommandBlank, !text[index].isSeparator { index += 1 }
        let digits = text[(position + 1)..<index].map(\.asciiLowercased)
        guard digits.count >= 7, digits.allSatisfy(\.isHexDigit) else { return .success(nil) }
        let name = String(scalars: digits)
        guard (20...64).contains(digits.count) else {
            return .failure(HeadProblem(misunderstanding: .badHead(String(name.prefix(64)))))
        }
        position = index
        _ = takeCommas()
        takeSeparator()
        return .success(name)
    }

    /// What is left of the line, in the person's words; control characters become blanks.
    private mutating func rest() -> String {
        takeSeparator()
        let left = text[position...].map { $0.properties.generalCategory == .control ? " " : $0 }
        position = text.count
        let end = left.lastIndex { !$0.isCommandBlank } ?? -1
        return String(scalars: left[..<(end + 1)])
    }

    // MARK: Mistakes

    /// The items that the rest consists of, when it consists of nothing else.
    private func onlyItems(from start: Int) -> [String]? {
        var found: [String] = []
        var index = skipBlanks(start)
        while index < text.count {
            guard let match = match(.items, at: index), match.names.count == 1 else { return nil }
            found += match.names
            index = match.end
            while index < text.count, text[index] == "," || text[index].isCommandBlank { index += 1 }
        }
        return found.isEmpty ? nil : found
    }

    /// What to say where a name of one of these kinds is due and none is known.
    private mutating func unknown(_ kinds: [Kind]) -> Misunderstanding {
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
    private mutating func nearMiss(_ kinds: [Kind]) -> Misunderstanding? {
        let typed = typedWords()
        guard let first = typed.first else { return nil }
        if let suggestion = suggestion(for: typed, among: kinds) {
            return .unknownTarget(first, suggestion: suggestion)
        }
        let isNumber = first.unicodeScalars.allSatisfy { ("0"..."9").contains($0) }
        return isNumber && typed.count == 1 ? .unknownTarget(first, suggestion: nil) : nil
    }

    private mutating func suggestion(for typed: [String], among kinds: [Kind]) -> String? {
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
    private func typedWords() -> [String] {
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

extension Unicode.Scalar {
    /// An en or an em dash.
    fileprivate var isDash: Bool { self == "\u{2013}" || self == "\u{2014}" }
    /// What ends a target wherever it stands.
    fileprivate var isSeparator: Bool { isDash || self == ":" || self == "," }
    fileprivate var isHexDigit: Bool { ("0"..."9").contains(self) || ("a"..."f").contains(self) }
}
