/// What is wrong with a pattern.
struct PatternError: Error, Hashable {
    var message: String
    var hint: String?

    init(_ message: String, hint: String? = nil) {
        self.message = message
        self.hint = hint
    }
}

/// One glob or `re:` expression of a policy.
struct Pattern: Hashable, Sendable {
    /// What it is matched with.
    enum Kind: Hashable, Sendable {
        /// A path: `*` stays inside a directory, `!` takes paths out again.
        case path
        /// A name or a text: `*` stands for anything.
        case name
    }

    /// As written.
    let text: String
    /// Whether it takes paths out again (`!…`).
    let isNegative: Bool
    /// What it means, as RE2 writes it.
    let expression: String
    /// A byte, no blank, that stands in every text that it matches; nil where none is known.
    let needed: UInt8?

    /// Reads a pattern as written.
    init(_ text: String, kind: Kind) throws(PatternError) {
        self.text = text
        var body = Substring(text)
        isNegative = body.hasPrefix("!")
        if isNegative {
            guard kind == .path else {
                throw PatternError(
                    "`!` takes paths out of `changes` and `changes_only` only",
                    hint: "write `not …(\"\(body.dropFirst())\")`, or `\\!` for a name that begins with `!`")
            }
            body.removeFirst()
        }
        guard body.utf8.count <= PolicyLimits.patternBytes else {
            throw PatternError("a pattern has at most \(PolicyLimits.patternBytes) bytes")
        }
        if body.hasPrefix("re:") {
            body.removeFirst(3)
            if body.isEmpty {
                throw PatternError("there is no expression after `re:`, and that would match everything")
            }
            // Names of files may hold line breaks, and none must take a file out of `.*`.
            expression = kind == .path ? Self.everyCharacter + body : String(body)
            needed = nil
        } else {
            if body.isEmpty {
                throw PatternError(
                    "an empty pattern matches nothing", hint: "write what it should match, or take it away")
            }
            expression = try Glob.expression(String(body), kind: kind)
            needed = kind == .name ? Self.needed(by: body) : nil
        }
    }

    /// A byte that a glob of names needs; one that is rare in sentences, where there is one.
    private static func needed(by glob: Substring) -> UInt8? {
        if glob.utf8.contains(where: { "[{\\".utf8.contains($0) }) { return nil }
        let letters = glob.utf8.filter { $0 > .space && !"*?".utf8.contains($0) }
        return letters.first { !$0.isASCIILetter } ?? letters.first
    }

    /// Two patterns are one when they are written with the same bytes for the same kind of text.
    static func == (left: Pattern, right: Pattern) -> Bool {
        left.text.isExactly(right.text) && left.expression.isExactly(right.expression)
    }

    /// Hashes what is written.
    func hash(into hasher: inout Hasher) { hasher.combine(ExactText(text)) }

    /// Lets `.` stand for line breaks, too.
    static let everyCharacter = "(?s)"

    /// What a pattern of paths matches that in a `.gitignore` would mean any depth, and the one that does.
    ///
    /// Only what hardly anybody writes on purpose: `*`, `*.go`, `src/*`, and `src`, which has no ending as a file has.
    static func deeper(_ text: String) -> (matched: String, pattern: String)? {
        if text.hasPrefix("!") || text.hasPrefix("re:") || text.contains("**") { return nil }
        let isPlain = !text.contains { "*?[{\\".contains($0) }
        if !text.contains("/") {
            if text.hasPrefix("*") { return ("files in the root", text == "*" ? "**" : "**/\(text)") }
            let isFolder = isPlain && text.allSatisfy { $0.isLowercase || $0.isNumber || "_-".contains($0) }
            return isFolder ? ("a file in the root that is called \(Quotation.inline(text))", "\(text)/**") : nil
        }
        let folder = String(text.dropLast(2))
        guard text.hasSuffix("/*"), !folder.contains(where: { "*?[{\\/".contains($0) }) else { return nil }
        return ("files directly in \(Quotation.inline(folder))", "\(folder)/**")
    }

    /// The regular expression that a glob was meant to be; nil where nothing says so.
    ///
    /// Only what hardly any name has: `^` before it, `$` behind it, a backslash before what a glob takes as it is, and
    /// where nothing begins with a dot, a part that does.
    static func meantExpression(_ text: String, hasDottedParts: Bool) -> String? {
        if text.hasPrefix("!") || text.hasPrefix("re:") { return nil }
        let isEscaped = text.contains(/\\[.\/\-dwsbDWS]/)
        let isDotted = !hasDottedParts && (text.hasPrefix(".*") || text.contains("/.*"))
        return text.hasPrefix("^") || text.hasSuffix("$") || isEscaped || isDotted ? "re:\(text)" : nil
    }

    /// Whether it is written as matching every text.
    ///
    /// Only what it plainly says: of an expression in which more stands nobody could be told that it asks for nothing.
    /// - Parameter names: whether of texts only those are meant that hold something, and no line break.
    func matchesEverything(names: Bool) -> Bool {
        if !text.hasPrefix("re:") {
            let more = text.filter { $0 != "*" }
            return text.contains("*") && (more.isEmpty || names && more == "?")
        }
        var rest = Substring(expression)
        var takesLineBreaks = names
        // Flags, each by itself: `(?i)`, `(?is)`.
        while rest.hasPrefix("(?"), let end = rest.firstIndex(of: ")") {
            let flags = rest[..<end].dropFirst(2)
            guard !flags.isEmpty, flags.allSatisfy({ "imsU".contains($0) }) else { break }
            if flags.contains("s") || flags.contains("m") { takesLineBreaks = true }
            rest = rest[end...].dropFirst()
        }
        let isStart = rest.hasPrefix("^")
        if isStart { rest = rest.dropFirst() }
        let isEnd = rest.hasSuffix("$")
        if isEnd { rest = rest.dropLast() }
        for opening in ["(?:", "("] where rest.hasPrefix(opening) && rest.hasSuffix(")") {
            rest = rest.dropFirst(opening.count).dropLast()
        }
        let isTied = isStart && isEnd
        switch rest {
        case "": return !isTied
        case ".*", ".*?": return !isTied || takesLineBreaks
        case ".+", ".+?": return names
        case ".": return names && !isTied
        default: return false
        }
    }

    /// Whether it is an expression that is not tied to both ends of the text.
    var isUnanchoredExpression: Bool {
        guard text.hasPrefix("re:") || text.hasPrefix("!re:") else { return false }
        let expression = self.expression.trimmingPrefix(/(?:\(\?[a-zA-Z\-]+\))+/)
        let start = expression.hasPrefix("^") || expression.hasPrefix("\\A")
        let end = expression.hasSuffix("\\z") || (expression.hasSuffix("$") && !expression.hasSuffix("\\$"))
        return !(start && end)
    }
}
