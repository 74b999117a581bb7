/// The one spacing of what stands beside the texts of a line: brackets, commas, colons and dashes.
struct LineSpacing {
    /// A text of the line: its columns from 0, quotes included, and what is to stand there.
    typealias Text = (columns: Range<Int>, text: [Unicode.Scalar])

    /// What a line is made of.
    enum Kind {
        case openMap, openList, closeMap, closeList, comma, colon, dash, comment, text
    }

    private struct Piece {
        var kind: Kind
        var text: [Unicode.Scalar]
        /// The blanks before it, as written.
        var blanks: ArraySlice<Unicode.Scalar>
    }

    private var pieces: [Piece] = []

    /// What the line is made of, in order.
    var kinds: [Kind] { pieces.map(\.kind) }

    /// Cuts a line; texts are in the order of their columns.
    init(_ line: [Unicode.Scalar], texts: [Text]) {
        var texts = texts[...]
        var index = 0
        while true {
            let start = index
            while index < line.count, Self.isBlank(line[index]) { index += 1 }
            guard index < line.count else { return }
            let blanks = line[start..<index]
            if let text = texts.first, text.columns.lowerBound <= index {
                texts.removeFirst()
                pieces.append(Piece(kind: .text, text: text.text, blanks: blanks))
                index = max(text.columns.upperBound, index)
                continue
            }
            let (kind, end) = Self.piece(line, index, before: texts.first?.columns.lowerBound ?? line.count)
            pieces.append(Piece(kind: kind, text: Array(line[index..<end]), blanks: blanks))
            index = end
        }
    }

    /// The line without its indentation.
    var text: [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        var previous: Kind?
        for piece in pieces {
            if let previous { result += Self.blanks(previous, piece) }
            result += piece.text
            previous = piece.kind
        }
        return result
    }

    private static func blanks(_ left: Kind, _ piece: Piece) -> [Unicode.Scalar] {
        switch (left, piece.kind) {
        // Comments are often put one below the other.
        case (_, .comment): piece.blanks.isEmpty ? [" "] : Array(piece.blanks)
        case (.openMap, .closeMap), (.openList, _), (_, .closeList), (_, .comma), (_, .colon): []
        case (.openMap, _), (_, .closeMap), (.comma, _), (.colon, _), (.dash, _): [" "]
        default: piece.blanks.isEmpty ? [] : [" "]
        }
    }

    private static func piece(_ line: [Unicode.Scalar], _ start: Int, before limit: Int) -> (Kind, end: Int) {
        switch line[start] {
        case "{": return (.openMap, start + 1)
        case "[": return (.openList, start + 1)
        case "}": return (.closeMap, start + 1)
        case "]": return (.closeList, start + 1)
        case ",": return (.comma, start + 1)
        case ":": return (.colon, start + 1)
        case "#": return (.comment, line.count)
        case "-" where start + 1 == line.count || isBlank(line[start + 1]): return (.dash, start + 1)
        default:
            // The head of a block, a mark of the document.
            return (.text, line[start..<max(limit, start + 1)].firstIndex(where: isBlank) ?? max(limit, start + 1))
        }
    }

    static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" }
}
