/// Which marks of Markdown and of commands a text has, so that it is looked through once.
struct Marks: OptionSet {
    let rawValue: UInt8

    static let lineEnd = Marks(rawValue: 1)
    static let less = Marks(rawValue: 2)
    static let backtick = Marks(rawValue: 4)
    static let tilde = Marks(rawValue: 8)
    static let at = Marks(rawValue: 16)

    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Those of a text.
    init(in text: String) {
        self = []
        for (byte, mark) in Self.ofBytes where text.holds(byte) { insert(mark) }
    }

    private static let ofBytes: [(UInt8, Marks)] = [
        (.lineFeed, .lineEnd), (.carriageReturn, .lineEnd), (.less, .less), (.backtick, .backtick), (.tilde, .tilde),
        (.at, .at),
    ]
}
