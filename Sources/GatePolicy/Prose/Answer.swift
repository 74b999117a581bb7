/// What a description answers to one ask.
public enum Answer: Hashable, Sendable, Codable {
    /// The ask stands nowhere in it.
    case notAsked
    /// Nothing of its own follows the ask.
    case empty
    /// All that follows the ask is the repository's template.
    case template
    /// It is answered, by a text of this digest.
    case given(digest: String)
    /// Whether it is answered could not be known.
    case unknown(Unknown)

    /// Whether it is answered.
    var truth: Truth {
        switch self {
        case .given: .yes
        case .notAsked, .empty, .template: .no
        case .unknown(let unknown): .unknown([unknown])
        }
    }
}

/// The lines of an answer as they are compared: without emphasis, tags and what cannot be seen.
struct AnswerText {
    /// The lines that say something.
    let lines: [String]

    init(_ lines: [String]) {
        self.lines = lines.map(Self.normalised).filter { line in
            // A form that was left empty says so.
            line != "no response" && line.unicodeScalars.contains(where: \.isWord)
        }
    }

    /// Whether somebody who reads a line sees a letter or digit.
    static func saysSomething(_ line: String) -> Bool { normalised(line).unicodeScalars.contains(where: \.isWord) }

    /// Lower case, blanks as one; emphasis, colons, dashes, tags, entities and invisible scalars left out.
    static func normalised(_ line: String) -> String {
        var result: [Unicode.Scalar] = []
        let scalars = Array(line.unicodeScalars)
        var index = 0
        while index < scalars.count {
            let scalar = scalars[index]
            if let end = endOfTag(scalars, index) ?? endOfEntity(scalars, index) {
                index = end
                if result.last != " " { result.append(" ") }
                continue
            }
            index += 1
            if scalar.isCommandBlank || "*_~`:-\u{2013}\u{2014}".unicodeScalars.contains(scalar) {
                if result.last != " " { result.append(" ") }
            } else if !scalar.properties.isDefaultIgnorableCodePoint, Quotation.isVisible(scalar) {
                result.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
            }
        }
        if result.last == " " { result.removeLast() }
        if result.first == " " { result.removeFirst() }
        return String(scalars: result)
    }

    /// Behind `<br>` or `</p>`; what is no tag is text.
    private static func endOfTag(_ scalars: [Unicode.Scalar], _ start: Int) -> Int? {
        guard scalars[start] == "<", start + 1 < scalars.count else { return nil }
        let first = scalars[start + 1].asciiLowercased
        guard first == "/" || ("a"..."z").contains(first) else { return nil }
        return scalars[start...].prefix(200).firstIndex(of: ">").map { $0 + 1 }
    }

    /// Behind `&nbsp;`.
    private static func endOfEntity(_ scalars: [Unicode.Scalar], _ start: Int) -> Int? {
        guard scalars[start] == "&", let end = scalars[start...].prefix(12).firstIndex(of: ";"), end > start + 1,
            scalars[(start + 1)..<end].allSatisfy({ $0 == "#" || ($0.isASCII && $0.isWord) })
        else { return nil }
        return end + 1
    }
}
