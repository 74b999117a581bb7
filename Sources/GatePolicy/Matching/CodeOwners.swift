/// The rules of a CODEOWNERS file: read as the forge reads them, except that nothing is dropped.
struct CodeOwners: Sendable {
    /// One line: which files, and who owns them.
    struct Rule: Sendable {
        /// The line, counted from 1.
        let line: Int
        /// The pattern as written, `!` included.
        let pattern: String
        /// Whether it owns the files that the pattern does not match.
        let isNegative: Bool
        /// The pattern as RE2 writes it; nil when nobody knows which files it means.
        let expression: String?
        /// Everybody it names that can be an owner.
        let owners: [People]
        /// Why nobody knows all of its files or all of its owners; empty when it can be read.
        let problems: [Unknown]
    }

    /// Where the file stands.
    let path: String
    /// The rules, in the file's order.
    private(set) var rules: [Rule] = []
    /// Why the file holds more than is read; then nothing of it is.
    private(set) var overLimit: Unknown?
    private var instructions = PolicyLimits.patternInstructions
    private var owners = PolicyLimits.codeOwners

    /// Reads a file; it never traps.
    init(_ file: CodeOwnersFile) {
        path = file.path
        guard file.text.utf8.count <= PolicyLimits.codeOwnersBytes else {
            exceed("\(PolicyLimits.codeOwnersBytes / 1024) KiB")
            return
        }
        let scalars = file.text.unicodeScalars
        let text = scalars.first == "\u{FEFF}" ? scalars.dropFirst() : scalars[...]
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = Self.words(line)
            guard let pattern = words.first else { continue }
            guard rules.count < PolicyLimits.codeOwnersRules else {
                exceed("\(PolicyLimits.codeOwnersRules) rules")
                return
            }
            rules.append(rule(index + 1, pattern, words.dropFirst()))
            if instructions < 0 {
                exceed("patterns of \(PolicyLimits.patternInstructions) instructions together")
                return
            }
            if owners < 0 {
                exceed("\(PolicyLimits.codeOwners) owners")
                return
            }
        }
    }

    private mutating func exceed(_ limit: String) {
        rules = []
        overLimit = Unknown(
            cause: .overLimit, subject: "who owns the changed files", reason: "`\(path)` holds more than \(limit)",
            cure: "let `\(path)` say it with fewer rules: owners can be teams")
    }

    /// The words of a line as the forge cuts it: `\` takes the next character literally, `#` begins a comment.
    static func words(_ line: Substring.UnicodeScalarView) -> [String] {
        var words: [String] = []
        var word = ""
        var isEscaped = false
        for scalar in line.trimmed {
            if isEscaped {
                word.unicodeScalars.append(scalar)
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else if scalar == "#" {
                break
            } else if scalar == " " || scalar == "\t" {
                if !word.isEmpty { words.append(word) }
                word = ""
            } else {
                word.unicodeScalars.append(scalar)
            }
        }
        if !word.isEmpty { words.append(word) }
        return words
    }

    private mutating func rule(_ line: Int, _ written: String, _ names: ArraySlice<String>) -> Rule {
        var problems: [Unknown] = []
        let isNegative = written.utf8.first == UInt8(ascii: "!")
        let pattern = isNegative ? String(written.unicodeScalars.dropFirst()) : written
        // As the forge ties it: in `a|b` the first is tied to the beginning and the second to the end.
        var expression: String? = "^\(pattern)$"
        if let reason = unreadable(pattern) {
            expression = nil
            problems.append(
                unknown(line, written, reason, "write the pattern so that RE2 reads it: without look-around"))
        }
        var people: [People] = []
        for name in names {
            owners -= 1
            if let owner = owner(name, line) {
                people.append(owner)
            } else {
                problems.append(
                    unknown(
                        line, written, "\(Quotation.inline(name)) is neither an account nor a team",
                        "write owners as `@alice` or `@acme/qa`"))
            }
        }
        if names.isEmpty {
            problems.append(
                unknown(line, written, "it names no owner, so the forge drops it", "name an owner, or take it away"))
        }
        return Rule(
            line: line, pattern: written, isNegative: isNegative, expression: expression, owners: people,
            problems: problems)
    }

    func unknown(
        _ line: Int, _ pattern: String, _ reason: String, _ cure: String, _ cause: Unknown.Cause = .malformed
    ) -> Unknown {
        Unknown(
            cause: cause, subject: "who owns \(Quotation.inline(pattern, limit: 60))",
            reason: "line \(line) of `\(path)` cannot be used as it stands: \(reason)", cure: "\(cure) (`\(path)`)")
    }

    /// Why nobody knows which files a pattern means; nil for one that RE2 reads as the forge does.
    private mutating func unreadable(_ pattern: String) -> String? {
        if pattern.utf8.count > PolicyLimits.patternBytes {
            return "its pattern has more than \(PolicyLimits.patternBytes) bytes"
        }
        // Newer servers have another engine, which reads these two in another way and without a complaint.
        if pattern.contains("-[") || pattern.contains("[[") {
            return "servers of different age read its `[…]` differently"
        }
        do {
            instructions -= try RegularExpression("^\(pattern)$").size
            return nil
        } catch {
            return "RE2 does not accept its pattern (\(Quotation.visible(error.reason, limit: 80)))"
        }
    }

    /// `@alice` or `@acme/qa`; the `@` may be missing, as it may for the forge.
    private func owner(_ word: String, _ line: Int) -> People? {
        let name = word.utf8.first == UInt8(ascii: "@") ? String(word.unicodeScalars.dropFirst()) : word
        let span = SourceSpan(file: path, line: line, column: 1)
        let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count <= 2, parts.allSatisfy(\.canNameAnOwner) else { return nil }
        return parts.count == 2
            ? .team(TeamReference(organization: parts[0], name: parts[1]), span) : .user(parts[0], span)
    }
}

extension String {
    /// Letters, digits, `_`, `.` and `-`: what the forge lets accounts, organisations and teams be called.
    fileprivate var canNameAnOwner: Bool {
        !isEmpty
            && utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
                default: false
                }
            }
    }
}

extension Substring.UnicodeScalarView {
    /// Without white space at both ends.
    fileprivate var trimmed: Substring.UnicodeScalarView {
        var view = self.drop { $0.properties.isWhitespace }
        while let last = view.last, last.properties.isWhitespace { view = view.dropLast() }
        return view
    }
}
