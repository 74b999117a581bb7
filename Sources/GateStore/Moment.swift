import GatePolicy

/// A moment in whole milliseconds since 1970-01-01 00:00:00 UTC, as the store keeps it.
public struct Moment: Hashable, Comparable, Sendable, Codable {
    /// Milliseconds since the epoch.
    public var milliseconds: Int64

    /// A moment.
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// The beginning of a second.
    public init(_ timestamp: Timestamp) { milliseconds = timestamp.seconds * 1000 }

    /// The same in whole seconds, rounded down.
    public var timestamp: Timestamp { Timestamp(seconds: milliseconds / 1000) }

    /// Earlier first.
    public static func < (left: Moment, right: Moment) -> Bool { left.milliseconds < right.milliseconds }

    /// A moment that much later.
    public static func + (moment: Moment, duration: Duration) -> Moment {
        Moment(milliseconds: moment.milliseconds + duration.wholeMilliseconds)
    }

    /// A moment that much earlier.
    public static func - (moment: Moment, duration: Duration) -> Moment {
        Moment(milliseconds: moment.milliseconds - duration.wholeMilliseconds)
    }

    /// How long after another moment; negative when it is earlier.
    public func since(_ other: Moment) -> Duration { .milliseconds(milliseconds - other.milliseconds) }

    /// Milliseconds as a number.
    public init(from decoder: any Decoder) throws {
        milliseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    /// Writes the milliseconds.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }
}

extension Duration {
    /// Whole milliseconds, rounded towards zero.
    public var wholeMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }
}
