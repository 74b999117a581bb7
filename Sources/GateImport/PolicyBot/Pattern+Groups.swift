extension Pattern {
    /// `(?P<name>` for Go's `(?<name>`, which RE2 does not take everywhere.
    ///
    /// One pass: what is escaped, quoted by `\Q…\E` or in a class stays as it is.
    static func withNamedGroups(_ expression: String) -> String {
        let bytes = Array(expression.utf8)
        var result: [UInt8] = []
        var place = 0
        while place < bytes.count {
            let rest = bytes[place...]
            let end: Int
            if rest.starts(with: #"\Q"#.utf8) {
                end = endOfQuotation(bytes, from: place + 2)
            } else if rest.first == UInt8(ascii: "\\") {
                end = min(place + 2, bytes.count)
            } else if rest.first == UInt8(ascii: "[") {
                end = endOfClass(bytes, from: place + 1)
            } else if rest.starts(with: "(?<".utf8), !rest.starts(with: "(?<=".utf8), !rest.starts(with: "(?<!".utf8) {
                result += "(?P<".utf8
                place += 3
                continue
            } else {
                end = place + 1
            }
            result += bytes[place..<end]
            place = end
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func endOfQuotation(_ bytes: [UInt8], from start: Int) -> Int {
        var place = start
        while place < bytes.count {
            if bytes[place...].starts(with: #"\E"#.utf8) { return place + 2 }
            place += 1
        }
        return place
    }

    /// Where a class ends, or the expression if it does not.
    private static func endOfClass(_ bytes: [UInt8], from start: Int) -> Int {
        var place = start
        if place < bytes.count, bytes[place] == UInt8(ascii: "^") { place += 1 }
        if place < bytes.count, bytes[place] == UInt8(ascii: "]") { place += 1 }
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "]"): return place + 1
            case UInt8(ascii: "\\"): place += 2
            case UInt8(ascii: "["): place = endOfNamedClass(bytes, from: place) ?? place + 1
            default: place += 1
            }
        }
        return bytes.count
    }

    /// Where `[:alpha:]` ends that begins here.
    private static func endOfNamedClass(_ bytes: [UInt8], from start: Int) -> Int? {
        guard bytes[start...].starts(with: "[:".utf8) else { return nil }
        let word = bytes[(start + 2)...].drop { $0 == UInt8(ascii: "^") }
        let end = word.drop { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
        return end.starts(with: ":]".utf8) ? end.startIndex + 2 : nil
    }
}
