/// A key as a policy writes it: the id or the whole fingerprint of a GPG key, or the fingerprint of an SSH key.
struct SigningKey: Hashable, Sendable {
    /// As written.
    let text: String
    /// The 16 digits of a GPG key's id in capitals, or an SSH fingerprint byte by byte.
    private let identity: ExactText

    /// A key; nil for a text that names none, or that others could be made to fit: an id of 8 digits.
    init?(_ text: String) {
        self.text = text
        guard let identity = Self.identity(text) else { return nil }
        self.identity = identity
    }

    /// Whether it is the key that the forge names.
    func isKey(_ named: String) -> Bool { Self.identity(named) == identity }

    private static func identity(_ text: String) -> ExactText? {
        if text.hasPrefix("SHA256:") {
            return text.utf8.count == "SHA256:".utf8.count + 43 ? ExactText(text) : nil
        }
        var digits = Substring(text.filter { $0 != " " }.uppercased())
        if digits.hasPrefix("0X") { digits = digits.dropFirst(2) }
        guard [16, 40, 64].contains(digits.utf8.count), digits.utf8.allSatisfy(\.isHexadecimalDigit) else { return nil }
        // The id is the end of a fingerprint of version 4, and the beginning of one of version 6.
        return ExactText(String(digits.utf8.count == 64 ? digits.prefix(16) : digits.suffix(16)))
    }
}

extension UInt8 {
    fileprivate var isHexadecimalDigit: Bool { (0x30...0x39).contains(self) || (0x41...0x46).contains(self) }
}
