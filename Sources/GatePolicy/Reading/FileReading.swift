/// One file of a policy, read by itself: what it says, and every mistake that needs no other file to be seen.
struct FileReading {
    var reader: DocumentReader
    private var loaded: [Diagnostic] = []
    /// Lines that were mended: columns of other findings on them would be wrong.
    private var mendedLines: Set<Int> = []
    private let source: SourceLines
    /// Whether it says of itself that it is a policy.
    private var isPolicy = false
    /// Whether all of it could be read as keys and values.
    var isDocument: Bool { isPolicy }
    /// Why nothing of it can be read.
    private var refusal: Diagnostic?

    /// Reads bytes of any kind; it never traps and stays within `PolicyLimits`.
    init(_ bytes: [UInt8], file: String, role: PolicyFileRole) {
        let text = String(validating: bytes, as: UTF8.self)
        self.init(text ?? "", file: file, role: role, reads: text != nil && bytes.count <= PolicyLimits.bytes)
        if bytes.count > PolicyLimits.bytes {
            refusal = Self.tooLong(file)
        } else if text == nil {
            refusal = Self.notText(bytes, file)
        }
    }

    private init(_ text: String, file: String, role: PolicyFileRole, reads: Bool) {
        let text = SourceText.withoutMark(text)
        source = SourceLines(reads ? text : "", file: file)
        guard reads else {
            reader = DocumentReader(source, role: role)
            return
        }
        var loader = DocumentLoader(text, file: file)
        let root = loader.load()
        reader = DocumentReader(loader.source, role: role)
        if let root {
            reader.read(root)
            isPolicy = root.holds("version") && loader.diagnostics.isEmpty
        }
        loaded = loader.diagnostics
        mendedLines = loader.mendedLines
    }

    /// Everything that was found, in the file's order.
    /// - Parameter quotes: whether lines of the file may be quoted; not those of another repository's.
    func diagnostics(quotes: Bool) -> [Diagnostic] {
        if let refusal { return [refusal] }
        let found = loaded + reader.diagnostics.filter { !mendedLines.contains($0.span.line) }
        if quotes { return Self.finish(found, source) }
        let hasErrors = found.contains { $0.severity == .error }
        if !isPolicy, hasErrors {
            // Whoever writes an `include` may name any file that the service can read: a file that is no policy stays
            // unread, word by word.
            let line = loaded.first?.span.line ?? 1
            let place = SourceSpan(file: source.file, line: line, column: 1)
            return [Diagnostic(span: place, message: "this is not a policy, or cannot be read as one")]
        }
        return Self.finish(found, source).map { diagnostic in
            var told = diagnostic
            told.sourceLine = nil
            // Hints write lines anew.
            told.hint = nil
            return told
        }
    }

    private static func tooLong(_ file: String) -> Diagnostic {
        Diagnostic(
            span: SourceSpan(file: file, line: 1, column: 1),
            message: "the policy is longer than \(PolicyLimits.bytes / 1024) KiB",
            hint: "write fewer gates, or shorter ones")
    }

    private static func notText(_ bytes: [UInt8], _ file: String) -> Diagnostic {
        let repaired = SourceLines(String(decoding: bytes, as: UTF8.self), file: file)
        var place = SourceSpan(file: file, line: 1, column: 1)
        for (index, line) in repaired.lines.enumerated() {
            if let column = line.firstIndex(of: "\u{FFFD}") {
                place = SourceSpan(file: file, line: index + 1, column: column + 1)
                break
            }
        }
        return Diagnostic(span: place, message: "a byte here is not UTF-8", hint: "save the file as UTF-8")
    }

    /// Puts diagnostics in order, gives them their lines and keeps to the limit.
    private static func finish(_ found: [Diagnostic], _ source: SourceLines) -> [Diagnostic] {
        var seen: Set<Diagnostic> = []
        let unique = found.filter { seen.insert($0).inserted }
        let order = unique.enumerated().map { ($1.span.line, $1.span.column, $0) }.sorted { $0 < $1 }.map(\.2)
        // Errors are never pushed out by warnings.
        let errors = order.filter { unique[$0].severity == .error }.prefix(PolicyLimits.diagnostics)
        let warnings = order.filter { unique[$0].severity == .warning }.prefix(PolicyLimits.diagnostics - errors.count)
        let kept = Set(errors).union(warnings)
        var result = order.filter(kept.contains).map { unique[$0].quoting(source) }
        if result.count < unique.count, let last = result.last {
            result.append(
                Diagnostic(
                    severity: errors.isEmpty ? .warning : .error, span: last.span,
                    message: "\(unique.count - result.count) more findings are not shown",
                    hint: "mend these first", sourceLine: last.sourceLine))
        }
        return result
    }
}

extension Diagnostic {
    /// The same with the line that it speaks of.
    func quoting(_ source: SourceLines) -> Diagnostic {
        var quoting = self
        quoting.sourceLine = source.text(span.line)
        return quoting
    }
}

extension DocumentNode {
    /// Whether it is keys and values, and this is one of the keys.
    fileprivate func holds(_ key: String) -> Bool {
        guard case .entries(let entries) = content else { return false }
        return entries.contains { $0.key.string == key }
    }
}
