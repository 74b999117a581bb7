import Foundation

/// What the figures were measured on.
enum Machine {
    /// Cores, and how much else they had to do.
    static var description: String {
        let load = (try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8))?.split(separator: " ").first ?? "?"
        return "\(ProcessInfo.processInfo.activeProcessorCount) cores; load average of the last minute: \(load)"
    }
}
