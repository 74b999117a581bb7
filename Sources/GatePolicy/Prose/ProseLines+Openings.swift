extension ProseLines {
    func opening(_ start: Int, _ end: Int) -> Opening {
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

    func skipBlanks(_ start: Int, _ column: Int, _ end: Int) -> (index: Int, column: Int) {
        var (index, column) = (start, column)
        while index < end, bytes[index] == .space || bytes[index] == .tab {
            column = bytes[index] == .tab ? (column / 4 + 1) * 4 : column + 1
            index += 1
        }
        return (index, column)
    }

    /// Where a list mark ends that begins here; a blank or the end of the line must follow it.
    func endOfListMark(_ start: Int, _ end: Int) -> Int? {
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
}
