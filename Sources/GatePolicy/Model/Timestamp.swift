/// A moment in whole seconds since 1970-01-01 00:00:00 UTC, the forge's resolution.
public struct Timestamp: Hashable, Comparable, Sendable, Codable {
    /// Seconds since the epoch.
    public var seconds: Int64

    /// A moment.
    public init(seconds: Int64) { self.seconds = seconds }

    /// Earlier first.
    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.seconds < right.seconds }

    /// The seconds as a number.
    public init(from decoder: any Decoder) throws {
        seconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    /// Writes the seconds as a number.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(seconds)
    }
}
