import GatePolicy

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Where a text stops being JSON: the decoder does not tell.
struct JSONMistake: Hashable {
    /// From 1, in bytes.
    var line: Int
    var column: Int

    private enum Expected { case value, key, colon, separator }

    /// The first place that is no JSON; nil where it is JSON, or that cannot be told.
    static func first(in bytes: [UInt8]) -> JSONMistake? {
        if String(validating: bytes, as: UTF8.self) == nil {
            let repaired = Array(String(decoding: bytes, as: UTF8.self).utf8)
            return place(zip(bytes, repaired).prefix { $0 == $1 }.count, bytes)
        }
        var open: [UInt8] = []
        var expected = Expected.value
        // Right behind `{` or `[` it may end at once.
        var mayEnd = false
        var index = 0
        while true {
            while index < bytes.count, " \t\r\n".utf8.contains(bytes[index]) { index += 1 }
            guard index < bytes.count else {
                return open.isEmpty && expected == .separator ? nil : place(bytes.count, bytes)
            }
            let byte = bytes[index]
            let closing = open.last == UInt8(ascii: "{") ? UInt8(ascii: "}") : UInt8(ascii: "]")
            if !open.isEmpty, byte == closing, mayEnd || expected == .separator {
                open.removeLast()
                (expected, mayEnd) = (.separator, false)
                index += 1
                continue
            }
            mayEnd = false
            switch (expected, byte) {
            case (.value, UInt8(ascii: "{")), (.value, UInt8(ascii: "[")):
                open.append(byte)
                expected = byte == UInt8(ascii: "{") ? .key : .value
                mayEnd = true
                index += 1
            case (.colon, UInt8(ascii: ":")):
                expected = .value
                index += 1
            case (.separator, UInt8(ascii: ",")) where !open.isEmpty:
                expected = open.last == UInt8(ascii: "{") ? .key : .value
                index += 1
            case (.key, UInt8(ascii: "\"")), (.value, _):
                guard let end = endOfScalar(bytes, index) else { return place(index, bytes) }
                index = end
                expected = expected == .key ? .colon : .separator
            default: return place(index, bytes)
            }
        }
    }

    /// The first comma that nothing follows, of a text that the decoder takes: JSON has none.
    static func trailingComma(in bytes: [UInt8]) -> JSONMistake? {
        var comma: Int?
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): break
            case UInt8(ascii: ","): comma = index
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                if let comma { return place(comma, bytes) }
            case UInt8(ascii: "\""):
                comma = nil
                index += 1
                while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
                    index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
                }
            default: comma = nil
            }
            index += 1
        }
        return nil
    }

    /// What follows a text, a number or a word; nil where it is none.
    private static func endOfScalar(_ bytes: [UInt8], _ start: Int) -> Int? {
        var end = start + 1
        if bytes[start] == UInt8(ascii: "\"") {
            while end < bytes.count, bytes[end] != UInt8(ascii: "\""), bytes[end] >= 0x20 {
                end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
            }
            end += 1
        } else {
            while end < bytes.count, !",:]} \t\r\n".utf8.contains(bytes[end]) { end += 1 }
        }
        guard end <= bytes.count else { return nil }
        let scalar = Data("[".utf8 + bytes[start..<end] + "]".utf8)
        return (try? JSONDecoder().decode(JSONValue.self, from: scalar)) == nil ? nil : end
    }

    private static func place(_ index: Int, _ bytes: [UInt8]) -> JSONMistake {
        let before = bytes[..<index]
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return JSONMistake(line: before.count { $0 == UInt8(ascii: "\n") } + 1, column: index - start + 1)
    }
}
