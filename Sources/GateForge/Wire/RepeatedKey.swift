#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A key that stands twice in one object of a JSON text: decoders take one of the two in silence.
public struct RepeatedKey: Hashable, Sendable {
    /// The key, without escapes.
    public var name: String
    /// Where it stands again, from 1.
    public var line: Int

    /// Decoders refuse what is nested deeper.
    private static let maximumDepth = 512

    /// The first one of a text that is JSON.
    public static func first(in bytes: [UInt8]) -> RepeatedKey? {
        // The keys of each object or list that is open; a list has none.
        var open: [Set<String>] = []
        var line = 1
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                guard open.count < maximumDepth else { return nil }
                open.append([])
            case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = open.popLast()
            case UInt8(ascii: "\n"): line += 1
            case UInt8(ascii: "\""):
                let end = endOfText(bytes, index)
                defer { index = end }
                guard !open.isEmpty, isKey(bytes, after: end), let name = text(bytes[index...end]) else { break }
                if !open[open.count - 1].insert(name).inserted { return RepeatedKey(name: name, line: line) }
            default: break
            }
            index += 1
        }
        return nil
    }

    /// Where a text in quotes ends.
    private static func endOfText(_ bytes: [UInt8], _ start: Int) -> Int {
        var index = start + 1
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
            index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(index, bytes.count - 1)
    }

    private static func isKey(_ bytes: [UInt8], after end: Int) -> Bool {
        for byte in bytes[(end + 1)...] {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): continue
            default: return byte == UInt8(ascii: ":")
            }
        }
        return false
    }

    /// A text without its escapes: the same key may be written in several ways.
    private static func text(_ bytes: ArraySlice<UInt8>) -> String? {
        guard bytes.contains(UInt8(ascii: "\\")) else {
            return String(decoding: bytes.dropFirst().dropLast(), as: UTF8.self)
        }
        return try? JSONDecoder().decode(String.self, from: Data(bytes))
    }
}
