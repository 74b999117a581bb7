/// What is wrong with the YAML, said for somebody who writes policies, and the line as it should be.
struct YAMLMistake {
    private(set) var line: Int
    private(set) var column: Int
    private(set) var message = ""
    private(set) var hint: String?
    /// The line mended; nil when that cannot be told.
    private(set) var mended: String?

    init(
        problem: String, line: Int, column: Int, context: String?, contextLine: Int?, contextColumn: Int?,
        source: SourceLines
    ) {
        self.line = min(max(1, line), source.lines.count)
        self.column = max(1, column)
        // The parser notices some mistakes only on the next line.
        for candidate in [self.line, contextLine ?? self.line, self.line - 1] where candidate >= 1 {
            if explain(YAMLLine(source.line(candidate)), candidate, problem) { return }
        }
        if source.line(self.line).prefix(while: { $0 == " " || $0 == "\t" }).contains("\t") {
            message = "YAML does not allow tabs for indentation"
            hint = "use blanks"
            return
        }
        if let context, let contextLine, let contextColumn, context.hasSuffix(" a tag") {
            self.line = contextLine
            self.column = contextColumn
            message = YAMLTag.message
            hint = YAMLTag(source.line(contextLine).dropFirst(contextColumn - 1)).cure
            return
        }
        if explainLongKey(source, contextLine) { return }
        switch problem {
        case "but found another document":
            message = "a policy is one document, and `---` begins another"
            hint = "keep one of them"
        case "found undefined alias":
            message = "aliases are refused, so that what a gate says stands in one place"
            hint = "write the value out; a text that begins with `*` stands in quotes"
        case "found unexpected end of stream":
            message = "a quotation mark is not closed"
            if let contextLine, let contextColumn {
                self.line = contextLine
                self.column = contextColumn
            }
        case "found unknown escape character":
            message = "in `\"…\"` YAML reads `\\` and what follows it itself"
            hint = "write the text in `'…'`"
        case "could not find expected ':'":
            lacksColon(at: contextLine ?? self.line, source)
        case "mapping values are not allowed in this context" where self.line > 1:
            lacksColon(at: self.line - 1, source)
        case "did not find expected ',' or '}'", "did not find expected ',' or ']'":
            isNotClosed(problem, contextLine, contextColumn, source)
        case "did not find expected key":
            message = "a key is expected here"
            hint = "is the line indented like the keys it belongs to, and does nothing follow a closing quotation mark?"
        default: message = "this is not YAML: \(Quotation.visible(problem, limit: 100))"
        }
    }

    /// A key whose value follows without a `:`.
    private mutating func lacksColon(at number: Int, _ source: SourceLines) {
        let written = source.line(number)
        let indentation = written.prefix { $0 == " " }.count
        let text = SourceText.string(written[...]).trimmed
        line = number
        column = indentation + 1
        if let unparted = UnpartedKey(text, isKey: Vocabulary.isName) {
            (message, hint) = (unparted.message, unparted.hint)
            return
        }
        let words = text.split(separator: " ", maxSplits: 1)
        message = "a `:` is missing after a key"
        if let key = words.first, Vocabulary.isName(String(key)) {
            let value = words.count > 1 ? "\(words[1])" : "…"
            hint = "write \(Quotation.pasted("\(key): \(value)") ?? "`\(key): …`")"
        }
    }

    /// The longest key that YAML finds.
    private static let longestKey = 1024

    /// A key that is longer than YAML looks for its `:`.
    private mutating func explainLongKey(_ source: SourceLines, _ contextLine: Int?) -> Bool {
        for number in [line, contextLine ?? line, line - 1] where number >= 1 {
            let written = source.line(number)
            var start = 0
            for (index, scalar) in written.enumerated() where " \t,:{}[]".unicodeScalars.contains(scalar) {
                if scalar == ":", index - start > Self.longestKey {
                    (line, column) = (number, start + 1)
                    message = "a key has at most \(Self.longestKey) characters"
                    hint = "give it a shorter name, or part it from its value by `: `"
                    return true
                }
                start = index + 1
            }
        }
        return false
    }

    /// A list or keys in brackets that end too late, or not at all.
    private mutating func isNotClosed(
        _ problem: String, _ openingLine: Int?, _ openingColumn: Int?, _ source: SourceLines
    ) {
        let isList = problem.hasSuffix("']'")
        if let openingLine, let openingColumn, openingLine < line {
            (line, column) = (openingLine, openingColumn)
            message = isList ? "this `[` is not closed" : "this `{` is not closed"
            hint = "write `\(isList ? "]" : "}")` where it ends; within it commas stand between the values"
        } else if isList {
            message = "expected `,` or `]` here: in `[ … ]` a comma or a bracket ends a value"
            hint = "put the value in single quotes"
        } else {
            message = "expected `,` or `}` here: in `{ … }` a comma or a bracket ends a value"
            hint = "put the whole value in single quotes, or write each key on a line of its own"
        }
    }

    /// Whether a value of this line is one that YAML cannot hold.
    private mutating func explain(_ written: YAMLLine, _ number: Int, _ problem: String) -> Bool {
        guard let value = written.value, let first = value.first else { return false }
        let isHere = number == line
        switch first {
        case "@", "`", "%":
            message = "YAML does not allow a value to begin with \(Quotation.inline(String(first)))"
        case "!": message = YAMLTag.message
        case "*" where isHere && problem != "found undefined alias":
            message = "`*` begins an alias in YAML, and aliases are refused"
        case "-" where isHere && value.hasPrefix("- "):
            message = "YAML reads `- ` as the beginning of a list"
        case "[", "{":
            guard written.isProse else { return false }
            message = "YAML reads `\(first)` as the beginning of \(first == "[" ? "a list" : "keys and values")"
        case "\"" where isHere && problem == "found unknown escape character":
            message = "in `\"…\"` YAML reads `\\` and what follows it itself"
        case "\"", "'":
            guard written.hasTextAfterQuote else { return false }
            message = "the quotation marks end before the value does"
        case _ where written.isInBraces:
            message = "in `{ … }` a comma or a brace ends a value"
        default:
            guard value.contains(": ") || value.hasSuffix(":") else { return false }
            message = "YAML reads `: ` in this value as a key and a value of its own"
        }
        line = number
        column = written.valueColumn
        let sound = written.mended
        mended = sound ?? written.quoted
        if first == "!" {
            hint = YAMLTag(value.unicodeScalars[...]).cure
        } else if let pasted = sound.flatMap({ Quotation.pasted($0.trimmed) }) {
            hint = "write \(pasted)"
        } else if let kind = ExpressionKind(key: written.key) {
            hint = "for example `\(written.key): \(kind.example)`"
        } else {
            hint = "write each key on a line of its own, or put the whole value in single quotes"
        }
        return true
    }
}

extension String {
    /// Without blanks at both ends.
    var trimmed: String {
        let start = drop { $0 == " " || $0 == "\t" }
        var result = String(start)
        while result.last == " " || result.last == "\t" { result.removeLast() }
        return result
    }
}
