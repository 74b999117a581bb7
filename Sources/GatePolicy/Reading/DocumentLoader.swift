import Yams

/// Turns YAML text into nodes with places, and mends what it can in order to read on.
struct DocumentLoader {
    private(set) var source: SourceLines
    private(set) var diagnostics: [Diagnostic] = []
    /// Lines that were mended: what is found on them afterwards has wrong columns and is not told.
    private(set) var mendedLines: Set<Int> = []
    /// Keys that stand twice, and where: they were renamed in order to read on.
    private var renamed: [String: (name: String, span: SourceSpan)] = [:]
    private var nodes = 0
    private var isOverLimit = false

    /// How many mistakes are mended: each time the whole text is read again.
    private let mendings: Int

    init(_ text: String, file: String) {
        source = SourceLines(text, file: file)
        mendings = text.utf8.count > PolicyLimits.bytesOfManyMendings ? PolicyLimits.fewMendings : PolicyLimits.mendings
    }

    /// The document; nil when there is none, or it cannot be read on.
    mutating func load() -> DocumentNode? {
        for alias in AliasScan.aliases(in: source) {
            report(alias, "aliases are refused, so that what a gate says stands in one place", "write the value out")
            mendedLines.insert(alias.line)
            // A name that stands for nothing, in order to read on.
            source.lines[alias.line - 1][alias.column - 1] = "x"
        }
        for _ in 0...mendings {
            do {
                let parser = try Parser(yaml: source.joined)
                guard let root = try parser.singleRoot() else {
                    report(place(1, 1), "the policy is empty", "begin with `version: 1` and `gates:`")
                    return nil
                }
                // An anchor is held weakly: it is gone with the parser.
                let document = withExtendedLifetime(parser) { convert(root, depth: 0) }
                // What was cut off would be missed, and that is not what is wrong.
                return isOverLimit ? nil : document
            } catch {
                guard repair(error) else { return nil }
            }
        }
        return nil
    }

    private func place(_ line: Int, _ column: Int, length: Int = 1) -> SourceSpan {
        SourceSpan(file: source.file, line: max(1, line), column: max(1, column), length: length)
    }

    private mutating func report(_ span: SourceSpan, _ message: String, _ hint: String? = nil) {
        diagnostics.append(Diagnostic(span: span, message: message, hint: hint))
    }

    // MARK: Mistakes of YAML

    /// Reports what the parser says; whether the text was changed so that reading on is worth while.
    private mutating func repair(_ error: any Error) -> Bool {
        switch error as? YamlError {
        case .duplicatedKeysInMapping(_, let context):
            return rename(line: context.mark.line, column: context.mark.column)
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            return mend(problem, mark, context)
        case .reader(_, let offset, _, _):
            report(offsetPlace(offset ?? 0), "YAML does not allow this character", "take the control character away")
            return false
        default:
            report(place(1, 1), "this cannot be read as YAML")
            return false
        }
    }

    private func offsetPlace(_ offset: Int) -> SourceSpan {
        for (index, line) in source.lines.enumerated() {
            let column = line.firstIndex {
                $0.value < 0x20 && $0 != "\t" || (0x7F...0x9F).contains($0.value) || $0.value == 0xFEFF && index > 0
                    || (0xFFFE...0xFFFF).contains($0.value)
            }
            if let column { return place(index + 1, column + 1) }
        }
        return place(1, 1)
    }

    private mutating func mend(_ problem: String, _ mark: Mark, _ context: YamlError.Context?) -> Bool {
        let mistake = YAMLMistake(
            problem: problem, line: mark.line, column: mark.column, context: context?.text,
            contextLine: context?.mark.line, contextColumn: context?.mark.column, source: source)
        let line = min(max(1, mistake.line), source.lines.count)
        report(place(line, mistake.column), mistake.message, mistake.hint)
        guard let mended = mistake.mended, !mendedLines.contains(line) else { return false }
        mendedLines.insert(line)
        source.lines[line - 1] = Array(mended.unicodeScalars)
        return true
    }

    /// Gives the first of two equal keys another name of the same length, so that both can be seen.
    private mutating func rename(line: Int, column: Int) -> Bool {
        let scalars = source.line(line)
        var start = column - 1
        let failed = { (loader: inout DocumentLoader, name: String) in
            let this = (name, loader.place(line, column, length: max(1, name.unicodeScalars.count)))
            for (name, span) in Array(loader.renamed.values) + [this] {
                loader.report(
                    span, "the key \(Quotation.inline(name)) stands more than once, also here",
                    "give one of them another name, or join the two")
            }
            return false
        }
        guard start >= 0, start < scalars.count else { return failed(&self, "") }
        var end = start
        if scalars[start] == "\"" || scalars[start] == "'" {
            start += 1
            end = start
            while end < scalars.count, scalars[end] != scalars[start - 1] { end += 1 }
        } else {
            while end < scalars.count, scalars[end] != ":", scalars[end] != " ", scalars[end] != "," { end += 1 }
        }
        let name = SourceText.string(scalars[start..<end])
        guard end > start, let stand = Unicode.Scalar(0xE000 + renamed.count), renamed.count < mendings
        else {
            return failed(&self, name)
        }
        let replacement = [Unicode.Scalar](repeating: stand, count: end - start)
        renamed[SourceText.string(replacement)] = (name, place(line, start + 1, length: end - start))
        source.lines[line - 1].replaceSubrange(start..<end, with: replacement)
        return true
    }

    // MARK: Nodes

    private mutating func convert(_ node: Node, depth: Int) -> DocumentNode? {
        nodes += 1
        let (line, column) = node.mark.map { ($0.line, $0.column) } ?? (1, 1)
        let span = place(line, column)
        if nodes > PolicyLimits.nodes || depth > PolicyLimits.depth {
            if !isOverLimit {
                let what =
                    nodes > PolicyLimits.nodes
                    ? "holds more than \(PolicyLimits.nodes) keys and values"
                    : "is nested more than \(PolicyLimits.depth) deep"
                report(span, "the policy \(what)")
            }
            isOverLimit = true
            return nil
        }
        if node.anchor != nil {
            report(span, "anchors are refused, so that what a gate says stands in one place", "take the `&…` away")
        }
        refuseTag(at: line, column)
        switch node {
        case .scalar(let scalar):
            let text = ScalarLocator.locate(
                scalar.string, style: scalar.style, line: line, column: column, in: source)
            return DocumentNode(
                content: .text(text, isPlain: scalar.style == .plain), span: text.scalars.isEmpty ? span : text.span)
        case .sequence(let sequence):
            var list: [DocumentNode] = []
            for item in sequence {
                if isOverLimit { break }
                if let item = convert(item, depth: depth + 1) { list.append(item) }
            }
            return DocumentNode(content: .list(list), span: span)
        case .mapping(let mapping): return DocumentNode(content: .entries(entries(mapping, depth)), span: span)
        case .alias:
            report(span, "aliases are refused, so that what a gate says stands in one place", "write the value out")
            return nil
        }
    }

    /// Refuses a tag: YAML would take it away, and `!` with it.
    private mutating func refuseTag(at line: Int, _ column: Int) {
        let written = source.line(line)
        // What has an anchor is refused already; a plain value cannot begin with `!`.
        guard written.indices.contains(column - 1), written[column - 1] == "!", !mendedLines.contains(line) else {
            return
        }
        let tag = YAMLTag(written[(column - 1)...])
        report(place(line, column), YAMLTag.message, tag.cure)
        mendedLines.insert(line)
    }

    private mutating func entries(_ mapping: Node.Mapping, _ depth: Int) -> [DocumentNode.Entry] {
        var entries: [DocumentNode.Entry] = []
        var lines: [[Unicode.Scalar]: Int] = [:]
        for (key, value) in mapping {
            if isOverLimit { break }
            guard let read = convert(key, depth: depth + 1), let value = convert(value, depth: depth + 1) else {
                continue
            }
            guard case .text(var name, _) = read.content else {
                report(read.span, "a key is a text, and this is \(read.kind)")
                continue
            }
            if let original = renamed[name.string]?.name { name.scalars = Array(original.unicodeScalars) }
            if let first = lines[name.scalars] {
                report(
                    name.span,
                    "the key \(Quotation.inline(name.string)) stands twice, first on line \(first)",
                    "give one of them another name, or join the two")
                continue
            }
            lines[name.scalars] = name.span.line
            entries.append(.init(key: name, value: value))
        }
        return entries
    }
}
