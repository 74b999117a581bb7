/// The lines of a file, cut where YAML cuts them.
struct SourceLines: Hashable, Sendable {
    let file: String
    var lines: [[Unicode.Scalar]]

    init(_ text: String, file: String) {
        self.file = file
        lines = [[]]
        var afterReturn = false
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n" where afterReturn: break
            case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": lines.append([])
            default: lines[lines.count - 1].append(scalar)
            }
            afterReturn = scalar == "\r"
        }
    }

    /// The scalars of a line, from 1; empty outside the file.
    func line(_ number: Int) -> [Unicode.Scalar] {
        number >= 1 && number <= lines.count ? lines[number - 1] : []
    }

    /// The text of a line.
    func text(_ number: Int) -> String { SourceText.string(line(number)) }

    /// The whole text again.
    var joined: String { (1...lines.count).map(text).joined(separator: "\n") }
}
