/// A question that a pull request's description must answer: a line of text, found however it is marked.
public struct Ask: Hashable, Sendable, CustomStringConvertible {
    /// The most scalars an ask may have.
    static let maximumScalars = 200

    /// The text as the policy writes it, without marks around it.
    public let description: String
    /// The text as lines are compared: lower case, blanks as one.
    let key: [Unicode.Scalar]

    /// An ask; nil when nothing is left of the text without its marks.
    init?(_ text: String) {
        var line = MarkedLine(text)
        line.takeMarks()
        let bare = line.rest.trimmingAskEnd
        guard bare.contains(where: \.isWord) else { return nil }
        description = String(scalars: bare)
        key = Self.folded(bare)
    }

    /// Where this ask ends in a line that begins with it; nil when the line begins with something else.
    func end(in line: [Unicode.Scalar]) -> Int? {
        var index = 0
        for expected in key {
            guard index < line.count else { return nil }
            if expected == " " {
                guard line[index].isCommandBlank else { return nil }
                while index < line.count, line[index].isCommandBlank { index += 1 }
            } else {
                guard Self.folded(line[index]) == expected else { return nil }
                index += 1
            }
        }
        // `Testing` is not asked by `Testings`.
        if index < line.count, line[index].isWord || line[index].properties.generalCategory == .nonspacingMark {
            return nil
        }
        return index
    }

    /// Lower case; look-alikes of other scripts stay what they are.
    private static func folded(_ scalars: some Sequence<Unicode.Scalar>) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        for scalar in scalars {
            if scalar.isCommandBlank {
                if result.last != " " { result.append(" ") }
            } else {
                result.append(folded(scalar))
            }
        }
        return result
    }

    private static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        let lower = scalar.properties.lowercaseMapping.unicodeScalars
        return lower.count == 1 ? lower.first ?? scalar : scalar
    }
}

extension [Unicode.Scalar] {
    /// Without blanks, colons and marks of emphasis at the end.
    fileprivate var trimmingAskEnd: [Unicode.Scalar] {
        var end = count
        while end > 0, self[end - 1].isCommandBlank || ":*_~#".unicodeScalars.contains(self[end - 1]) { end -= 1 }
        return Array(self[..<end])
    }
}

extension Unicode.Scalar {
    /// A letter or digit that is seen.
    var isWord: Bool {
        guard !properties.isDefaultIgnorableCodePoint else { return false }
        return properties.isAlphabetic || properties.numericType != nil
    }
}
