/// Finds the lines of a comment that begin with a slash where Markdown shows plain text.
///
/// A reader of lines, not of Markdown: where containers, fences and comments leave a doubt, the line is hidden. A lone
/// carriage return ends no line. Every byte is looked at a bounded number of times.
struct CommandLines {
    /// A line that may be a command.
    struct Line: Hashable {
        /// Its number, from 1.
        var number: Int
        /// The text from the slash on, HTML comments replaced by a blank.
        var text: String
        /// Whether Markdown takes it for a part of the quote above.
        var continuesQuote: Bool
    }

    /// A fence that is open.
    private struct Fence {
        var mark: UInt8
        var length: Int
        /// The column where the content of the list item around it begins; 0 outside lists.
        var container: Int
    }

    /// How a line begins.
    private struct Opening {
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

    private let bytes: [UInt8]
    private let lastClose: Int
    private var found: [Line] = []
    private var fence: Fence?
    private var inComment = false
    private var inQuote = false
    private var afterBlank = true
    /// The column where the content of the list item begins that is open, when it is 2 or 3: only text at these
    /// columns can be a command and yet lie in an item.
    private var itemColumn = 0

    /// The lines of a text that may be commands.
    static func find(in text: String) -> [Line] {
        var lines = CommandLines(text)
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
            _ = comments(from: after, end, blockStart: nil)
            (inQuote, afterBlank) = (false, false)
            return true
        }
        let opening = opening(start, end)
        let isBlank = opening.start == end && !opening.isItem
        if let open = fence {
            if isBlank { return true }
            // The item ends and the fence was never closed in it: it runs to the end.
            if opening.indent < open.container { return false }
            if closes(open, start, end) { fence = nil }
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
            _ = comments(from: opening.start, end, blockStart: nil)
            return
        }
        if first == .hash || (opening.isItem && !opening.isNumbered) { inQuote = false }
        let blockStart = isDeep || opening.isCode ? nil : opening.start
        let hidden = comments(from: opening.start, end, blockStart: blockStart)
        if !isDeep, !opening.isCode, first == .slash, opening.start + 1 < end, bytes[opening.start + 1].isASCIILetter {
            let text = visible(opening.start, end, without: hidden)
            found.append(Line(number: number, text: text, continuesQuote: inQuote))
        }
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

    // MARK: Line beginnings

    private func opening(_ start: Int, _ end: Int) -> Opening {
        var (index, column) = skipBlanks(start, 0, end)
        var opening = Opening(indent: column, start: index, column: column)
        guard column <= 3, let markEnd = endOfListMark(index, end) else { return opening }
        opening.isItem = true
        opening.isNumbered = bytes[index].isASCIIDigit
        column += markEnd - index
        let (text, textColumn) = skipBlanks(markEnd, column, end)
        index = text
        opening.start = index
        if index == end || textColumn - column > 4 {
            opening.isCode = index != end
            opening.column = column + 1
        } else {
            opening.column = textColumn
        }
        return opening
    }

    private func skipBlanks(_ start: Int, _ column: Int, _ end: Int) -> (index: Int, column: Int) {
        var (index, column) = (start, column)
        while index < end, bytes[index] == .space || bytes[index] == .tab {
            column = bytes[index] == .tab ? (column / 4 + 1) * 4 : column + 1
            index += 1
        }
        return (index, column)
    }

    /// Where a list mark ends that begins here; a blank or the end of the line must follow it.
    private func endOfListMark(_ start: Int, _ end: Int) -> Int? {
        guard start < end else { return nil }
        var index = start
        if bytes[index].isASCIIDigit {
            while index < end, index - start < 9, bytes[index].isASCIIDigit { index += 1 }
            guard index < end, bytes[index] == .period || bytes[index] == .parenthesis else { return nil }
        } else if bytes[index] != .hyphen, bytes[index] != UInt8(ascii: "*"), bytes[index] != UInt8(ascii: "+") {
            return nil
        }
        index += 1
        return index == end || bytes[index] == .space || bytes[index] == .tab ? index : nil
    }

    // MARK: Fences

    private func openedFence(_ opening: Opening, _ end: Int, container: Int) -> Fence? {
        let start = opening.start
        guard start < end, bytes[start] == .backtick || bytes[start] == .tilde else { return nil }
        let after = endOfRun(start, end)
        guard after - start >= 3 else { return nil }
        // What follows backticks on the line must have none: otherwise it is code inside a line.
        if bytes[start] == .backtick, bytes[after..<end].contains(.backtick) { return nil }
        return Fence(mark: bytes[start], length: after - start, container: container)
    }

    private func closes(_ fence: Fence, _ start: Int, _ end: Int) -> Bool {
        let (index, column) = skipBlanks(start, 0, end)
        guard index < end, column <= fence.container + 3, bytes[index] == fence.mark else { return false }
        let after = endOfRun(index, end)
        return after - index >= fence.length && skipBlanks(after, 0, end).index == end
    }

    private func endOfRun(_ start: Int, _ end: Int) -> Int {
        var index = start
        while index < end, bytes[index] == bytes[start] { index += 1 }
        return index
    }

    // MARK: Quotes

    /// Whether a paragraph of the quote is open at the end of its line, which plain text on the next line continues.
    private func continuesAfterQuote(_ start: Int, _ end: Int) -> Bool {
        var index = start
        while index < end, bytes[index] == .greater || bytes[index] == .space || bytes[index] == .tab { index += 1 }
        guard index < end, bytes[index] != .hash else { return false }
        if bytes[index] == .backtick || bytes[index] == .tilde { return endOfRun(index, end) - index < 3 }
        return true
    }

    // MARK: HTML comments

    /// The HTML comments of a line; `inComment` tells afterwards whether the last one is still open.
    ///
    /// One inside a line counts only when something in the text closes it; `blockStart` is where one needs no end.
    private mutating func comments(from start: Int, _ end: Int, blockStart: Int?) -> [Range<Int>] {
        guard (start..<end).contains(where: { beginsComment($0, end) }) else { return [] }
        let lastRuns = lastRuns(start, end)
        var hidden: [Range<Int>] = []
        var index = start
        while index < end {
            if bytes[index] == .backslash {
                index += 2
            } else if bytes[index] == .backtick {
                index = endOfCode(index, end, lastRuns)
            } else if beginsComment(index, end), index == blockStart || lastClose >= index + 2 {
                let after = endOfComment(from: index + 2, end)
                inComment = after == nil
                hidden.append(index..<(after ?? end))
                index = after ?? end
            } else {
                index += 1
            }
        }
        return hidden
    }

    private func beginsComment(_ index: Int, _ end: Int) -> Bool {
        index + 4 <= end && bytes[index] == .less && bytes[index + 1] == .exclamation
            && bytes[index + 2] == .hyphen && bytes[index + 3] == .hyphen
    }

    /// Behind the next `-->`; nil when there is none on the line.
    private func endOfComment(from start: Int, _ end: Int) -> Int? {
        var index = start
        while index + 3 <= end {
            if bytes[index] == .hyphen, bytes[index + 1] == .hyphen, bytes[index + 2] == .greater { return index + 3 }
            index += 1
        }
        return nil
    }

    /// Where the last run of each length of backticks begins.
    private func lastRuns(_ start: Int, _ end: Int) -> [Int: Int] {
        var last: [Int: Int] = [:]
        var index = start
        while index < end {
            if bytes[index] == .backtick {
                let after = endOfRun(index, end)
                last[after - index] = index
                index = after
            } else {
                index += 1
            }
        }
        return last
    }

    /// Behind the code that these backticks open, or behind the backticks when nothing closes it.
    private func endOfCode(_ start: Int, _ end: Int, _ lastRuns: [Int: Int]) -> Int {
        let after = endOfRun(start, end)
        let length = after - start
        guard let last = lastRuns[length], last >= after else { return after }
        var index = after
        while index < last {
            let next = bytes[index] == .backtick ? endOfRun(index, end) : index + 1
            if bytes[index] == .backtick, next - index == length { return next }
            index = next
        }
        return last + length
    }

    /// The text of a line without its comments.
    private func visible(_ start: Int, _ end: Int, without hidden: [Range<Int>]) -> String {
        var kept: [UInt8] = []
        var index = start
        for range in hidden {
            kept += bytes[index..<range.lowerBound]
            kept.append(.space)
            index = range.upperBound
        }
        kept += bytes[index..<end]
        return String(decoding: kept, as: UTF8.self)
    }
}

extension UInt8 {
    fileprivate static let lineFeed = UInt8(ascii: "\n")
    fileprivate static let carriageReturn = UInt8(ascii: "\r")
    fileprivate static let tab = UInt8(ascii: "\t")
    fileprivate static let space = UInt8(ascii: " ")
    fileprivate static let exclamation = UInt8(ascii: "!")
    fileprivate static let hash = UInt8(ascii: "#")
    fileprivate static let hyphen = UInt8(ascii: "-")
    fileprivate static let period = UInt8(ascii: ".")
    fileprivate static let parenthesis = UInt8(ascii: ")")
    fileprivate static let slash = UInt8(ascii: "/")
    fileprivate static let less = UInt8(ascii: "<")
    fileprivate static let greater = UInt8(ascii: ">")
    fileprivate static let backslash = UInt8(ascii: "\\")
    fileprivate static let backtick = UInt8(ascii: "`")
    fileprivate static let tilde = UInt8(ascii: "~")

    fileprivate var isASCIIDigit: Bool { (48...57).contains(self) }
    fileprivate var isASCIILetter: Bool { (65...90).contains(self) || (97...122).contains(self) }
}
