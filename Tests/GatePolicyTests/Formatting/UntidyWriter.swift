@testable import GatePolicy

/// Writes random documents as nobody would: any indentation, blanks, quotation marks, brackets and comments.
struct UntidyWriter {
    var random: SeededGenerator
    /// The comments, in the order of the text.
    private(set) var comments: [String] = []
    private var text = ""
    private var keys = 0

    init(random: SeededGenerator) { self.random = random }

    /// A document of keys and values.
    mutating func document() -> String {
        text = ""
        block(indent: 0, depth: 0)
        return text
    }

    private mutating func chance(_ one: Int) -> Bool { random.below(one) == 0 }

    private mutating func blanks(_ range: ClosedRange<Int>) -> String {
        String(repeating: " ", count: range.lowerBound + random.below(range.count))
    }

    private mutating func comment() -> String {
        comments.append("#c\(comments.count)")
        return comments.last ?? ""
    }

    private mutating func key() -> String {
        keys += 1
        return random.pick(["k\(keys)", "'k\(keys)'", "\"k \(keys)\""])
    }

    private mutating func scalar(inFlow: Bool) -> String {
        random.pick([
            "qa", "a  b", "'it''s  [ x ]'", "\"x \\\" {  , \"", "\"\"", "x#y", "http://a",
            inFlow ? "c" : "d , e [ f ] { g }", inFlow ? "'h'" : "i\\j: 'k'".replacing(": ", with: ":"),
        ])
    }

    /// The end of a line, perhaps with a comment and empty lines.
    private mutating func end() {
        if chance(4) { text += blanks(1...4) + comment() }
        text += blanks(0...2) + "\n"
        if chance(6) { text += blanks(0...3) + "\n\n" }
        if chance(6) { text += blanks(0...9) + comment() + "\n" }
    }

    /// Keys at an indentation; the first may follow a dash on its line.
    private mutating func block(indent: Int, depth: Int, afterDash: Bool = false) {
        for number in 0...random.below(4) {
            if number > 0 || !afterDash { text += String(repeating: " ", count: indent) }
            if chance(6), depth < 4 {
                text += "\(key())\(blanks(0...1)):"
                end()
                list(indent: indent + random.below(3), depth: depth + 1)
            } else if chance(3), depth < 4 {
                text += "\(key())\(blanks(0...1)):"
                end()
                block(indent: indent + 1 + random.below(5), depth: depth + 1)
            } else {
                text += chance(3) ? "when\(keys): " : "\(key()):\(blanks(1...3))"
                keys += 1
                value(indent: indent)
            }
        }
    }

    private mutating func list(indent: Int, depth: Int) {
        for _ in 0...random.below(3) {
            let dash = "-" + blanks(1...4)
            text += String(repeating: " ", count: indent) + dash
            if chance(2) {
                block(indent: indent + dash.count, depth: depth + 1, afterDash: true)
            } else {
                value(indent: indent)
            }
        }
    }

    private mutating func value(indent: Int) {
        let inner = String(repeating: " ", count: indent + 1 + random.below(4))
        switch random.below(6) {
        case 0:
            text += random.pick(["|", ">-", "|-"])
            text += "\n\(inner)one   {two}\n\(inner)  three # four\n"
        case 1:
            text += "\"one  {\n\(inner)two\\\n\(inner)\""
            end()
        case 2:
            text += "one  [\n\(inner)two  }"
            end()
        case 3:
            flow(indent: indent, depth: 0)
            end()
        default:
            text += scalar(inFlow: false)
            end()
        }
    }

    /// Blanks between the words of brackets, perhaps with line breaks and comments.
    private mutating func gap(_ indent: Int, atLeast: Int = 0) {
        text += blanks(atLeast...3)
        if chance(5) {
            if chance(3) { text += " " + comment() }
            text += "\n" + String(repeating: " ", count: indent + 1) + blanks(0...6)
        }
    }

    private mutating func flow(indent: Int, depth: Int) {
        let isMap = chance(2)
        text += isMap ? "{" : "["
        gap(indent)
        for number in 0..<random.below(4) {
            if number > 0 {
                text += ","
                gap(indent)
            }
            if isMap {
                text += key() + ":"
                gap(indent, atLeast: 1)
            }
            if depth < 3, chance(3) { flow(indent: indent, depth: depth + 1) } else { text += scalar(inFlow: true) }
            gap(indent)
        }
        text += isMap ? "}" : "]"
    }
}
