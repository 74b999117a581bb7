/// A line and the marks at its beginning: of headings, lists, boxes and emphasis.
struct MarkedLine {
    private let scalars: [Unicode.Scalar]
    private var position = 0
    /// The level of the heading that the line is; 0 for none.
    private(set) var heading = 0
    /// Whether a list mark or a box was taken.
    private(set) var isItem = false
    /// Whether an empty box was taken.
    private(set) var isUnticked = false

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    /// What stands behind the marks that were taken.
    var rest: [Unicode.Scalar] { Array(scalars[position...]) }

    /// Takes all marks there are, in any order.
    mutating func takeMarks() {
        while takeMark() {}
    }

    /// Whether a line begins with an empty box, in a quote behind the marks of that.
    static func isUnticked(quoted text: String) -> Bool {
        var line = MarkedLine(String(text.unicodeScalars.drop { $0 == ">" || $0.isCommandBlank }))
        line.takeMarks()
        return line.isUnticked
    }

    private mutating func takeMark() -> Bool {
        let start = position
        while position < scalars.count, scalars[position].isCommandBlank || scalars[position] == "\u{FEFF}" {
            position += 1
        }
        guard position < scalars.count else { return position > start }
        switch scalars[position] {
        case "#": takeHeading()
        case "[": takeBox()
        case "-", "+": takeBullet()
        case "*", "_", "~": while position < scalars.count, "*_~".contains(scalars[position]) { position += 1 }
        case "0"..."9": takeNumber()
        default: break
        }
        return position > start
    }

    private mutating func takeHeading() {
        var end = position
        while end < scalars.count, scalars[end] == "#" { end += 1 }
        guard end - position <= 6, end == scalars.count || scalars[end].isCommandBlank else { return }
        if heading == 0 { heading = end - position }
        position = end
    }

    /// `[ ]`, `[x]`.
    private mutating func takeBox() {
        guard position + 2 < scalars.count, scalars[position + 2] == "]",
            scalars[position + 1].isCommandBlank || scalars[position + 1].asciiLowercased == "x"
        else { return }
        isItem = true
        let isEmpty = scalars[position + 1].isCommandBlank
        position += 3
        if isEmpty, position == scalars.count || scalars[position].isCommandBlank { isUnticked = true }
    }

    private mutating func takeBullet() {
        guard position + 1 == scalars.count || scalars[position + 1].isCommandBlank else { return }
        isItem = true
        position += 1
    }

    /// `1.`, `1)`.
    private mutating func takeNumber() {
        var end = position
        while end < scalars.count, end - position < 9, ("0"..."9").contains(scalars[end]) { end += 1 }
        guard end < scalars.count, scalars[end] == "." || scalars[end] == ")",
            end + 1 == scalars.count || scalars[end + 1].isCommandBlank
        else { return }
        isItem = true
        position = end + 1
    }
}

extension String {
    fileprivate func contains(_ scalar: Unicode.Scalar) -> Bool { unicodeScalars.contains(scalar) }
}
