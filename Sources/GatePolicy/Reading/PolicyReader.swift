/// Reads the text of a policy.
public enum PolicyReader {
    /// What came of it: a policy when nothing is wrong, and everything that was found, in the file's order.
    public typealias Result = (policy: Policy?, diagnostics: [Diagnostic])

    /// Reads a policy from bytes of any kind; it never traps and stays within `PolicyLimits`.
    ///
    /// - Parameters:
    ///   - bytes: what the file holds
    ///   - file: the name that diagnostics give it
    ///   - digest: the SHA-256 of the bytes in hexadecimal, for the policy to carry
    public static func read(_ bytes: [UInt8], file: String, digest: String) -> Result {
        if bytes.count > PolicyLimits.bytes { return (nil, [tooLong(file)]) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return (nil, [notText(bytes, file)])
        }
        return read(text, file: file, digest: digest)
    }

    /// Reads a policy from text; it never traps and stays within `PolicyLimits`.
    ///
    /// - Parameters:
    ///   - text: what the file holds
    ///   - file: the name that diagnostics give it
    ///   - digest: the SHA-256 of the bytes in hexadecimal, for the policy to carry
    public static func read(_ text: String, file: String, digest: String) -> Result {
        if text.utf8.count > PolicyLimits.bytes { return (nil, [tooLong(file)]) }
        // A byte order mark says nothing in UTF-8.
        let text = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
        var loader = DocumentLoader(text, file: file)
        let root = loader.load()
        var reader = DocumentReader(loader.source)
        if let root { reader.read(root) }
        // On a line that was mended only the mending is told: columns of other findings would be wrong.
        let found = loader.diagnostics + reader.diagnostics.filter { !loader.mendedLines.contains($0.span.line) }
        let diagnostics = finish(found, SourceLines(text, file: file))
        guard !diagnostics.contains(where: { $0.severity == .error }) else { return (nil, diagnostics) }
        let policy = Policy(
            file: file, digest: digest, gates: reader.gates, parts: reader.parts, aliases: reader.aliases,
            block: reader.block, warnings: diagnostics)
        return (policy, diagnostics)
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
        var result = order.filter(kept.contains).map { index in
            var diagnostic = unique[index]
            diagnostic.sourceLine = source.text(diagnostic.span.line)
            return diagnostic
        }
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
