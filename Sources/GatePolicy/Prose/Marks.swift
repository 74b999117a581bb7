/// Which marks of Markdown and of commands a text has, so that it is looked through once and asked about many.
struct Marks: OptionSet {
    let rawValue: UInt8

    static let lineEnd = Marks(rawValue: 1)
    static let less = Marks(rawValue: 2)
    static let backtick = Marks(rawValue: 4)
    static let tilde = Marks(rawValue: 8)
    static let at = Marks(rawValue: 16)
    static let slash = Marks(rawValue: 32)

    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Those of a text.
    init(in text: String) {
        // Texts from the forge lie in one piece, which is quick to look through.
        self = text.utf8.withContiguousStorageIfAvailable { Marks(among: $0) } ?? Marks(among: text.utf8)
    }

    /// Without branches, so that many bytes are looked at together.
    private init(among bytes: some Sequence<UInt8>) {
        var found: UInt8 = 0
        for byte in bytes {
            found |= byte == .lineFeed ? Self.lineEnd.rawValue : 0
            found |= byte == .carriageReturn ? Self.lineEnd.rawValue : 0
            found |= byte == .less ? Self.less.rawValue : 0
            found |= byte == .backtick ? Self.backtick.rawValue : 0
            found |= byte == .tilde ? Self.tilde.rawValue : 0
            found |= byte == .at ? Self.at.rawValue : 0
            found |= byte == .slash ? Self.slash.rawValue : 0
        }
        rawValue = found
    }
}
