/// What a description says to each of some asks.
///
/// An ask is found at the beginning of a line of plain text, and its first place counts. Its answer is what follows on
/// that line and on the lines below, up to the next heading, the next entry of its own list, or another ask. A heading
/// that is deeper than an ask's own, and entries under an ask that is a heading or below an entry, belong to the answer,
/// but for those with an empty box: they say what was not done.
struct AnswerSheet {
    /// The lines that answer each ask, in the asks' order; nil where the ask is not found.
    private(set) var answers: [[String]?]

    /// The answers of a text to some asks.
    init(_ body: String, _ asks: [Ask]) {
        answers = asks.map { _ in nil }
        var open: (ask: Int, heading: Int, isItem: Bool, indent: Int)?
        for line in ProseLines.read(body) {
            var marked = MarkedLine(line.text)
            marked.takeMarks()
            let rest = marked.rest
            let isItem = line.isItem || marked.isItem
            guard line.kind == .plain, !line.continuesQuote else {
                // A box or a bullet in deep lines is no text of its own.
                if let ask = open?.ask, !MarkedLine.isUnticked(quoted: line.text) {
                    answers[ask]?.append(String(scalars: rest))
                }
                continue
            }
            if let (ask, end) = Self.asked(by: rest, asks) {
                if answers[ask] == nil {
                    answers[ask] = [String(scalars: rest[end...])]
                    open = (ask, marked.heading, isItem, line.indent)
                } else {
                    open = nil
                }
                continue
            }
            guard let section = open else { continue }
            let endsAtHeading = marked.heading > 0 && (section.heading == 0 || marked.heading <= section.heading)
            let endsAtEntry =
                isItem && section.heading == 0 && (!section.isItem || line.indent <= section.indent)
            if endsAtHeading || endsAtEntry {
                open = nil
            } else if !line.isLinkDefinition, !marked.isUnticked {
                answers[section.ask]?.append(String(scalars: rest))
            }
        }
    }

    /// The ask that a line begins with, of several the longest, and where it ends.
    private static func asked(by line: [Unicode.Scalar], _ asks: [Ask]) -> (ask: Int, end: Int)? {
        var best: (ask: Int, end: Int)?
        for (index, ask) in asks.enumerated() {
            if let end = ask.end(in: line), best.map({ end > $0.end }) ?? true { best = (index, end) }
        }
        return best
    }
}
