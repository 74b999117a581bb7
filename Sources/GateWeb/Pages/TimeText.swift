import GatePolicy

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A moment as a page shows it: how long ago, and exactly.
struct TimeText: Sendable, Encodable {
    /// `4 s ago`.
    let ago: String
    /// `2026-11-21T08:00:00Z`.
    let exact: String

    init(_ moment: Timestamp, now: Timestamp) {
        ago = Self.ago(now.seconds - moment.seconds)
        exact = Self.exact(moment)
    }

    /// A moment by ISO 8601, in UTC.
    static func exact(_ moment: Timestamp) -> String {
        Date(timeIntervalSince1970: Double(moment.seconds)).formatted(.iso8601)
    }

    private static func ago(_ seconds: Int64) -> String {
        switch seconds {
        case ..<0: "just now"
        case 0..<120: "\(seconds) s ago"
        case 120..<7200: "\(seconds / 60) min ago"
        case 7200..<172_800: "\(seconds / 3600) h ago"
        default: "\(seconds / 86_400) days ago"
        }
    }
}
