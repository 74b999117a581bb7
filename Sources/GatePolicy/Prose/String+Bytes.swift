extension String {
    /// Whether a byte stands in it.
    func holds(_ byte: UInt8) -> Bool {
        // Texts from the forge lie in one piece, which is quick to look through.
        utf8.withContiguousStorageIfAvailable { $0.holds(byte) } ?? utf8.contains(byte)
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether a byte is among them; all are looked at, so that many are at once, which they would not be in other loops.
    @inline(never)
    fileprivate func holds(_ byte: UInt8) -> Bool {
        var found: UInt8 = 0
        for index in indices { found |= self[index] == byte ? 1 : 0 }
        return found != 0
    }
}
