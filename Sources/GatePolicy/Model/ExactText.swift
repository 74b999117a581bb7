/// A text that is the same only as the same bytes: git and the forge tell names apart that Unicode calls equal.
public struct ExactText: Hashable, Comparable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The text.
    public let description: String

    /// A text.
    public init(_ text: String) { description = text }

    /// A text.
    public init(stringLiteral value: String) { description = value }

    /// Compares the bytes.
    public static func == (left: ExactText, right: ExactText) -> Bool { left.description.isExactly(right.description) }

    /// Compares the bytes.
    public static func < (left: ExactText, right: ExactText) -> Bool {
        left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
    }

    /// Hashes the bytes.
    public func hash(into hasher: inout Hasher) {
        var text = description
        text.withUTF8 { bytes in
            hasher.combine(bytes.count)
            hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
        }
    }
}

extension ExactText: Codable, CodingKeyRepresentable {
    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// The text, as the key of a table.
    public var codingKey: any CodingKey { Key(stringValue: description) }

    /// A text that was the key of a table.
    public init?<Other: CodingKey>(codingKey: Other) { self.init(codingKey.stringValue) }

    /// Reads the text.
    public init(from decoder: any Decoder) throws { self.init(try decoder.singleValueContainer().decode(String.self)) }

    /// Writes the text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension String {
    /// Whether both are the same bytes; `==` also holds for two spellings of one letter.
    public func isExactly(_ other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        var (left, right) = (self, other)
        return left.withUTF8 { left in
            right.withUTF8 { right in UnsafeRawBufferPointer(left).isSame(as: UnsafeRawBufferPointer(right)) }
        }
    }

    /// Whether it begins with the same bytes: an accent that follows makes one character of itself and the last one.
    public func beginsExactly(with start: some StringProtocol) -> Bool { utf8.starts(with: start.utf8) }

    /// Whether it ends with the same bytes.
    public func endsExactly(with end: some StringProtocol) -> Bool {
        utf8.suffix(end.utf8.count).elementsEqual(end.utf8)
    }
}

extension UnsafeRawBufferPointer {
    /// Whether both hold the same bytes; as many are there.
    fileprivate func isSame(as other: UnsafeRawBufferPointer) -> Bool {
        let words = count / 8
        for word in 0..<words {
            let offset = word * 8
            let mine = loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            if mine != other.loadUnaligned(fromByteOffset: offset, as: UInt64.self) { return false }
        }
        return (words * 8..<count).allSatisfy { self[$0] == other[$0] }
    }
}
