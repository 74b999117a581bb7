/// Reads what follows the word of one command.
struct CommandReader {
    enum Kind {
        case gates, items
    }

    let text: [Unicode.Scalar]
    let word: CommandVocabulary.Word
    let names: CommandVocabulary
    /// How many suggestions may still be searched for.
    var suggestions: Int
    var position = 0

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
        case .success(let head):
            let start = position
            let reason = rest()
            // A gate's name alone is no reason, but a second gate.
            if head == nil, only([.gates], from: start) != nil { return .notUnderstood(.severalGates) }
            return .waive(gate: gate, head: head, reason: reason)
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
        if head == nil, problems.isEmpty, let more = only([.items], from: noteStart) {
            let all = (targets + more).map(\.name)
            problems.append(.missingCommas(suggestion: "/ack \(all.joined(separator: ", "))"))
        }
        actions += problems.map { .notUnderstood($0) }
        return actions
    }

    private mutating func revoke() -> [Command.Action] {
        var (targets, problems) = takeList(of: [.gates, .items])
        let start = position
        var reason = targets.isEmpty ? "" : rest()
        // Without commas, too: taking back all that is named is the safe reading.
        if !targets.isEmpty, problems.isEmpty, let more = only([.gates, .items], from: start) {
            targets += more.filter { !targets.contains($0) }
            reason = ""
        }
        return targets.map { .revoke($0, reason: reason) } + problems.map { .notUnderstood($0) }
    }

    // MARK: What follows

    func skipBlanks(_ start: Int) -> Int {
        var index = start
        while index < text.count, text[index].isCommandBlank { index += 1 }
        return index
    }

    mutating func takeCommas() -> Bool {
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
    mutating func rest() -> String {
        takeSeparator()
        let left = text[position...].map { $0.properties.generalCategory == .control ? " " : $0 }
        position = text.count
        let end = left.lastIndex { !$0.isCommandBlank } ?? -1
        return String(scalars: left[..<(end + 1)])
    }
}

extension Unicode.Scalar {
    /// An en or an em dash.
    var isDash: Bool { self == "\u{2013}" || self == "\u{2014}" }
    /// What ends a target wherever it stands.
    var isSeparator: Bool { isDash || self == ":" || self == "," }
    var isHexDigit: Bool { ("0"..."9").contains(self) || ("a"..."f").contains(self) }
}
