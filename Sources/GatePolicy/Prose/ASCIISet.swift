/// Which bytes of ASCII a text has, so that it is looked through once and asked about many.
struct ASCIISet {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    /// Those of a text.
    init(occurringIn text: String) {
        // Texts from the forge lie in one piece, which is quick to look through.
        if text.utf8.withContiguousStorageIfAvailable({ add($0) }) == nil { add(text.utf8) }
    }

    private mutating func add(_ bytes: some Sequence<UInt8>) {
        for byte in bytes {
            let bit: UInt64 = 1 &<< UInt64(byte)
            low |= byte < 64 ? bit : 0
            high |= byte & 0xC0 == 0x40 ? bit : 0
        }
    }

    /// Whether a byte of ASCII is among them.
    func contains(_ byte: UInt8) -> Bool { (byte < 64 ? low : high) & (1 &<< UInt64(byte)) != 0 }
}
