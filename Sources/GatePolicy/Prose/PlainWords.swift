/// What somebody plainly says in a comment or a review: without quotes, code, HTML comments and commands.
struct PlainWords: Hashable {
    /// The plain lines, joined by line feeds, without white space around them.
    let text: String
    /// The same without code inside the lines and what is struck out: what may approve.
    let given: String
    /// Whether nothing is left out of them, as of most comments.
    let areAllGiven: Bool
    /// Whether `@` is in it.
    private let mayNameHead: Bool

    /// The words of a text.
    init(_ text: String, besides commands: @autoclosure () -> CommandVocabulary) {
        let marks = Marks(in: text)
        if text.isOnePlainLine(with: marks) {
            self.init(text, isTrimmed: true, with: marks, parts: [])
        } else {
            let commands = commands()
            self.init(
                lines: ProseLines.read(text).filter { line in
                    line.kind == .plain && !line.continuesQuote && !commands.isCommand(line.text)
                })
        }
    }

    /// The words of plain lines.
    init(lines: [ProseLines.Line]) {
        var text = ""
        var parts: [Range<Int>] = []
        var paragraph = 0
        var last: Int?
        // Where rules end a paragraph is not certain either: what is code with them or without is left out.
        var section = 0
        var afterHeading = false
        var isAfterRule = false
        for line in lines {
            if last != nil { text += "\n" }
            let start = text.utf8.count
            let isHeading = line.text.utf8.first == .hash
            if last.map({ $0 + 1 }) != line.number || line.isItem || isHeading || afterHeading {
                parts += [paragraph..<start, section..<start]
                (paragraph, section) = (start, start)
            }
            if isAfterRule {
                parts.append(section..<start)
                section = start
            }
            text += line.text
            parts.append(start..<text.utf8.count)
            (last, afterHeading, isAfterRule) = (line.number, isHeading, line.isRule)
        }
        let end = text.utf8.count
        self.init(
            text, isTrimmed: false, with: Marks(in: text), parts: parts + [paragraph..<end, section..<end])
    }

    private init(_ text: String, isTrimmed: Bool, with marks: Marks, parts: [Range<Int>]) {
        self.text = isTrimmed ? text : text.withoutWhiteSpaceAround
        areAllGiven = marks.isDisjoint(with: [.backtick, .tilde])
        given = areAllGiven ? self.text : UnsaidWords.without(text, parts: parts).withoutWhiteSpaceAround
        mayNameHead = marks.contains(.at)
    }

    /// What names a commit in them.
    enum NamedHead: Hashable {
        /// Nothing.
        case none
        /// So many digits that nobody can make another commit of them.
        case digits(String)
        /// Too few digits, or too many.
        case badDigits(String)
        /// Several commits.
        case several
    }

    /// The commit that is named by `@` and its digits.
    var head: NamedHead {
        guard mayNameHead else { return .none }
        var found: Set<String> = []
        var before: Unicode.Scalar = " "
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            defer { before = scalar }
            guard scalar == "@", !before.isNamePart else { continue }
            let word = rest.prefix(while: \.isNamePart)
            let digits = word.map(\.asciiLowercased)
            // A team's name goes on behind a slash.
            guard digits.count >= 7, digits.allSatisfy(\.isHexDigit), rest.dropFirst(word.count).first != "/" else {
                continue
            }
            found.insert(String(scalars: digits))
        }
        guard let digits = found.first else { return .none }
        if found.count > 1 { return .several }
        return (20...64).contains(digits.utf8.count) ? .digits(digits) : .badDigits(String(digits.prefix(64)))
    }
}

extension ProseLines.Line {
    /// Whether it is a line across the page, or makes a heading of the lines above: the next begins a paragraph.
    fileprivate var isRule: Bool {
        let marks = text.utf8.filter { !$0.isBlank }
        return marks.first.map { "-=*_".utf8.contains($0) } == true && Set(marks).count == 1
    }
}

extension CommandVocabulary {
    /// Whether a plain line is one of the commands that can be used here.
    func isCommand(_ line: String) -> Bool {
        guard line.unicodeScalars.first == "/" else { return false }
        let scalars = Array(line.unicodeScalars)
        let end = scalars.firstIndex(where: \.isCommandBlank) ?? scalars.endIndex
        return meaning(of: String(scalars: scalars[1..<end])) != nil
    }
}

extension Unicode.Scalar {
    /// What a login may hold.
    fileprivate var isNamePart: Bool {
        properties.isAlphabetic || ("0"..."9").contains(self) || self == "_" || self == "-"
    }
}

extension String {
    /// Whether it surely is one line in which nothing is a mark of Markdown's or begins a command: most comments are.
    fileprivate func isOnePlainLine(with marks: Marks) -> Bool {
        guard let first = utf8.first, let last = utf8.last, first.isASCIILetter || first == .colon,
            (UInt8(ascii: "!")..<128).contains(last)
        else { return false }
        return marks.isDisjoint(with: [.lineEnd, .less])
    }

    /// The text without white space around it.
    fileprivate var withoutWhiteSpaceAround: String {
        let scalars = unicodeScalars
        if let first = scalars.first, let last = scalars.last, !first.isCommandBlank, !last.isCommandBlank {
            return self
        }
        guard let first = scalars.firstIndex(where: { !$0.isCommandBlank }),
            let last = scalars.lastIndex(where: { !$0.isCommandBlank })
        else { return "" }
        return String(scalars[first...last])
    }
}
