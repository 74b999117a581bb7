import Yams

/// Finds the place of each character of a YAML scalar in the file.
struct ScalarLocator {
    private let source: SourceLines
    private var line: Int
    private var index: Int

    /// The text of a scalar that begins at a mark, with its places.
    static func locate(
        _ value: String, style: Node.Scalar.Style, line: Int, column: Int, in source: SourceLines
    ) -> SourceText {
        var locator = ScalarLocator(source: source, line: line, index: max(0, column - 1))
        return locator.locate(Array(value.unicodeScalars), style)
    }

    private init(source: SourceLines, line: Int, index: Int) {
        self.source = source
        self.line = line
        self.index = index
    }

    /// The character here; a line break at the end of a line, nil at the end of the file.
    private var current: Unicode.Scalar? {
        let scalars = source.line(line)
        if index < scalars.count { return scalars[index] }
        return line < source.lines.count ? "\n" : nil
    }

    private var place: SourceText.Place { .init(line: line, column: index + 1) }

    private mutating func advance() {
        if index < source.line(line).count {
            index += 1
        } else if line < source.lines.count {
            line += 1
            index = 0
        }
    }

    private static func isBlank(_ scalar: Unicode.Scalar?) -> Bool {
        scalar == " " || scalar == "\t" || scalar == "\n"
    }

    private mutating func locate(_ scalars: [Unicode.Scalar], _ style: Node.Scalar.Style) -> SourceText {
        skipProperties()
        var places: [SourceText.Place] = []
        switch style {
        case .literal, .folded:
            while let scalar = current, scalar != "\n" { advance() }
            advance()
        case .singleQuoted, .doubleQuoted: advance()
        default: break
        }
        for scalar in scalars { places.append(find(scalar, style)) }
        places.append(place)
        return SourceText(scalars: scalars, places: places, file: source.file)
    }

    /// A tag or an anchor in front of the scalar.
    private mutating func skipProperties() {
        while let scalar = current, scalar == "!" || scalar == "&" {
            while let scalar = current, !Self.isBlank(scalar) { advance() }
            while let scalar = current, Self.isBlank(scalar) { advance() }
        }
    }

    /// The place of the next character, and past it.
    private mutating func find(_ scalar: Unicode.Scalar, _ style: Node.Scalar.Style) -> SourceText.Place {
        // Folding takes line breaks and indentation away.
        while let found = current, found != scalar, Self.isBlank(found), !(Self.isBlank(scalar) && found == "\n") {
            advance()
        }
        if style == .doubleQuoted, current == "\\" { return escaped(scalar) }
        let found = place
        if Self.isBlank(scalar), current == "\n", scalar != "\n" {
            // A folded line break is one blank.
            while let blank = current, Self.isBlank(blank) { advance() }
            return found
        }
        if style == .singleQuoted, scalar == "'" { advance() }
        advance()
        return found
    }

    private mutating func escaped(_ scalar: Unicode.Scalar) -> SourceText.Place {
        let found = place
        advance()
        guard let kind = current else { return found }
        if kind == "\n" {
            // A line that is continued: nothing of it is in the value.
            while let blank = current, Self.isBlank(blank) { advance() }
            return find(scalar, .doubleQuoted)
        }
        let digits = ["x": 2, "u": 4, "U": 8][String(kind)] ?? 0
        for _ in 0...digits { advance() }
        return found
    }
}
