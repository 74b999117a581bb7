/// Reads the commands of a comment.
public enum CommandParser {
    /// How many misspelt names of one comment get a suggestion: searching for one is the only slow step.
    static let suggestionsPerComment = 20
    /// How many misspelt names of a conversation do.
    static let suggestionsPerConversation = 200
    /// How many commands a comment may hold; one with more gives nothing and takes nothing back.
    static let maximumPerComment = 100

    /// The commands of a text, in its order; lines that only look like a command are `.notUnderstood`.
    ///
    /// Words after a slash that are neither built in nor an alias belong to somebody else and are passed over.
    public static func commands(in body: String, knowing names: CommandVocabulary) -> [Command] {
        var suggestions = suggestionsPerComment
        return commands(in: body, knowing: names, suggestions: &suggestions)
    }

    /// The same.
    /// - Parameter left: how many suggestions may still be searched for in the conversation.
    static func commands(in body: String, knowing names: CommandVocabulary, suggestions left: inout Int) -> [Command] {
        var commands: [Command] = []
        let granted = min(left, suggestionsPerComment)
        var suggestions = granted
        defer { left -= granted - suggestions }
        for line in CommandLines.find(in: body) {
            let scalars = Array(line.text.unicodeScalars)
            let end = scalars.firstIndex(where: \.isCommandBlank) ?? scalars.endIndex
            guard let (word, arguments) = names.meaning(of: String(scalars: scalars[1..<end])) else { continue }
            if commands.count > maximumPerComment { break }
            if line.continuesQuote {
                commands.append(Command(line: line.number, action: .notUnderstood(.partOfQuote)))
                continue
            }
            // Two blanks end the target that an alias brings.
            let text = arguments.isEmpty ? [] : arguments + [" ", " "]
            var reader = CommandReader(text + scalars[end...], word: word, names: names, suggestions: suggestions)
            commands += reader.actions().map { Command(line: line.number, action: $0) }
            suggestions = reader.suggestions
        }
        guard commands.count > maximumPerComment else { return commands }
        return [Command(line: commands[0].line, action: .notUnderstood(.tooMany(limit: maximumPerComment)))]
    }
}

extension Policy {
    /// Words after a slash, in a comment, that are no command here and get no answer: they may be another program's.
    /// - Returns: each with its slash, as it was typed, and the command it may be a slip of.
    public func foreignCommands(in body: String) -> [(word: String, near: String?)] {
        CommandLines.find(in: body).compactMap { line in
            let word = String(scalars: line.text.unicodeScalars.prefix { !$0.isCommandBlank })
            guard plan.vocabulary.meaning(of: word) == nil else { return nil }
            let near = Suggestion.nearest(to: String(word.dropFirst()), among: plan.vocabulary.words)
            return (word, near.map { "/\($0)" })
        }
    }
}
