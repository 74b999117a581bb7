/// Unit tests of a policy: made-up pull requests in a short form, and what the policy should say of them.
public struct PolicyTestFile: Sendable {
    /// The file they were read from, as shown.
    public var file: String
    /// The policy they test: a path, relative to the folder of the test file.
    public var policy: String
    /// Files that the policy includes, by the place as an `include` writes it: paths, relative to the same folder.
    public var files: [String: String] = [:]
    /// The organisation's own file, whose required gates every repository gets: a path, relative to the same folder.
    public var organization: String?
    /// The cases, in the file's order.
    public var cases: [PolicyTestCase]
    /// The place of `people`, or of the document where there is none: teams are missing there.
    var peopleSpan: SourceSpan
    /// The text, for messages that quote a line.
    var source: SourceLines

    /// The policy beside a test file: its own name without `.test`.
    static func policyBeside(_ file: String) -> String {
        let name = file.split(separator: "/").last.map(String.init) ?? file
        for ending in [".test.yml", ".test.yaml"] where name.hasSuffix(ending) {
            return String(name.dropLast(ending.count) + ending.dropFirst(".test".count))
        }
        return "countersign.yml"
    }

    /// What came of reading: the tests when nothing is wrong, and everything that was found, in the file's order.
    public typealias Result = (tests: PolicyTestFile?, diagnostics: [Diagnostic])

    /// Reads tests from bytes of any kind; it never traps and stays within `PolicyLimits`.
    public static func read(_ bytes: [UInt8], file: String) -> Result {
        let start = SourceSpan(file: file, line: 1, column: 1)
        if bytes.count > PolicyLimits.bytes {
            return (nil, [Diagnostic(span: start, message: "the file is longer than \(PolicyLimits.bytes / 1024) KiB")])
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return (nil, [Diagnostic(span: start, message: "the file is not UTF-8", hint: "save it as UTF-8")])
        }
        return read(text, file: file)
    }

    /// Reads tests from text; it never traps and stays within `PolicyLimits`.
    public static func read(_ text: String, file: String) -> Result {
        let text = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
        var loader = DocumentLoader(text, file: file)
        let root = loader.load()
        var reader = PolicyTestReader(loader.source)
        if let root { reader.read(root) }
        let found =
            loader.diagnostics.map(\.ofTestFile)
            + reader.values.diagnostics.filter { !loader.mendedLines.contains($0.span.line) }
        let diagnostics = found.ordered(by: SourceLines(text, file: file))
        return (diagnostics.contains { $0.severity == .error } ? nil : reader.tests, diagnostics)
    }
}

/// One made-up pull request and what the policy should say of it.
public struct PolicyTestCase: Sendable {
    /// Its name, unique in the file.
    public var name: String
    /// Where it stands.
    public var span: SourceSpan
    var scene = TestScene()
    var expectations: [Expectation] = []
    var signers: [ExpectedSigners] = []

    /// What a gate, or the summary, should come to.
    struct Expectation: Sendable {
        /// The gate's name, or `summary`.
        var name: String
        var outcome: Outcome
        var span: SourceSpan
    }

    /// Who should still be able to sign for a gate.
    struct ExpectedSigners: Sendable {
        var gate: String
        var logins: [String]
        var span: SourceSpan
    }
}

extension Diagnostic {
    /// The loader's words for policies, said of a test file.
    fileprivate var ofTestFile: Diagnostic {
        var changed = self
        if message == "the policy is empty" { changed.hint = "begin with `cases:`" }
        if message.contains("cannot start any token") {
            changed.hint = "a text that begins with `@`, `*` or `&` stands in quotes; a login needs no `@`"
        }
        if message.hasPrefix("the policy ") { changed.message = "the file \(message.dropFirst("the policy ".count))" }
        changed.message = changed.message.replacing("a policy is one document", with: "a test file is one document")
        changed.message = changed.message.replacing("what a gate says stands", with: "what a case says stands")
        return changed
    }
}

extension [Diagnostic] {
    /// Each once, in the file's order, with their lines.
    func ordered(by source: SourceLines) -> [Diagnostic] {
        var seen: Set<Diagnostic> = []
        let unique = filter { seen.insert($0).inserted }.enumerated().sorted {
            ($0.element.span.line, $0.element.span.column, $0.offset)
                < ($1.element.span.line, $1.element.span.column, $1.offset)
        }
        return unique.prefix(PolicyLimits.diagnostics).map { item in
            var diagnostic = item.element
            diagnostic.sourceLine = source.text(diagnostic.span.line)
            return diagnostic
        }
    }
}
