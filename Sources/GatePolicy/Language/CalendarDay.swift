/// A day of the calendar, `2026-12-01`; it begins at 00:00 UTC.
public struct CalendarDay: Hashable, Sendable, Codable, CustomStringConvertible {
    /// When it begins.
    public let start: Timestamp
    /// The day as it is written.
    public let description: String

    /// A day from `YYYY-MM-DD`; nil for anything else and for days that no calendar has.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
        func number(_ range: Range<Int>) -> Int64? {
            guard bytes[range].allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            return bytes[range].reduce(0) { $0 * 10 + Int64($1 - 0x30) }
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), year >= 1970,
            (1...12).contains(month), day >= 1, day <= Self.days(in: month, of: year)
        else { return nil }
        var days: Int64 = day - 1
        for past in 1..<month { days += Self.days(in: past, of: year) }
        let before = year - 1
        let leaps = before / 4 - before / 100 + before / 400
        // 477 leap days before 1970.
        days += (year - 1970) * 365 + leaps - 477
        start = Timestamp(seconds: days * 86_400)
        description = text
    }

    private static func days(in month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// The day from its text; a text that is no day is refused.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let day = CalendarDay(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "`\(text)` is no day")
        }
        self = day
    }

    /// Writes the text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
