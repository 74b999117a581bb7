extension ProseLines {
    func openedFence(_ opening: Opening, _ end: Int, container: Int) -> Fence? {
        let start = opening.start
        guard start < end, bytes[start] == .backtick || bytes[start] == .tilde else { return nil }
        let after = bytes.endOfRun(start, end)
        guard after - start >= 3 else { return nil }
        // What follows backticks on the line must have none: otherwise it is code inside a line.
        if bytes[start] == .backtick, bytes[after..<end].contains(.backtick) { return nil }
        return Fence(mark: bytes[start], length: after - start, container: container)
    }

    func closes(_ fence: Fence, _ start: Int, _ end: Int) -> Bool {
        let (index, column) = skipBlanks(start, 0, end)
        guard index < end, column <= fence.container + 3, bytes[index] == fence.mark else { return false }
        let after = bytes.endOfRun(index, end)
        return after - index >= fence.length && skipBlanks(after, 0, end).index == end
    }

    /// Whether a paragraph of the quote is open at the end of its line, which plain text on the next line continues.
    func continuesAfterQuote(_ start: Int, _ end: Int) -> Bool {
        var index = start
        while index < end, bytes[index] == .greater || bytes[index] == .space || bytes[index] == .tab { index += 1 }
        guard index < end, bytes[index] != .hash else { return false }
        if bytes[index] == .backtick || bytes[index] == .tilde { return bytes.endOfRun(index, end) - index < 3 }
        return true
    }
}
