extension DocumentReader {
    /// `commands:`; what aliases stand for is checked when all names are known.
    mutating func commands(_ entry: DocumentNode.Entry?) {
        guard let entry, let keys = entries(of: entry.value, what: "`commands`", known: ["aliases"]) else { return }
        let each = "an alias is a word and what it stands for: `sop-ack: ack`"
        guard let aliases = keys["aliases"], let list = named(aliases.value, key: "aliases", each: each) else { return }
        for alias in list {
            let name = alias.key.string
            if aliasSpans.count == PolicyLimits.aliases {
                error(alias.key.span, "a policy has at most \(PolicyLimits.aliases) aliases")
                return
            }
            guard let meaning = text(alias.value, of: name), canBeAlias(alias.key) else { continue }
            self.aliases[name] = meaning.string
            aliasSpans.append((name, alias.key.span, meaning.span))
        }
    }

    private mutating func canBeAlias(_ key: SourceText) -> Bool {
        let name = key.string
        let isWord =
            name.unicodeScalars.first.map { ("a"..."z").contains($0.asciiLowercased) } ?? false
            && name.utf8.count <= 40
            && name.unicodeScalars.allSatisfy {
                $0.isASCII && ($0.isWord || "-_/.".unicodeScalars.contains($0))
            } && !name.hasSuffix(".")
        guard isWord else {
            error(
                key.span, "\(Quotation.inline(name)) cannot be typed as a command",
                hint: "an alias is written without its slash: letters, digits, `-`, `_`, `.` and `/`, a letter first")
            return false
        }
        if CommandVocabulary.Word(rawValue: name.lowercased()) != nil {
            error(key.span, "`\(name)` is built in and cannot be redefined", hint: "choose another word")
            return false
        }
        if let other = aliases.keys.first(where: { $0.lowercased() == name.lowercased() }) {
            error(key.span, "commands are read without regard to case, and `\(other)` stands here already")
            return false
        }
        return true
    }

    /// What aliases stand for: a built-in word, and perhaps a target that there is.
    mutating func checkAliases() {
        let words = CommandVocabulary.Word.allCases.map(\.rawValue)
        let names = CommandVocabulary(gates: gates.map(\.name), items: gates.flatMap(\.commandItems))
        for (alias, _, span) in aliasSpans {
            let meaning = aliases[alias] ?? ""
            let parts = meaning.split(maxSplits: 1) { $0.isWhitespace }
            let word = (parts.first.map(String.init) ?? "").lowercased()
            guard words.contains(word) else {
                let typed = word.hasPrefix("/") ? String(word.dropFirst()) : word
                error(
                    span, "an alias stands for a built-in command, and \(Quotation.inline(word)) is none",
                    hint: words.contains(typed)
                        ? "write it without the slash: `\(typed)`"
                        : Suggestion.hint(for: typed, among: words) ?? "write \(Quotation.list(words))")
                continue
            }
            // Where some gate could not be read its names are not known.
            guard parts.count == 2, !diagnostics.contains(where: { $0.severity == .error }) else { continue }
            for command in CommandParser.commands(in: "/\(word) \(parts[1])", knowing: names) {
                if case .notUnderstood(let problem) = command.action { error(span, problem.wording) }
            }
        }
    }
}

extension Gate {
    /// The items of its checklist, as commands name them.
    var commandItems: [CommandVocabulary.Item] {
        require.checklist?.items.map { CommandVocabulary.Item(name: $0.name, number: $0.number) } ?? []
    }
}
