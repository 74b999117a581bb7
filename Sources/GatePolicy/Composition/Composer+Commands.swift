extension Composer {
    /// Gates and items share one set of names, which commands must be able to tell apart; numbers and asks are unique.
    mutating func checkCommandNames() {
        var names: [String: Named] = [:]
        var numbers: [Int: Named] = [:]
        var asks: [[Unicode.Scalar]: Named] = [:]
        let gates = gatesInForce
        for (gate, file) in gates {
            names[NameTable.normalised(gate.name.unicodeScalars)] = Named(gate.name, gate.span, file)
        }
        for (gate, file) in gates {
            for item in gate.require.checklist?.items ?? [] {
                let named = Named(item.name, item.span, file)
                let key = NameTable.normalised(item.name.unicodeScalars)
                if let other = names[key] { clash(named, other) } else { names[key] = named }
                if let number = item.number {
                    if let other = numbers[number] {
                        error(at: named, "the number \(number) is `\(other.name)`'s", hint: "give each item its own")
                    }
                    numbers[number] = numbers[number] ?? named
                }
                if let ask = item.ask {
                    if let other = asks[ask.key] {
                        error(
                            at: named, "`\(other.name)` has the same `ask` as `\(item.name)`",
                            hint: "an answer is for one item: ask for something else")
                    }
                    asks[ask.key] = asks[ask.key] ?? named
                }
            }
        }
    }

    /// What aliases stand for: a target that there is, or none.
    mutating func checkAliases() {
        // Where some gate could not be read its names are not known.
        let hasErrors = files.contains { $0.reading.reader.diagnostics.contains { $0.severity == .error } }
        guard isWhole, !hasErrors else { return }
        let gates = gatesInForce.map(\.gate)
        let names = CommandVocabulary(gates: gates.map(\.name), items: gates.flatMap(\.commandItems))
        for index in inOrder {
            for alias in files[index].reading.reader.aliases where alias.meaning.contains(where: \.isWhitespace) {
                for command in CommandParser.commands(in: "/\(alias.meaning)", knowing: names) {
                    if case .notUnderstood(let problem) = command.action {
                        error(in: index, alias.meaningSpan, problem.wording)
                    }
                }
            }
        }
    }

    /// Doubts a word that means different things in files of a policy: the first of them decides.
    mutating func checkMeanings() {
        var meanings: [String: (alias: CommandAlias, file: Int)] = [:]
        for index in (requiresNothing ? [] : [organization].compactMap(\.self)) + inOrder {
            for alias in files[index].reading.reader.aliases {
                guard let other = meanings[alias.name.lowercased()] else {
                    meanings[alias.name.lowercased()] = (alias, index)
                    continue
                }
                guard alias.meaning.lowercased() != other.alias.meaning.lowercased() else { continue }
                let isOwn = index == root || files[index].origin == nil
                files[isOwn ? index : root].reading.reader.warning(
                    isOwn ? alias.meaningSpan : origin(of: index),
                    "`/\(alias.name)` means another command in `\(files[other.file].text.file)` than in "
                        + "`\(files[index].text.file)`, and the first counts",
                    hint: "choose another word")
            }
        }
    }

    /// The aliases of all files: the organisation's, then the policy's own, then those of what it includes.
    var aliases: [String: String] {
        var aliases: [String: String] = [:]
        var known: Set<String> = []
        for index in (requiresNothing ? [] : [organization].compactMap(\.self)) + inOrder {
            for alias in files[index].reading.reader.aliases where known.insert(alias.name.lowercased()).inserted {
                aliases[alias.name] = alias.meaning
            }
        }
        return aliases
    }

    /// Something with a name, and where it stands.
    private struct Named {
        let name: String
        let span: SourceSpan
        let file: Int

        init(_ name: String, _ span: SourceSpan, _ file: Int) {
            self.name = name
            self.span = span
            self.file = file
        }
    }

    private mutating func clash(_ item: Named, _ other: Named) {
        if item.name == other.name {
            let place = item.file == other.file ? "on line \(other.span.line)" : "in `\(other.span.file)`"
            error(
                at: item, "the name `\(item.name)` is taken \(place)",
                hint: "gates and items of checklists share one set of names")
        } else {
            error(
                at: item, "in a command `\(item.name)` and `\(other.name)` are the same name",
                hint: "`_` and `-` are one there, and so are capital and small letters")
        }
    }

    private mutating func error(at named: Named, _ message: String, hint: String) {
        // Another repository's file is told by the entry that brought it.
        let isOwn = named.file == root || files[named.file].origin == nil
        error(in: isOwn ? named.file : root, isOwn ? named.span : origin(of: named.file), message, hint: hint)
    }
}
