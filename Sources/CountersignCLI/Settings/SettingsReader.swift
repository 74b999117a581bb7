/// Reads single settings, strictly: what does not fit is a sentence that names the key.
struct SettingsReader: Sendable {
    /// Every value that was given, by key.
    let values: [SettingKey: [String]]
    let context: CommandContext

    /// The value or the default.
    func text(_ key: SettingKey) throws(SettingsError) -> String {
        let text = values[key]?.first ?? key.standard
        guard !text.allSatisfy(\.isWhitespace) else { throw SettingsError("`\(key.rawValue)` is set and empty") }
        return text
    }

    func list(_ key: SettingKey) -> [String] { values[key] ?? [] }

    /// A value of a kind, or the default; what does not fit says what was expected.
    func required<Value>(
        _ key: SettingKey, _ expected: String, _ read: (String) -> Value?
    ) throws(SettingsError) -> Value {
        let text = try text(key)
        guard let value = read(text) else {
            throw SettingsError("`\(key.rawValue)` is `\(text)`: expected \(expected)")
        }
        return value
    }

    /// A value of a kind; nil when it was not given.
    func value<Value>(
        _ key: SettingKey, _ expected: String, _ read: (String) -> Value?
    ) throws(SettingsError) -> Value? {
        values[key] == nil ? nil : try required(key, expected, read)
    }

    func number(_ key: SettingKey) throws(SettingsError) -> Int64 {
        let range = key.range ?? Int64.min...Int64.max
        return try required(key, "a whole number from \(range.lowerBound) to \(range.upperBound)") { text in
            Int64(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    /// Secrets from a variable or a file, one a line.
    func secrets(_ key: SettingKey, _ fileKey: SettingKey) throws(SettingsError) -> [String] {
        let value = values[key]?.first
        let file = values[fileKey]?.first
        guard value == nil || file == nil else {
            throw SettingsError("`\(key.rawValue)` and `\(fileKey.rawValue)` are both set: which is meant?")
        }
        guard var text = value else {
            guard let file else { return [] }
            guard let content = String(validating: try Settings.read(fileKey, file, context), as: UTF8.self) else {
                throw SettingsError("`\(fileKey.rawValue)`: `\(file)` is not text")
            }
            // Some editors put it there, nobody sees it, and it would be part of the first secret.
            guard content.unicodeScalars.first != "\u{FEFF}" else {
                throw SettingsError(
                    "`\(fileKey.rawValue)`: `\(file)` begins with a byte order mark: save the file without one")
            }
            let lines = content.split(whereSeparator: \.isNewline).map { String($0) }
            guard !lines.isEmpty else { throw SettingsError("`\(fileKey.rawValue)`: `\(file)` is empty") }
            return lines
        }
        text.makeContiguousUTF8()
        guard !text.allSatisfy(\.isWhitespace) else {
            throw SettingsError("`\(key.variable)` is set and empty: everybody could sign with that")
        }
        return text.split(whereSeparator: \.isNewline).map { String($0) }
    }
}
