extension ProseLines {
    /// The HTML comments of a line; `inComment` tells afterwards whether the last one is still open.
    ///
    /// One inside a line counts only when something in the text closes it; `blockStart` is where one needs no end.
    mutating func comments(from start: Int, _ end: Int, blockStart: Int?) -> [Range<Int>] {
        guard (start..<end).contains(where: { beginsComment($0, end) }) else { return [] }
        let lastRuns = bytes.lastRuns(start, end)
        var hidden: [Range<Int>] = []
        var index = start
        while index < end {
            if bytes[index] == .backslash {
                index += 2
            } else if bytes[index] == .backtick {
                index = bytes.endOfCode(index, end, lastRuns)
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

    func beginsComment(_ index: Int, _ end: Int) -> Bool {
        index + 4 <= end && bytes[index] == .less && bytes[index + 1] == .exclamation
            && bytes[index + 2] == .hyphen && bytes[index + 3] == .hyphen
    }

    /// Behind the next `-->`; nil when there is none on the line.
    func endOfComment(from start: Int, _ end: Int) -> Int? {
        var index = start
        while index + 3 <= end {
            if bytes[index] == .hyphen, bytes[index + 1] == .hyphen, bytes[index + 2] == .greater { return index + 3 }
            index += 1
        }
        return nil
    }

    /// The text of a line without its comments.
    func visible(_ start: Int, _ end: Int, without hidden: [Range<Int>]) -> String {
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
