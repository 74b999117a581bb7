/// `require:qa`: a key that YAML does not see, since no blank follows its `:`.
struct UnpartedKey {
    let message: String
    let hint: String

    /// - Parameter isKey: whether a text is a key
    init?(_ written: String, isKey: (String) -> Bool) {
        guard let colon = written.firstIndex(of: ":") else { return nil }
        let key = String(written[..<colon])
        let rest = written[written.index(after: colon)...]
        guard isKey(key), let first = rest.unicodeScalars.first, first != " " else { return nil }
        let value = rest.drop { $0.isWhitespace }
        if value.isEmpty || value.hasPrefix("/") { return nil }
        message =
            first.properties.isWhitespace
            ? "what follows `\(key):` looks like a blank and is none" : "a blank is missing after `\(key):`"
        hint = Quotation.pasted("\(key): \(value)").map { "write \($0)" } ?? "write a plain blank between the two"
    }
}
