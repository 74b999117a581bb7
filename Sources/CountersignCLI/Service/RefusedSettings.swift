import Foundation
import GatePolicy
import GateStore
import Synchronization

/// The settings on disk that a reload could not take: those before are in use, and the next start will not find them.
final class RefusedSettings: Sendable {
    private let last = Mutex<(at: Moment, problems: [String])?>(nil)
    private let taking = Mutex(())

    /// Remembers a refusal.
    /// - Returns: what is wrong, a line each.
    @discardableResult
    func note(_ error: any Error, at now: Moment) -> [String] {
        let parts = (error as? SettingsError)?.parts ?? []
        let problems = (parts.isEmpty ? ["\(error)"] : parts.map(\.description)).map {
            $0.split(whereSeparator: \.isNewline).joined(separator: " ")
        }
        last.withLock { $0 = (now, problems) }
        return problems
    }

    /// Nothing is refused any more, unless this throws; of two at once the later one is later in all that it does.
    func clear(_ take: () throws -> Void) throws {
        try taking.withLock { _ in
            try take()
            last.withLock { $0 = nil }
        }
    }

    /// What an operator is told; empty where the settings on disk are in use.
    var sentences: [String] {
        guard let (at, problems) = last.withLock({ $0 }) else { return [] }
        let time = Date(timeIntervalSince1970: Double(at.timestamp.seconds)).formatted(.iso8601)
        return problems.map { "the settings on disk were refused at \(time), and those before stay in use: \($0)" }
    }
}
