/// Cuts an expression into tokens.
struct Lexer {
    private let text: SourceText
    private var position = 0

    init(_ text: SourceText) { self.text = text }

    /// All tokens of a text without a mistake in them; the last is the end.
    static func tokens(_ text: SourceText) throws(SyntaxError) -> [Token] {
        let tokens = pieces(text)
        for token in tokens {
            if case .stray(let error) = token.kind { throw error }
            if let slip = token.slip { throw slip }
        }
        return tokens
    }

    /// All tokens, also of what is none: the mistake that matters may stand before it.
    static func pieces(_ text: SourceText) -> [Token] {
        var lexer = Lexer(text)
        var tokens: [Token] = []
        while true {
            do throws(SyntaxError) {
                tokens.append(try lexer.token())
            } catch {
                tokens.append(Token(kind: .stray(error), range: error.range))
                lexer.position = max(lexer.position, error.range.upperBound)
            }
            if tokens.last?.kind == .end { return tokens }
        }
    }

    private func scalar(_ offset: Int = 0) -> Unicode.Scalar? {
        let index = position + offset
        return index >= 0 && index < text.scalars.count ? text.scalars[index] : nil
    }

    private static func isBlank(_ scalar: Unicode.Scalar?) -> Bool {
        switch scalar {
        case nil, " ", "\t", "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": true
        default: false
        }
    }

    private static func isNameStart(_ scalar: Unicode.Scalar?) -> Bool {
        switch scalar {
        case .some("a"..."z"), .some("A"..."Z"), .some("0"..."9"): true
        default: false
        }
    }

    private static func isNamePart(_ scalar: Unicode.Scalar?) -> Bool {
        isNameStart(scalar) || scalar == "_" || scalar == "." || scalar == "-"
    }

    private mutating func token() throws(SyntaxError) -> Token {
        while scalar() != nil, Self.isBlank(scalar()) { position += 1 }
        let start = position
        guard let first = scalar() else { return Token(kind: .end, range: start..<start) }
        if Self.isNameStart(first) { return try word() }
        position += 1
        switch first {
        case "(": return done(.open, start)
        case ")": return done(.close, start)
        case ",": return done(.comma, start)
        case "@": return try person(start)
        case "\"", "'": return try quoted(first, start)
        case "|":
            if scalar() == "|" {
                throw wrong(start, 2, "`||`", "`or` joins conditions and requirements, `|` joins people")
            }
            return done(.set(.union), start)
        case "&":
            if scalar() == "&" {
                throw wrong(start, 2, "`&&`", "`and` joins conditions and requirements, `&` takes who is in both sets")
            }
            return done(.set(.intersection), start)
        case "-": return try minus(start)
        case "<", ">", "=", "!": return try comparison(first, start)
        default: throw unexpected(first, start)
        }
    }

    private func done(_ kind: Token.Kind, _ start: Int) -> Token { Token(kind: kind, range: start..<position) }

    private func wrong(_ start: Int, _ length: Int, _ what: String, _ hint: String) -> SyntaxError {
        SyntaxError(start..<(start + length), "\(what) is no operator of this language", hint: hint)
    }

    private func unexpected(_ scalar: Unicode.Scalar, _ start: Int) -> SyntaxError {
        let range = start..<(start + 1)
        switch scalar {
        case "“", "”", "„", "‘", "’", "«", "»":
            return SyntaxError(range, "`\(scalar)` is a typographic quotation mark", hint: "write `\"` or `'`")
        case "–", "—", "−":
            return SyntaxError(
                range, "`\(scalar)` is a dash, not a minus sign", hint: "write `-`, with a blank on both sides")
        case "*":
            return SyntaxError(range, "a pattern stands in quotes", hint: "for example `changes(\"docs/**\")`")
        case "#":
            return SyntaxError(
                range, "`#` means nothing in an expression", hint: "a comment follows a blank, outside quotes")
        case "/":
            return SyntaxError(
                range, "`/` means nothing outside quotes",
                hint: "a path stands in quotes within a test: `changes(\"src/**\")`")
        case ":":
            return SyntaxError(
                range, "`:` means nothing in an expression",
                hint:
                    "a team or a group is its bare name, as `qa`; a text stands in quotes within a test: `label(\"…\")`"
            )
        case _ where scalar.properties.isWhitespace:
            return SyntaxError(
                range, "the character U+\(hexadecimal(scalar)) looks like a blank and is none",
                hint: "write a plain blank")
        default:
            let shown = Quotation.isVisible(scalar) ? "`\(scalar)`" : "the character U+\(hexadecimal(scalar))"
            return SyntaxError(
                range, "\(shown) means nothing in an expression",
                hint: "names hold the letters a to z, digits, `_`, `.` and `-`")
        }
    }

    private func hexadecimal(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    private mutating func run() -> String {
        let start = position
        while Self.isNamePart(scalar()) { position += 1 }
        return text.string(start..<position)
    }

    private mutating func word() throws(SyntaxError) -> Token {
        let start = position
        let name = run()
        guard name.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            if name.hasSuffix("-"), Self.isBlank(scalar()) {
                throw SyntaxError(
                    start..<position, "a name does not end with `-`",
                    hint: "to take people out, write `-` with a blank on both sides: `\(name.dropLast()) - …`")
            }
            return done(.name(name), start)
        }
        guard name.utf8.count <= 9, let number = Int(name) else {
            throw SyntaxError(start..<position, "a number has at most 9 digits")
        }
        return done(.number(number), start)
    }

    private mutating func person(_ start: Int) throws(SyntaxError) -> Token {
        guard Self.isNameStart(scalar()) else {
            throw SyntaxError(
                start..<position, "`@` needs a name right after it", hint: "`@alice`, or `@acme/qa` for a team")
        }
        let name = run()
        guard scalar() == "/" else { return done(.user(name), start) }
        position += 1
        guard Self.isNameStart(scalar()) else {
            throw SyntaxError(start..<position, "a team needs a name after the `/`", hint: "`@\(name)/qa`")
        }
        let team = run()
        return done(.team(name, team), start)
    }

    private mutating func quoted(_ delimiter: Unicode.Scalar, _ start: Int) throws(SyntaxError) -> Token {
        var value = String.UnicodeScalarView()
        while let current = scalar() {
            position += 1
            if current == delimiter { return done(.string(String(value)), start) }
            if current == "\\", let escaped = scalar(), escaped == delimiter || escaped == "\\" {
                value.append(escaped)
                position += 1
            } else {
                value.append(current)
            }
        }
        throw SyntaxError(start..<position, "the quotation mark `\(delimiter)` is not closed")
    }

    private func minus(_ start: Int) throws(SyntaxError) -> Token {
        if Self.isBlank(scalar(-2)), Self.isBlank(scalar()), start > 0 { return done(.set(.difference), start) }
        throw SyntaxError(
            start..<position, "`-` takes people out and needs a blank on both sides",
            hint: spaced(start).map { "write `\($0)`" } ?? "for example `writers - qa`")
    }

    /// The names on both sides of a `-`, with blanks between; nil where there are none.
    private func spaced(_ start: Int) -> String? {
        // Names are short, and there may be thousands of these signs.
        let before = text.string(max(0, start - 100)..<start)
        let behind = text.string((start + 1)..<min(text.scalars.count, start + 101))
        let names = [
            before.split(separator: " ").last.map(String.init), behind.split(separator: " ").first.map(String.init),
        ].compactMap(\.self)
        guard names.count == 2, names.allSatisfy({ Vocabulary.isName($0.hasPrefix("@") ? String($0.dropFirst()) : $0) })
        else { return nil }
        return names.joined(separator: " - ")
    }

    private mutating func comparison(_ first: Unicode.Scalar, _ start: Int) throws(SyntaxError) -> Token {
        let second = scalar()
        switch (first, second) {
        case ("<", .some("=")), (">", .some("=")), ("!", .some("=")): position += 1
        case ("=", .some("=")): return slip(start, "`==`", .equal)
        case ("=", .some("<")): return slip(start, "`=<`", .lessOrEqual)
        case ("=", .some(">")): return slip(start, "`=>`", .greaterOrEqual)
        case ("<", .some(">")): return slip(start, "`<>`", .notEqual)
        case ("!", _): throw wrong(start, 1, "`!`", "write `not`, with a blank behind it")
        default: break
        }
        let sign = Comparison.Sign(rawValue: text.string(start..<position)) ?? .equal
        return done(.comparison(sign), start)
    }

    /// A comparison as other languages write it.
    private mutating func slip(_ start: Int, _ what: String, _ sign: Comparison.Sign) -> Token {
        position += 1
        var token = done(.comparison(sign), start)
        token.slip = wrong(start, 2, what, "write `\(sign.rawValue)`")
        return token
    }
}
