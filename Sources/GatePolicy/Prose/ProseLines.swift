/// Tells the lines of a text that Markdown shows as plain text from code, quotes and HTML comments.
///
/// A reader of lines, not of Markdown: where containers, fences and comments leave a doubt, the line is no plain text.
/// A lone carriage return ends no line. Every byte is looked at a bounded number of times.
struct ProseLines {
    /// A line that is shown.
    struct Line: Hashable {
        /// What may stand in it.
        enum Kind {
            /// Plain text: a command, an ask, an approving word.
            case plain
            /// Code, a quote or what stands behind an HTML comment: shown, and nothing in it is acted on.
            case inert
        }

        /// Its number, from 1.
        var number: Int
        var kind: Kind
        /// The columns of blanks before the first mark or text.
        var indent: Int
        /// Whether a list mark stands before the text.
        var isItem: Bool
        /// The text behind a list mark, HTML comments replaced by a blank.
        var text: String
        /// Whether Markdown takes it for a part of the quote above.
        var continuesQuote = false
    }

    /// A fence that is open.
    struct Fence {
        var mark: UInt8
        var length: Int
        /// The column where the content of the list item around it begins; 0 outside lists.
        var container: Int
    }

    /// How a line begins.
    struct Opening {
        /// The columns of blanks before the first mark or text.
        var indent: Int
        /// Where the text begins.
        var start: Int
        /// The column where the text begins.
        var column: Int
        /// Whether a list mark stands before the text.
        var isItem = false
        /// Whether that mark is a number.
        var isNumbered = false
        /// Whether more than four blanks follow the mark: the text is indented code.
        var isCode = false
    }

    let bytes: [UInt8]
    let lastClose: Int
    var inComment = false
    private var found: [Line] = []
    private var fence: Fence?
    private var inQuote = false
    private var afterBlank = true
    /// The column where the content of the list item begins that is open, when it is 2 or 3: only text at these
    /// columns can be plain and yet lie in an item.
    private var itemColumn = 0

    /// The lines of a text that are shown; blank ones are left out.
    static func read(_ text: String) -> [Line] {
        var lines = ProseLines(text)
        lines.read()
        return lines.found
    }

    private init(_ text: String) {
        bytes = Array(text.utf8)
        var last = -1
        var index = bytes.count - 3
        while index >= 0, last < 0 {
            if bytes[index] == .hyphen, bytes[index + 1] == .hyphen, bytes[index + 2] == .greater { last = index }
            index -= 1
        }
        lastClose = last
    }

    private mutating func read() {
        var start = 0
        var number = 1
        while start < bytes.count {
            var next = start
            while next < bytes.count, bytes[next] != .lineFeed { next += 1 }
            let end = next > start && bytes[next - 1] == .carriageReturn ? next - 1 : next
            if !read(line: number, start, end) { return }
            start = next + 1
            number += 1
        }
    }

    /// Reads a line; false when the rest of the text is hidden.
    private mutating func read(line number: Int, _ start: Int, _ end: Int) -> Bool {
        if inComment {
            guard let after = endOfComment(from: start, end) else { return true }
            inComment = false
            let hidden = comments(from: after, end, blockStart: nil)
            addInert(number, indent: 0, after, end, without: hidden)
            (inQuote, afterBlank) = (false, false)
            return true
        }
        let opening = opening(start, end)
        let isBlank = opening.start == end && !opening.isItem
        if let open = fence {
            if isBlank { return true }
            // The item ends and the fence was never closed in it: it runs to the end.
            if opening.indent < open.container { return false }
            if closes(open, start, end) { fence = nil } else { addInert(number, indent: opening.indent, start, end) }
            (inQuote, afterBlank) = (false, true)
            return true
        }
        if isBlank {
            (inQuote, afterBlank) = (false, true)
            return true
        }
        if afterBlank, opening.indent < itemColumn { itemColumn = 0 }
        afterBlank = false
        readText(number, opening, end)
        return true
    }

    private mutating func readText(_ number: Int, _ opening: Opening, _ end: Int) {
        let isDeep = opening.indent > 3
        let container = enter(opening)
        // The text's own columns inside its container, when the reader knows the container.
        let own = opening.isItem ? 0 : opening.indent - container
        let first = opening.start < end ? bytes[opening.start] : .space
        if !opening.isCode, own <= 3, opening.column <= 3 || !opening.isItem,
            let opened = openedFence(opening, end, container: container)
        {
            fence = opened
            inQuote = false
            return
        }
        if first == .greater, !opening.isCode {
            inQuote = continuesAfterQuote(opening.start, end)
            let hidden = comments(from: opening.start, end, blockStart: nil)
            addInert(number, indent: opening.indent, opening.start, end, without: hidden)
            return
        }
        if first == .hash || (opening.isItem && !opening.isNumbered) { inQuote = false }
        let isInert = isDeep || opening.isCode
        let hidden = comments(from: opening.start, end, blockStart: isInert ? nil : opening.start)
        found.append(
            Line(
                number: number, kind: isInert ? .inert : .plain, indent: opening.indent, isItem: opening.isItem,
                text: visible(opening.start, end, without: hidden), continuesQuote: inQuote))
    }

    private mutating func addInert(
        _ number: Int, indent: Int, _ start: Int, _ end: Int, without hidden: [Range<Int>] = []
    ) {
        let text = visible(start, end, without: hidden)
        found.append(Line(number: number, kind: .inert, indent: indent, isItem: false, text: text))
    }

    /// Notes the list item that a line begins, and tells the column of the container its text lies in.
    private mutating func enter(_ opening: Opening) -> Int {
        if opening.isItem, opening.indent <= 3 {
            // An item inside the item that is open begins its content beyond column 3.
            if itemColumn == 0 || opening.indent < itemColumn { itemColumn = opening.column <= 3 ? opening.column : 0 }
            return opening.column
        }
        return opening.indent >= itemColumn ? itemColumn : 0
    }
}
