/// Puts a policy's text into one form: indentation, blanks, and the spacing of expressions; never what it means.
public enum PolicyFormatter {
    /// The formatted text; nil with the reasons when the text cannot be read as YAML.
    ///
    /// Comments, the order of keys and quotation marks stay. What cannot be moved without another meaning stays too.
    public static func format(_ text: String, file: String) -> (text: String?, diagnostics: [Diagnostic]) {
        guard text.utf8.count <= PolicyLimits.bytes else {
            return (nil, PolicyReader.read(text, file: file, digest: "").diagnostics)
        }
        let text = SourceText.withoutMark(text)
        var loader = DocumentLoader(text, file: file)
        guard let root = loader.load(), loader.diagnostics.isEmpty else {
            let source = SourceLines(text, file: file)
            return (nil, loader.diagnostics.map { $0.quoting(source) })
        }
        var layout = Layout(loader.source)
        layout.visit(root, depth: 0, .root)
        let formatted = layout.text
        var again = DocumentLoader(formatted, file: file)
        guard let same = again.load(), again.diagnostics.isEmpty, same.meaning(.root) == root.meaning(.root) else {
            return (text, [])
        }
        return (formatted, [])
    }
}

/// What a node of a policy is, as far as its spacing goes.
private enum Place {
    case root
    /// Names of one's own, each with an expression.
    case groups
    /// Words of one's own, which are no keys of the language.
    case commands
    case expression
    case other

    /// Keys whose texts are expressions.
    private static let expressionKeys: Set<String> = [
        "when", "require", "advisory", "by", "block", "ignore_commits_by",
    ]

    /// What stands at a key of a map here: patterns in the map of `block` are no expressions, though `block` may be one.
    func at(_ key: String) -> Place {
        switch self {
        case .root where key == "groups": .groups
        case .root where key == "commands": .commands
        case .groups: .expression
        case .commands: .commands
        case .root, .expression, .other: Self.expressionKeys.contains(key) ? .expression : .other
        }
    }
}

/// Where each line of a policy should stand, and what should stand on it instead.
private struct Layout {
    let source: SourceLines
    /// The wanted indentation of lines that begin an entry.
    private var indents: [Int: Int] = [:]
    /// Lines inside a text of several lines: only moved as a whole.
    private var verbatim: Set<Int> = []
    private var replacements: [Int: [(columns: Range<Int>, text: String)]] = [:]

    init(_ source: SourceLines) { self.source = source }

    mutating func visit(_ node: DocumentNode, depth: Int, _ here: Place) {
        switch node.content {
        case .text(let text, _):
            guard let first = text.places.first, let last = text.places.last else { return }
            if last.line > first.line {
                // A block's text has its first line for itself.
                let isBlock = source.line(first.line).prefix(first.column - 1).allSatisfy { $0 == " " }
                verbatim.formUnion((isBlock ? first.line : first.line + 1)...last.line)
            } else if here == .expression {
                respace(text)
            }
        case .list(let elements):
            for element in elements {
                place(element.span.line, 2 * depth) { $0 == "-" }
                visit(element, depth: depth + 1, .other)
            }
        case .entries(let entries):
            for entry in entries {
                guard let start = entry.key.places.first else { continue }
                let first = source.line(start.line).prefix(start.column - 1)
                if first.allSatisfy({ $0 == " " }) { place(start.line, 2 * depth) { _ in true } }
                visit(entry.value, depth: depth + 1, here.at(entry.key.string))
            }
        }
    }

    private mutating func place(_ line: Int, _ indent: Int, where begins: (Unicode.Scalar) -> Bool) {
        // Of a list in a list the outer one begins the line.
        guard indents[line] == nil, let first = source.line(line).first(where: { $0 != " " }), begins(first) else {
            return
        }
        indents[line] = indent
    }

    private mutating func respace(_ text: SourceText) {
        guard let start = text.places.first, let end = text.places.last, let tokens = try? Lexer.tokens(text),
            end.column - start.column == text.scalars.count,
            source.line(start.line).dropFirst(start.column - 1).prefix(text.scalars.count).elementsEqual(text.scalars)
        else { return }
        replacements[start.line, default: []].append(
            (start.column - 1..<end.column - 1, ExpressionSpacing.text(tokens, of: text)))
    }

    var text: String {
        var lines: [String] = []
        var shift = 0
        for number in 1...max(1, source.lines.count) {
            var line = source.line(number)
            for replacement in (replacements[number] ?? []).sorted(by: { $0.columns.lowerBound > $1.columns.lowerBound }
            ) {
                line.replaceSubrange(replacement.columns, with: Array(replacement.text.unicodeScalars))
            }
            if !verbatim.contains(number) {
                while let last = line.last, last == " " || last == "\t" { line.removeLast() }
            }
            let indent = line.prefix { $0 == " " }.count
            if line.isEmpty {
                if verbatim.contains(number) || lines.last?.isEmpty == false { lines.append("") }
                continue
            }
            if let wanted = indents[number] {
                shift = wanted - indent
            } else if line[indent] == "#", !verbatim.contains(number), let next = nextShift(after: number) {
                shift = next
            }
            var rest = Array(line.dropFirst(indent))
            if indents[number] != nil { Self.tidyDashes(&rest) }
            line = Array(repeating: " ", count: max(0, indent + shift)) + rest
            lines.append(SourceText.string(line))
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.joined(separator: "\n") + "\n"
    }

    /// One blank after each dash that begins an element: the keys below the first stand two columns behind the dash.
    private static func tidyDashes(_ line: inout [Unicode.Scalar]) {
        var start = 0
        while start + 1 < line.count, line[start] == "-", line[start + 1] == " " {
            start += 2
            let blanks = line[start...].prefix { $0 == " " }.count
            line.removeSubrange(start..<start + blanks)
        }
    }

    /// A comment stands with what follows it.
    private func nextShift(after number: Int) -> Int? {
        guard let next = indents.keys.filter({ $0 > number }).min(), let wanted = indents[next] else { return nil }
        return wanted - source.line(next).prefix { $0 == " " }.count
    }
}

extension DocumentNode {
    /// What the document says, without places and the spacing of expressions.
    fileprivate func meaning(_ here: Place) -> [String] {
        switch content {
        case .text(let text, _):
            guard here == .expression, let tokens = try? Lexer.tokens(text) else { return ["=\(text.string)"] }
            return tokens.map { text.string($0.range) }
        case .list(let elements): return ["["] + elements.flatMap { $0.meaning(.other) } + ["]"]
        case .entries(let entries):
            return ["{"]
                + entries.flatMap { entry in
                    ["\(entry.key.string):"] + entry.value.meaning(here.at(entry.key.string))
                } + ["}"]
        }
    }
}
