extension DocumentReader {
    /// `commands:`; whether what aliases are about is there is checked when all files are read.
    mutating func commands(_ entry: DocumentNode.Entry?) {
        guard let entry, let keys = entries(of: entry.value, what: "`commands`", known: ["aliases"]) else { return }
        let each = "an alias is a word and what it stands for: `sop-ack: ack`"
        guard let aliases = keys["aliases"], let list = named(aliases.value, key: "aliases", each: each) else { return }
        if list.count > PolicyLimits.aliases {
            error(aliases.key.span, "a policy has at most \(PolicyLimits.aliases) aliases")
            return
        }
        for alias in list {
            let name = alias.key.string
            guard let meaning = text(alias.value, of: name), canBeAlias(alias.key), isCommand(meaning) else { continue }
            self.aliases.append(CommandAlias(name: name, meaning: meaning.string, meaningSpan: meaning.span))
        }
    }

    private mutating func canBeAlias(_ key: SourceText) -> Bool {
        let name = key.string
        let isWord =
            name.unicodeScalars.first.map { ("a"..."z").contains($0.asciiLowercased) } ?? false
            && name.utf8.count <= 40 && !name.hasSuffix(".")
            && name.unicodeScalars.allSatisfy { $0.isASCII && ($0.isWord || "-_/.".unicodeScalars.contains($0)) }
        if !isWord {
            error(
                key.span, "\(Quotation.inline(name)) cannot be typed as a command",
                hint: "an alias is written without its slash: letters, digits, `-`, `_`, `.` and `/`, a letter first")
        } else if CommandVocabulary.Word(rawValue: name.lowercased()) != nil {
            error(key.span, "`\(name)` is built in and cannot be redefined", hint: "choose another word")
        } else if let other = aliases.first(where: { $0.name.lowercased() == name.lowercased() })?.name {
            error(key.span, "commands are read without regard to case, and `\(other)` stands here already")
        } else {
            return true
        }
        return false
    }

    /// Whether a text begins with a built-in command.
    private mutating func isCommand(_ meaning: SourceText) -> Bool {
        let words = CommandVocabulary.Word.allCases.map(\.rawValue)
        let written = meaning.string.split(maxSplits: 1) { $0.isWhitespace }.first.map(String.init) ?? ""
        let word = written.lowercased()
        if words.contains(word) { return true }
        let bare = word.hasPrefix("/") ? String(word.dropFirst()) : word
        error(
            meaning.span, "an alias stands for a built-in command, and \(Quotation.inline(written)) is none",
            hint: words.contains(bare)
                ? "write it without the slash: `\(bare)`"
                : Suggestion.hint(for: bare, among: words) ?? "write \(Quotation.list(words))")
        return false
    }
}

extension Gate {
    /// The items of its checklist, as commands name them.
    var commandItems: [CommandVocabulary.Item] {
        require.checklist?.items.map { CommandVocabulary.Item(name: $0.name, number: $0.number) } ?? []
    }
}
