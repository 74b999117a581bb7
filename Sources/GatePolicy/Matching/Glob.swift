/// Translates a glob to an RE2 expression for the whole text.
///
/// `*` and `?` stay inside a directory (for paths), `**` does not and also stands for nothing: `**/x` is `x` at any
/// depth, `a/**/b` is also `a/b`, `docs/**` is everything in `docs` and not a file called `docs`. `[a-z]`, `[!a-z]`,
/// `{a,b}`, `\` takes the next character literally; a leading dot is nothing special.
struct Glob {
    private let scalars: [Unicode.Scalar]
    private let kind: Pattern.Kind
    private var position = 0
    private var output = ""
    /// For each open `{`: whether it stands at the beginning of a path segment, and where its alternatives end.
    private var braces: [(start: Place, ends: [Place])] = []
    private var place = Place()

    /// Whether a path segment begins at a place; behind `{a/,b}` it depends on which of the two was found.
    private enum SegmentStart { case yes, no, sometimes }

    /// What stands before a place.
    private struct Place {
        var segmentStart = SegmentStart.yes
        /// Whether it is `**` that would stand for any directories if a `/` followed.
        var followsStars = false
    }

    /// The expression that matches what the glob does.
    static func expression(_ text: String, kind: Pattern.Kind) throws(PatternError) -> String {
        if kind == .path { try checkPath(text) }
        var glob = Glob(scalars: Array(text.unicodeScalars), kind: kind)
        try glob.translate()
        return "(?s)\\A(?:\(glob.output))\\z"
    }

    private init(scalars: [Unicode.Scalar], kind: Pattern.Kind) {
        self.scalars = scalars
        self.kind = kind
    }

    private static func checkPath(_ text: String) throws(PatternError) {
        let shown = Quotation.inline(text)
        if text.hasPrefix("/") {
            throw PatternError(
                "\(shown) begins with `/`, and no path does: paths are relative to the repository",
                hint: "write \(Quotation.inline(String(text.drop { $0 == "/" })))")
        }
        if text.hasPrefix("./") {
            throw PatternError(
                "\(shown) begins with `./`, and no path does",
                hint: "write \(Quotation.inline(String(text.dropFirst(2))))")
        }
        if text.hasSuffix("/"), !text.hasSuffix("\\/") {
            throw PatternError(
                "\(shown) ends with `/`, and no path does",
                hint: "write \(Quotation.inline(text + "**")) for all it holds")
        }
    }

    private var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private mutating func translate() throws(PatternError) {
        while let scalar = next {
            position += 1
            switch scalar {
            case "*": try star()
            case "?": append(kind == .path ? "[^/]" : ".")
            case "[": try characterClass()
            case "{":
                braces.append((place, []))
                if braces.count > PolicyLimits.patternDepth {
                    throw PatternError("`{…}` is nested more than \(PolicyLimits.patternDepth) deep")
                }
                output += "(?:"
            case "}" where !braces.isEmpty:
                let others = braces.popLast()?.ends ?? []
                if others.isEmpty {
                    throw PatternError(
                        "`{…}` holds alternatives, as in `{a,b}`",
                        hint: "write `\\{` and `\\}` for the braces themselves")
                }
                output += ")"
                if others.contains(where: { $0.segmentStart != place.segmentStart }) { place.segmentStart = .sometimes }
                if others.contains(where: \.followsStars) { place.followsStars = true }
            case "," where !braces.isEmpty:
                braces[braces.count - 1].ends.append(place)
                output += "|"
                place = braces[braces.count - 1].start
            case "\\":
                guard let escaped = next else {
                    throw PatternError(
                        "`\\` at the end has nothing to escape", hint: "write `\\\\` for the character itself")
                }
                position += 1
                literal(escaped)
            case "/" where place.followsStars:
                throw PatternError(
                    "`**` and the `/` behind it are parted by a `{` or `}`, and then at least one directory is asked for",
                    hint: "write them together: `{a/**/,b/}x` instead of `{a/**,b}/x`")
            default: literal(scalar)
            }
        }
        if !braces.isEmpty {
            throw PatternError(
                "a `{` is not closed", hint: "close it, as in `{a,b}`, or write `\\{` for the character itself")
        }
    }

    private mutating func star() throws(PatternError) {
        var stars = 1
        while next == "*" {
            stars += 1
            position += 1
        }
        guard kind == .path else { return append(".*") }
        if stars == 1 { return append("[^/]*") }
        guard next == "/" else {
            let followsStars = place.segmentStart != .no
            append(".*")
            place.followsStars = followsStars
            return
        }
        if place.segmentStart == .no { return append(".*") }
        if place.segmentStart == .sometimes {
            throw PatternError(
                "behind this `{…}` only some alternatives end with `/`, and `**/` means something else behind the others",
                hint: "write a pattern for each: `\"a/**/x\", \"b**/x\"` instead of `\"{a/,b}**/x\"`")
        }
        // `**/` stands for any directories, also for none.
        position += 1
        output += "(?:.*/)?"
    }

    private mutating func append(_ text: String) {
        output += text
        place = Place(segmentStart: .no)
    }

    private mutating func literal(_ scalar: Unicode.Scalar) {
        append(Self.escape(scalar))
        if scalar == "/" { place.segmentStart = .yes }
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_": String(scalar)
        case "\u{20}"..."\u{7E}": "\\\(scalar)"
        case "\u{0}"..."\u{7F}": "\\x{\(String(scalar.value, radix: 16))}"
        default: String(scalar)
        }
    }

    private mutating func characterClass() throws(PatternError) {
        let unclosed = PatternError(
            "a `[` is not closed", hint: "close it, as in `[a-z]`, or write `\\[` for the character itself")
        var negated = false
        if next == "!" {
            negated = true
            position += 1
        } else if next == "^" {
            throw PatternError("a set of characters is turned round by `!`", hint: "write `[!` instead of `[^`")
        }
        var items: [String] = []
        while true {
            guard let scalar = next else { throw unclosed }
            position += 1
            if scalar == "]" { break }
            let low = try classMember(scalar, unclosed)
            guard next == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else {
                items.append(Self.escape(low))
                continue
            }
            position += 1
            guard let end = next else { throw unclosed }
            position += 1
            items.append(try range(low, classMember(end, unclosed)))
        }
        if items.isEmpty {
            throw PatternError("`[]` matches nothing", hint: "write `\\[` for the character itself")
        }
        append("[\(negated ? "^" : "")\(items.joined())\(negated && kind == .path ? "/" : "")]")
    }

    private mutating func classMember(
        _ scalar: Unicode.Scalar, _ unclosed: PatternError
    ) throws(PatternError) -> Unicode.Scalar {
        var member = scalar
        if scalar == "\\" {
            guard let escaped = next else { throw unclosed }
            position += 1
            member = escaped
        }
        if kind == .path, member == "/" {
            throw PatternError("`/` cannot stand in `[…]`: a set of characters stays inside a directory")
        }
        return member
    }

    private func range(_ low: Unicode.Scalar, _ high: Unicode.Scalar) throws(PatternError) -> String {
        guard low <= high else {
            throw PatternError("the range `\(low)-\(high)` runs backwards", hint: "write `\(high)-\(low)`")
        }
        // Even a range must not cross `/`.
        guard kind == .path, low < "/", high > "/" else { return "\(Self.escape(low))-\(Self.escape(high))" }
        return "\(Self.escape(low))-\\.0-\(Self.escape(high))"
    }
}
