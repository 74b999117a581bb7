/// Puts a policy's text into one form: indentation, blanks, and the spacing of expressions; never what it means.
public enum PolicyFormatter {
    /// The formatted text; nil with the reasons when the text cannot be read, or not be formatted.
    ///
    /// Nothing but blanks and line breaks changes: comments, the order of keys and quotation marks stay.
    public static func format(_ text: String, file: String) -> (text: String?, diagnostics: [Diagnostic]) {
        guard text.utf8.count <= PolicyLimits.bytes else {
            return (nil, PolicyReader.read(text, file: file, digest: "").diagnostics)
        }
        let text = SourceText.withoutMark(text)
        let source = SourceLines(text, file: file)
        var loader = DocumentLoader(text, file: file)
        guard let root = loader.load(), loader.diagnostics.isEmpty else {
            return (nil, loader.diagnostics.map { $0.quoting(source) })
        }
        let mistakes = root.mistakes(.root)
        guard mistakes.isEmpty else {
            return (nil, mistakes.prefix(PolicyLimits.diagnostics).map { $0.quoting(source) })
        }
        var layout = Layout(loader.source)
        layout.visit(root, depth: 0, .root)
        let lines = layout.lines
        let formatted = lines.map { $0.text + "\n" }.joined()
        if let line = changed(by: formatted, of: text, root, lines.map(\.number)) {
            let refusal = Diagnostic(
                span: SourceSpan(file: file, line: line, column: 1, length: 1),
                message: "this cannot be put into the one form without another meaning",
                hint: "write the text on one line, or in quotes")
            return (nil, [refusal.quoting(source)])
        }
        return (formatted, [])
    }

    /// The first line of a text that means something else when it is formatted; nil where nothing but blanks changed.
    /// - Parameter numbers: the lines of the text that the formatted ones are.
    private static func changed(
        by formatted: String, of text: String, _ root: DocumentNode, _ numbers: [Int]
    ) -> Int? {
        var loader = DocumentLoader(formatted, file: "")
        let again = loader.load()
        if let mistake = loader.diagnostics.first {
            return mistake.span.line <= numbers.count ? numbers[mistake.span.line - 1] : 1
        }
        let (before, after) = (root.meaning(.root), again?.meaning(.root) ?? [])
        if let other = zip(before, after).first(where: { $0.text != $1.text }) { return other.0.span.line }
        return before.count == after.count && text.withoutBlanks == formatted.withoutBlanks ? nil : 1
    }
}

extension String {
    /// What a formatter may not touch.
    fileprivate var withoutBlanks: [Unicode.Scalar] {
        unicodeScalars.filter { ![" ", "\t", "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains($0) }
    }
}

/// What a node of a policy is, as far as its spacing goes.
private enum Place {
    case root
    /// Names of one's own, each with an expression.
    case groups
    /// Words of one's own, which are no keys of the language.
    case commands
    case expression(ExpressionKind)
    case other

    /// What stands at a key of a map here: patterns in the map of `block` are no expressions, though `block` may be one.
    func at(_ key: String) -> Place {
        switch self {
        case .root where key == "groups": .groups
        case .root where key == "commands": .commands
        case .groups: .expression(.people)
        case .commands: .commands
        case .root, .expression, .other: ExpressionKind(key: key).map { .expression($0) } ?? .other
        }
    }
}

/// Where each line of a policy should stand, and what should stand on it instead.
private struct Layout {
    let source: SourceLines
    /// The wanted indentation of lines that begin an entry or a value, outside brackets.
    private var indents: [Int: Int] = [:]
    /// Lines inside a text of several lines: only moved as a whole.
    private var verbatim: Set<Int> = []
    /// Lines on which a text of several lines ends.
    private var continued: Set<Int> = []
    /// What stands on each line, as it should be written.
    private var texts: [Int: [LineSpacing.Text]] = [:]

    init(_ source: SourceLines) { self.source = source }

    // MARK: What stands where

    mutating func visit(_ node: DocumentNode, depth: Int, _ here: Place) {
        switch node.content {
        case .text(let text, let isPlain):
            if isPlain, text.scalars.isEmpty { return }
            if let start = put(text, isPlain: isPlain, here) { place(start.line, 2 * depth, ifFirst: start.column - 1) }
        case .list(let elements):
            place(node.span.line, 2 * depth, ifFirst: "[")
            for element in elements {
                place(lineOfDash(before: element), 2 * depth, ifFirst: "-")
                visit(element, depth: depth + 1, .other)
            }
        case .entries(let entries):
            place(node.span.line, 2 * depth, ifFirst: "{")
            for entry in entries {
                if let start = put(entry.key, .other) { place(start.line, 2 * depth, ifFirst: start.column - 1) }
                visit(entry.value, depth: depth + 1, here.at(entry.key.string))
            }
        }
    }

    /// The line on which an element of a list begins: above its text where that is a block, or stands by itself.
    private func lineOfDash(before element: DocumentNode) -> Int {
        var number = element.span.line
        if source.line(number).prefix(element.span.column - 1).contains(where: { $0 != " " }) { return number }
        repeat { number -= 1 } while source.line(number).first { $0 != " " }.map { $0 == "#" } ?? (number > 0)
        return number
    }

    private mutating func place(_ line: Int, _ indent: Int, ifFirst character: Unicode.Scalar) {
        // Of a list in a list the outer one begins the line.
        if indents[line] == nil, source.line(line).first(where: { $0 != " " }) == character { indents[line] = indent }
    }

    private mutating func place(_ line: Int, _ indent: Int, ifFirst column: Int) {
        if indents[line] == nil, source.line(line).prefix(column).allSatisfy({ $0 == " " }) { indents[line] = indent }
    }

    /// Notes where a text stands; its first place, quotes included, unless it is a block of lines of its own.
    private mutating func put(_ text: SourceText, isPlain: Bool = true, _ here: Place) -> SourceText.Place? {
        guard var start = text.places.first, var end = text.places.last else { return nil }
        let mark = source.line(start.line).prefix(start.column - 1).last
        let isQuoted = mark == "\"" || mark == "'"
        if isQuoted {
            start.column -= 1
            guard let close = endOfQuotation(from: start) else { return nil }
            end = close
        } else if text.scalars.isEmpty {
            return nil
        } else if !isPlain {
            // Its last line break may be the text's last character.
            let lines = start.line...max(start.line, end.column == 1 ? end.line - 1 : end.line)
            verbatim.formUnion(lines)
            return nil
        }
        if start.line == end.line {
            let columns = start.column - 1..<end.column - 1
            texts[start.line, default: []].append(
                (columns, respaced(text, here) ?? Array(source.line(start.line)[columns])))
            return start
        }
        let (first, last) = (source.line(start.line), source.line(end.line))
        texts[start.line, default: []].append((start.column - 1..<first.count, Array(first[(start.column - 1)...])))
        verbatim.formUnion(start.line + 1..<end.line)
        continued.insert(end.line)
        let columns = min(last.prefix { $0 == " " }.count, end.column - 1)..<end.column - 1
        texts[end.line, default: []].append((columns, Array(last[columns])))
        return start
    }

    /// Behind the quotation mark that closes what one opens.
    private func endOfQuotation(from start: SourceText.Place) -> SourceText.Place? {
        let mark = source.line(start.line)[start.column - 1]
        var index = start.column
        for number in start.line...max(start.line, source.lines.count) {
            let line = source.line(number)
            while index < line.count {
                let isDoubled = index + 1 < line.count && line[index + 1] == mark
                switch (mark, line[index]) {
                case ("\"", "\\"): index += 2
                case ("'", "'") where isDoubled: index += 2
                case (_, mark): return .init(line: number, column: index + 2)
                default: index += 1
                }
            }
            index = 0
        }
        return nil
    }

    /// An expression with the blanks that everybody writes; nil for what is none, or is not written as it reads.
    private func respaced(_ text: SourceText, _ here: Place) -> [Unicode.Scalar]? {
        guard case .expression = here, let start = text.places.first, let tokens = try? Lexer.tokens(text) else {
            return nil
        }
        let line = source.line(start.line)
        guard line.dropFirst(start.column - 1).prefix(text.scalars.count).elementsEqual(text.scalars) else {
            return nil
        }
        let mark = line.prefix(start.column - 1).last.flatMap { $0 == "\"" || $0 == "'" ? [$0] : nil } ?? []
        return mark + Array(ExpressionSpacing.text(tokens, of: text).unicodeScalars) + mark
    }

    // MARK: The lines

    /// The lines as they should be, each with the number it has now.
    var lines: [(number: Int, text: String)] {
        var lines: [(number: Int, text: String)] = []
        let shifts = shifts
        for number in 1...max(1, source.lines.count) {
            let line = source.line(number)
            let indent = line.prefix { $0 == " " }.count
            var rest = verbatim.contains(number) ? Array(line.dropFirst(indent)) : spacing(number).text
            if !verbatim.contains(number) {
                while let last = rest.last, LineSpacing.isBlank(last) { rest.removeLast() }
            }
            if rest.isEmpty {
                if verbatim.contains(number) || lines.last?.text.isEmpty == false { lines.append((number, "")) }
                continue
            }
            let blanks = [Unicode.Scalar](repeating: " ", count: max(0, indent + shifts[number - 1]))
            lines.append((number, SourceText.string(blanks + rest)))
        }
        while lines.last?.text.isEmpty == true { lines.removeLast() }
        return lines
    }

    private func spacing(_ number: Int) -> LineSpacing {
        let texts = (texts[number] ?? []).sorted { $0.columns.lowerBound < $1.columns.lowerBound }
        return LineSpacing(source.line(number), texts: texts)
    }

    /// How far each line moves.
    private var shifts: [Int] {
        var shifts: [Int] = []
        var isComment: [Bool] = []
        var shift = 0
        // Where the lines will stand that opened the brackets around this one.
        var brackets: [Int] = []
        for number in 1...max(1, source.lines.count) {
            let indent = source.line(number).prefix { $0 == " " }.count
            let kinds = verbatim.contains(number) ? [] : spacing(number).kinds
            isComment.append(kinds == [.comment] && brackets.isEmpty)
            if continued.contains(number) {
                // It moves with the lines before it.
            } else if let first = kinds.first, let bracket = brackets.last {
                shift = (first == .closeMap || first == .closeList ? bracket : bracket + 2) - indent
            } else if let wanted = indents[number] {
                shift = wanted - indent
            }
            shifts.append(shift)
            for kind in kinds {
                switch kind {
                case .openMap, .openList: brackets.append(max(0, indent + shift))
                case .closeMap, .closeList: _ = brackets.popLast()
                default: break
                }
            }
        }
        // A comment stands with what follows it.
        var next: Int?
        for index in shifts.indices.reversed() {
            if isComment[index] {
                shifts[index] = next ?? shifts[index]
            } else if indents[index + 1] != nil {
                next = shifts[index]
            }
        }
        return shifts
    }
}

extension DocumentNode {
    /// What the document says, without the spacing of expressions, and where it says it.
    fileprivate func meaning(_ here: Place) -> [(text: String, span: SourceSpan)] {
        switch content {
        case .text(let text, _):
            guard case .expression = here, let tokens = try? Lexer.tokens(text) else {
                return [("=\(text.string)", span)]
            }
            return tokens.map { (text.string($0.range), span) }
        case .list(let elements):
            return [("[", span)] + elements.flatMap { $0.meaning(.other) } + [("]", span)]
        case .entries(let entries):
            return [("{", span)]
                + entries.flatMap { entry in
                    [("\(entry.key.string):", entry.key.span)] + entry.value.meaning(here.at(entry.key.string))
                } + [("}", span)]
        }
    }

    /// What is wrong with the expressions as such: what cannot be read cannot be spaced.
    fileprivate func mistakes(_ here: Place) -> [Diagnostic] {
        switch content {
        case .text(let text, _):
            guard case .expression(let kind) = here else { return [] }
            do {
                _ = try ExpressionParser.parse(text, as: kind)
                return []
            } catch {
                return [Diagnostic(span: text.span(error.range), message: error.message, hint: error.hint)]
            }
        case .list(let elements): return elements.flatMap { $0.mistakes(.other) }
        case .entries(let entries): return entries.flatMap { $0.value.mistakes(here.at($0.key.string)) }
        }
    }
}
