/// The full object id of a commit, tree or blob: 40 (SHA-1) or 64 (SHA-256) lower-case hexadecimal digits.
public struct CommitID: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The digits.
    public let text: String

    /// An id from its digits; nil for a short id, a branch name or anything else.
    public init?(_ text: String) {
        let digits = Array(text.utf8)
        guard digits.count == 40 || digits.count == 64 else { return nil }
        for digit in digits where !(48...57).contains(digit) && !(97...102).contains(digit) { return nil }
        self.text = text
    }

    /// The id from its digits; a text that is no full object id is refused.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let id = CommitID(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "`\(text)` is no full object id")
        }
        self = id
    }

    /// Writes the digits.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    /// The digits.
    public var description: String { text }
    /// The first ten digits, for showing.
    public var short: String { String(text.prefix(10)) }
}
