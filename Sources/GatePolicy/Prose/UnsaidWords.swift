/// What stands in a line and is not meant: code inside it, and what is struck out.
enum UnsaidWords {
    /// What stands in their place, so that what is left is not taken for the whole.
    static let gap = "\u{FFFC}"

    /// A text without them.
    ///
    /// Backticks pair within a paragraph, and where one ends is not certain: what is code when they pair in each of some
    /// parts, or in the whole text, is left out.
    static func without(_ text: String, parts: [Range<Int>]) -> String {
        let bytes = Array(text.utf8)
        let whole = bytes.startIndex..<bytes.endIndex
        let found = ([whole] + parts.filter { $0 != whole }).flatMap { ranges(bytes, $0) }
        if found.isEmpty { return text }
        var kept: [UInt8] = []
        var index = 0
        for range in found.sorted(by: { $0.lowerBound < $1.lowerBound }) where range.upperBound > index {
            if range.lowerBound >= index {
                kept += bytes[index..<range.lowerBound]
                kept += gap.utf8
            }
            index = range.upperBound
        }
        kept += bytes[index...]
        return String(decoding: kept, as: UTF8.self)
    }

    private static func ranges(_ bytes: [UInt8], _ place: Range<Int>) -> [Range<Int>] {
        let end = place.upperBound
        let lastRuns = bytes.lastRuns(place.lowerBound, end)
        var found: [Range<Int>] = []
        var struck: (start: Int, length: Int)?
        var index = place.lowerBound
        while index < end {
            switch bytes[index] {
            case .backslash: index += 2
            case .backtick:
                let after = bytes.endOfCode(index, end, lastRuns)
                if after > bytes.endOfRun(index, end) { found.append(index..<after) }
                index = after
            case .tilde:
                let after = bytes.endOfRun(index, end)
                let length = after - index
                if length <= 2 {
                    if let open = struck, open.length == length, !bytes[index - 1].isBlank {
                        found.append(open.start..<after)
                        struck = nil
                    } else if struck == nil, after < end, !bytes[after].isBlank {
                        struck = (index, length)
                    }
                }
                index = after
            default: index += 1
            }
        }
        return found
    }
}
